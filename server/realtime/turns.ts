import type { Clock, Stop } from '../../shared/clock.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import type { Rooms } from './rooms.ts';

const SENDS_PER_SECOND_MAX = 10_000; // Of this process, for all its showings together: a fifth of a core. As many are saved up.
const TURNS_MAX = 10; // Of one telling; in between the other showings have theirs.

/**
 * All showings send from one budget and wait in one line for it, each with a part of its rooms: one that everybody watches
 * is told more slowly, and holds up none of the others for longer than such a part takes.
 */
export function createTurns(clock: Clock, rooms: Pick<Rooms, 'of' | 'watchers'>) {
  const budget = new TokenBucket(clock, SENDS_PER_SECOND_MAX);
  const timers = new Set<Stop>();

  function wait(ms: number): Promise<void> {
    return new Promise(done => {
      const stop = clock.after(ms, () => {
        timers.delete(stop);
        done();
      });
      timers.add(stop);
    });
  }

  /** Nobody asks for a second turn before the first was theirs, so the line goes round. */
  async function have(showingId: number) {
    const share = roomsInTurn(showingId) / Math.max(1, rooms.of(showingId).length);
    const waitMs = budget.reserve(Number.POSITIVE_INFINITY, rooms.watchers(showingId) * share) ?? 0;
    if (waitMs > 0) await wait(waitMs);
  }

  const roomsInTurn = (showingId: number) => Math.ceil(rooms.of(showingId).length / TURNS_MAX);

  return {
    wait,
    /** The first: with it the newest state is read, which all rooms are told. */
    have,
    /** The rooms as they are now, each when it may be told; the first turn must have been had. */
    async *rooms(showingId: number) {
      const together = roomsInTurn(showingId);
      for (const [at, room] of rooms.of(showingId).entries()) {
        if (at > 0 && at % together === 0) await have(showingId);
        yield room;
      }
    },
    /** Whoever still waits will wait for ever. */
    stop() {
      for (const stop of timers) stop();
    },
  };
}
