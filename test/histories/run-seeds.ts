import assert from 'node:assert/strict';
import { COMMON_FAULTS, DARAJAS_FAULTS, PESAPALS_FAULTS } from './faults.ts';
import { live } from './history.ts';
import { tell } from './progress.ts';
import { atPesapal } from './world.ts';

/** Endings that a few hundred histories must have seen, or they prove little: at either gateway, and at one of them. */
const EVERYWHERE = [
  ...Object.keys(COMMON_FAULTS),
  ...['kills', 'booking confirmed', 'booking lapsed', 'booking cancelled', 'payment paid', 'payment failed'],
  ...['push_unanswered', 'receipt applied', 'receipt refund_due', 'booking refunded', 'charge paid'],
  ...['refund_requested', 'refund done', 'refund_failed', 'refund_uncertain', 'receipt reversed', 'payment closed'],
  ...['payment reversed', 'showing cancelled', 'callback settled', 'callback ignored'],
  ...['till is open', 'sale paid', 'sale abandoned', 'till: cash_taken', 'till: sealed'],
];
const MUST_BE_MET = [
  ...[...EVERYWHERE, ...Object.keys(DARAJAS_FAULTS), 'payment unknown', 'paid by statement'],
  ...['money paid by hand', 'paid before: paid', 'decided: match', 'till: cash_given_back'],
  ...['callback quarantined', 'receipt applied without a number', 'receipt_number_known', 'places taken again'],
  ...[...EVERYWHERE, ...Object.keys(PESAPALS_FAULTS), 'payment under review', 'receipt unallocated'].map(atPesapal),
  ...['order taken back', 'paid after a failure', 'paid after its order was taken back'].map(atPesapal),
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
