import { DARAJA } from './daraja.ts';
import { PESAPAL } from './pesapal.ts';
import type { Row } from './row.ts';

/** Every gateway there is: all of them are held to the same. */
export const ROWS: readonly Row[] = [DARAJA, PESAPAL];
