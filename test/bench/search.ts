import { mkdir, writeFile } from 'node:fs/promises';
import { search } from '../../server/board/search.ts';
import { openDatabase } from '../../server/database/open-database.ts';
import { createVault } from '../../server/database/vault.ts';
import { systemRandom } from '../../shared/random.ts';
import { seededFraction } from '../support/seeded-random.ts';
import { type Seeded, seedBookings } from './search-seed.ts';

const BOOKINGS = Number(process.argv[2] ?? 1_000_000);
const SEARCHES = 400; // By each key.
const TYPING_AT_ONCE = [1, 4]; // People, at the same moment: they share one database connection.
const FOLDER = `${import.meta.dirname}/results`;

/** Searches over a million bookings of one venue, by every key, as they are typed: `node test/bench/search.ts [bookings]`. */
const file = `${FOLDER}/search-${BOOKINGS}.db`;
await mkdir(FOLDER, { recursive: true });
const vault = createVault('a key of at least thirty-two characters', systemRandom);
const seeded = await seedBookings(file, vault, BOOKINGS);
const database = await openDatabase(file);
const chance = seededFraction(7);
const rows = [];
for (const together of TYPING_AT_ONCE)
  for (const [key, textOf] of Object.entries(keysOf(seeded))) rows.push(await measure(key, textOf, together));
console.table(rows);
await writeFile(`${FOLDER}/search.json`, JSON.stringify({ bookings: BOOKINGS, rows }, null, 2));
await database.close();

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

async function measure(key: string, textOf: () => string, together: number) {
  const times: number[] = [];
  let found = 0;
  const one = async () => {
    const text = textOf();
    const begun = performance.now();
    const results = await search(database.read(), vault, { venueId: 1, text, now: new Date() });
    times.push(performance.now() - begun);
    found += results.length;
  };
  for (let at = 0; at < SEARCHES; at += together) await Promise.all(Array.from({ length: together }, one));
  times.sort((a, b) => a - b);
  const at = (part: number) => Number((times[Math.floor(part * (times.length - 1))] ?? 0).toFixed(2));
  const each = Number((found / times.length).toFixed(1));
  return { key, together, 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'most ms': at(1), found: each };
}
