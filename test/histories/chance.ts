import { seededFraction } from '../support/seeded-random.ts';

/** Chance that a seed replays, in the words of a history. */
export interface Chance {
  happens(probability: number): boolean;
  between(least: number, most: number): number;
  whole(least: number, most: number): number;
  oneOf<T>(things: readonly T[]): T;
}

/** Each `stream` of a seed is on its own: another customer does not change which messages are lost. */
export function createChance(seed: number, stream: number): Chance {
  const next = seededFraction(Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca6b));
  const between = (least: number, most: number) => least + next() * (most - least);
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1));
  return {
    between,
    whole,
    happens: probability => next() < probability,
    oneOf: things => things[whole(0, things.length - 1)] as (typeof things)[number],
  };
}
