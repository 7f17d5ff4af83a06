import type { Chance } from './chance.ts';
import { FAULTS, type FaultKind } from './faults.ts';

const STORM = 4; // So many times likelier than usual.
const PROBABILITY_MAX = 0.5; // Something must still go right.

/**
 * Each history has its own: a quarter of the misfortunes never happen in it, another quarter happens often. Misfortunes
 * that are always there at their usual rate would hide those that need a quiet day, and those that need company.
 */
export function drawWeather(chance: Chance): Record<FaultKind, number> {
  const draw = (usual: number) => {
    const kind = chance.between(0, 1);
    if (kind < 0.25) return 0;
    return kind < 0.75 ? usual : Math.min(PROBABILITY_MAX, usual * STORM);
  };
  return Object.fromEntries(Object.entries(FAULTS).map(([kind, usual]) => [kind, draw(usual)])) as Record<
    FaultKind,
    number
  >;
}
