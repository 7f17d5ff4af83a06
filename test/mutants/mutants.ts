import { COUNTER } from './counter.ts';
import { DURABILITY } from './durability.ts';
import { MONEY } from './money.ts';
import type { Mutant } from './mutant.ts';
import { PLACES } from './places.ts';
import { STRANGERS } from './strangers.ts';

/** Every deliberate bug. A suite that lets one of them live proves nothing about what it breaks. */
export const MUTANTS: Mutant[] = [...PLACES, ...MONEY, ...COUNTER, ...DURABILITY, ...STRANGERS];
