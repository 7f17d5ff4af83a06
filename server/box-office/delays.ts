import { addMs } from '../../shared/clock.ts';
import { plainHash } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import type { Place } from './place.ts';

const FIRST_MS = 5_000; // After the first guess that is one too many; doubled with each that follows.
const OF_NAME = { free: 3, longestMs: 15 * 60_000 }; // Anybody mistypes; a PIN of four digits then takes half a year.
const OF_DEVICE = { free: 15, longestMs: 60_000 }; // Of all names together: nobody shuts a till for everybody else.
const FORGOTTEN_MS = 24 * 3_600_000;

interface Guesser {
  guesser: string;
  free: number;
  longestMs: number;
}

/**
 * Counts one more wrong guess, by name on this device and by device; where there is no device, by name from this
 * address. Answers until when to wait where it is too early for one: that guess is not looked at and does not count.
 */
export async function countGuess(em: Em, now: Date, place: Place, name: string): Promise<Date | null> {
  await query(em).deleteFrom('sign_in_delay').where('nextAt', '<', addMs(now, -FORGOTTEN_MS)).execute();
  const guessers = guessersOf(place, name);
  const counted: Counted[] = [];
  for (const guesser of guessers) counted.push(await countOne(em, now, guesser));
  const waits = counted.map(({ nextAt }) => nextAt).filter(nextAt => nextAt > now);
  for (const one of counted) await write(em, one, waits.length > 0 ? one.failures - 1 : one.failures, now);
  return waits.length > 0 ? new Date(Math.max(...waits.map(Number))) : null;
}

interface Counted extends Guesser {
  failures: number;
  nextAt: Date;
}

/** One more first, and only then a look at it: two who come at once stand in line for the row. */
async function countOne(em: Em, now: Date, guesser: Guesser): Promise<Counted> {
  const row = await query(em)
    .insertInto('sign_in_delay')
    .values({ guesser: guesser.guesser, failures: 1, nextAt: now })
    .onConflict(known =>
      known.column('guesser').doUpdateSet(old => ({ failures: old('sign_in_delay.failures', '+', 1) })),
    )
    .returning(['failures', 'nextAt'])
    .executeTakeFirstOrThrow();
  return { ...guesser, ...row };
}

async function write(
  em: Em,
  { guesser, free, longestMs, nextAt }: Counted,
  failures: number,
  now: Date,
): Promise<void> {
  const beyond = failures - free;
  const wait = nextAt > now ? nextAt : addMs(now, beyond <= 0 ? 0 : Math.min(FIRST_MS * 2 ** (beyond - 1), longestMs));
  await query(em).updateTable('sign_in_delay').set({ failures, nextAt: wait }).where('guesser', '=', guesser).execute();
}

/** It was the right one. Of what others guessed wrong on this device half is forgiven: mistakes do not pile up all day. */
export async function forgetGuesses(em: Em, now: Date, place: Place, name: string): Promise<void> {
  const [own, device] = guessersOf(place, name);
  if (own) await query(em).deleteFrom('sign_in_delay').where('guesser', '=', own.guesser).execute();
  if (!device) return;
  await query(em)
    .updateTable('sign_in_delay')
    .set(one => ({ failures: one(one.parens('failures', '-', 1), '/', 2), nextAt: now })) // Whole numbers: what is left over is dropped.
    .where('guesser', '=', device.guesser)
    .execute();
}

function guessersOf({ address, device }: Place, name: string): Guesser[] {
  const who = name.trim().toLowerCase();
  if (!device) return [{ guesser: plainHash(`address ${address} ${who}`), ...OF_NAME }];
  return [
    { guesser: plainHash(`device ${device.deviceId} ${who}`), ...OF_NAME },
    { guesser: plainHash(`device ${device.deviceId}`), ...OF_DEVICE },
  ];
}
