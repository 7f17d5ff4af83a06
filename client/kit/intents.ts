import * as v from 'valibot';
import type { Clock } from '../../shared/clock.ts';
import { type Random, randomHex } from '../../shared/random.ts';
import type { Kept } from './kept.ts';

const KEPT_MINUTES = 10; // As long as a hold: after that the same words mean something new.
const Intent = v.object({ body: v.string(), key: v.string(), since: v.number() });

/** Idempotency keys: one for each thing that a person means to do, kept for its retries, even by a browser that was killed. */
export interface Intents {
  keyFor(name: string, body: unknown): string;
  /** The server has answered: doing it again would mean something new. */
  answered(name: string): void;
}

export function createIntents(kept: Kept, clock: Clock, random: Random): Intents {
  const slot = (name: string) => `intent.${name}`;
  return {
    keyFor(name, body) {
      const now = clock.now().getTime();
      const before = kept.read(slot(name), Intent);
      const wanted = JSON.stringify(body);
      if (before?.body === wanted && now - before.since < KEPT_MINUTES * 60_000) return before.key;
      const key = randomHex(random);
      kept.write(slot(name), { body: wanted, key, since: now });
      return key;
    },
    answered: name => kept.remove(slot(name)),
  };
}
