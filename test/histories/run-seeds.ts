import assert from 'node:assert/strict';
import { FAULTS } from './faults.ts';
import { live } from './history.ts';
import { tell } from './progress.ts';

/** Endings that a few hundred histories must have seen, or they prove little. */
const MUST_BE_MET = [
  ...Object.keys(FAULTS),
  ...['kills', 'booking confirmed', 'booking lapsed', 'booking cancelled', 'payment paid', 'payment failed'],
  ...['payment unknown', 'receipt applied', 'receipt applied without a number', 'receipt refund_due'],
  ...['booking refunded', 'refund_requested', 'refund_done', 'refund_failed', 'refund_uncertain', 'receipt reversed'],
  ...['payment closed', 'showing cancelled', 'paid by statement', 'payment reversed'],
  ...['callback settled', 'callback ignored', 'callback quarantined', 'receipt_number_known', 'places taken again'],
];

/** Lives so many histories; the first that breaks a rule is told in full, with its seed. */
export async function runSeeds(from: number, to: number): Promise<void> {
  const met = new Set<string>();
  for (let seed = from; seed <= to; seed++) {
    const history = await live(seed);
    assert.deepEqual(history.breaches, [], `\n${tell(history)}`);
    for (const what of history.counts.keys()) met.add(what);
  }
  assert.deepEqual(
    MUST_BE_MET.filter(what => !met.has(what)),
    [],
    'never happened in all these histories',
  );
}
