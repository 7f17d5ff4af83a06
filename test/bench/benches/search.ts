import { search as find } from '../../../server/board/search.ts';
import { openDatabase } from '../../../server/database/open-database.ts';
import { seededFraction } from '../../support/seeded-random.ts';
import type { Bench, Figures, Setting } from '../bench-kinds.ts';
import { keptFile } from '../kept-file.ts';
import { median } from '../measure.ts';
import { type Seeded, seedBookings } from '../search-seed.ts';
import { vault } from '../stores.ts';

const SEARCHES = 400; // By each key.
const ALONE = 1;
const TOGETHER = 4; // People typing at the same moment share one database connection.

const chance = seededFraction(7);

/** Its file is made once and kept: a million bookings take minutes. It has odd money in it, and no audit trail. */
async function ours(setting: Setting): Promise<Figures> {
  const bookings = setting.isQuick ? 10_000 : 1_000_000;
  const file = keptFile(`search-${bookings}`);
  const seeded = await seedBookings(file, vault, bookings);
  return { ...(await timeAll(file, seeded, ALONE)), four: (await timeAll(file, seeded, TOGETHER)).p99 };
}

/** The middle of all keys, and the slowest of them. */
async function timeAll(file: string, seeded: Seeded, together: number): Promise<{ p50: number; p99: number }> {
  const database = await openDatabase(file);
  const searchFor = (text: string) => find(database.read(), vault, { venueId: 1, text, now: new Date() });
  const keys = [];
  for (const textOf of Object.values(keysOf(seeded))) keys.push(await timeKey(searchFor, textOf, together));
  await database.close();
  return { p50: median(keys.map(({ p50 }) => p50)), p99: Math.max(...keys.map(({ p99 }) => p99)) };
}

function keysOf({ some, firstNames }: Seeded): Record<string, () => string> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  return {
    reference: () => pick(some).reference,
    'reference, four letters': () => pick(some).reference.slice(0, 4),
    receipt: () => pick(some).receipt,
    'ticket code': () => pick(some).ticketCode,
    phone: () => pick(some).phone,
    'last four digits': () => pick(some).phone.slice(-4),
    'three letters of a name': () => pick(some).name.slice(0, 3),
    'first name': () => pick(some).name.split(' ')[0] ?? '',
    'first and last name': () => pick(some).name,
    'a name that nobody has': () => `${pick(firstNames)} Zyxwvu`,
    nothing: () => 'ZZZZZZZZ',
  };
}

async function timeKey(searchFor: (text: string) => Promise<unknown>, textOf: () => string, together: number) {
  const times: number[] = [];
  const one = async () => {
    const text = textOf();
    const begun = performance.now();
    await searchFor(text);
    times.push(performance.now() - begun);
  };
  for (let at = 0; at < SEARCHES; at += together) await Promise.all(Array.from({ length: together }, one));
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(part * (times.length - 1))] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

export const search: Bench = {
  name: 'search',
  about:
    'The box office looks for a booking among a million, by each of eleven kinds of what people say, as it is typed.',
  rows: [
    { figure: 'p50', what: 'half of them', unit: 'ms', targets: [] },
    {
      figure: 'p99',
      what: 'all but a hundredth, by the slowest kind',
      unit: 'ms',
      targets: [{ than: 'figure', most: 100 }],
    },
    { figure: 'four', what: 'the same, where four type at once', unit: 'ms', targets: [{ than: 'figure', most: 100 }] },
  ],
  sides: { ours },
  limits: `Each kind has an index of its own, and none of them reads more than some hundred rows. The slowest is a common
first name: its holders are many, and they come with their bookings, the newest first.`,
};
