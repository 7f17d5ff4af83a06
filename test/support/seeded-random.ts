import type { Random } from '../../shared/random.ts';

/** Chance that can be replayed: the same seed gives the same bytes (mulberry32). */
export function seededRandom(seed: number): Random {
  const next = seededFraction(seed);
  return count => Uint8Array.from({ length: count }, () => Math.floor(next() * 256));
}

/** Numbers from 0 up to 1, the same for the same seed. */
export function seededFraction(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
