import { edit, type Mutant } from './mutant.ts';

const ALLOCATE = 'server/payment/allocate-receipt.ts';
const PART = 'server/payment/pay-part.ts';
const SPLIT = 'test/till/split.test.ts';
const SALES = 'test/till/sales.test.ts';
const JOURNAL = 'test/till/journal.test.ts';
const PAID_BEFORE = 'test/till/paid-before.test.ts';

/** Money at the counter: parts of a sale, drawers, journals. */
export const COUNTER: Mutant[] = [
  {
    name: 'a prompt that was left behind still pays for the sale',
    breaks: ['I2'],
    edits: [edit(ALLOCATE, 'if (payment.leftAt !== null)', 'if (payment.leftAt !== null && parts.length === 0)')],
    killedBy: [SPLIT],
  },
  {
    name: 'a part of the price confirms the booking',
    breaks: ['I3'],
    edits: [edit(PART, 'if (!completes) return keepHeld(em, booking);', '')],
    killedBy: [SPLIT],
  },
  {
    name: 'what is partly paid lapses as anything else',
    breaks: ['I2'],
    edits: [
      edit('server/booking/end-hold.ts', `\n    .where('kept', '=', false)`, ''),
      edit('server/janitor/end-holds.ts', `\n    .where('kept', '=', false)`, ''),
    ],
    killedBy: [SPLIT],
  },
  {
    name: 'money goes to every line of a sale as if it were the only one',
    breaks: ['I13'],
    edits: [
      edit(ALLOCATE, 'left.amount -= amount;', ''),
      edit(ALLOCATE, 'counts -= Math.min(counts, outstanding);', ''),
    ],
    killedBy: [SPLIT],
  },
  {
    name: 'a complimentary ticket that is given back owes its price',
    breaks: ['I2'],
    edits: [
      edit(
        'server/payment/owe-refund.ts',
        `return gateway === 'complimentary';`,
        `return gateway === 'card' && false;`,
      ),
    ],
    killedBy: [SALES],
  },
  {
    name: 'the same press of a button is another payment',
    breaks: ['I5'],
    edits: [
      edit(
        'server/till/take-payment.ts',
        'if (earlier) return { paymentId: sameOrRefused(earlier, keys.bodyHash), isNew: false, left: [] };',
        'if (earlier && Math.abs(0)) return { paymentId: sameOrRefused(earlier, keys.bodyHash), isNew: false, left: [] };',
      ),
    ],
    killedBy: [SALES],
  },
  {
    name: 'cash is given back without a supervisor',
    breaks: ['I16'],
    edits: [edit('server/till/abandon-sale.ts', 'if (paid) return true;', '')],
    killedBy: [SPLIT],
  },
  {
    name: 'a receipt number pays for two sales',
    breaks: ['I5'],
    edits: [edit('server/payment/settle-claim.ts', `? 'used before' : null`, `? null : null`)],
    killedBy: [PAID_BEFORE],
  },
  {
    name: 'a line of the journal does not vouch for those before it',
    breaks: ['I10'],
    edits: [
      edit(
        'server/till/write-journal.ts',
        'hashLine(last?.hash ?? NOTHING_BEFORE, line)',
        'hashLine(NOTHING_BEFORE, line)',
      ),
    ],
    killedBy: [JOURNAL],
  },
  {
    name: 'a sealed shift can be changed',
    breaks: ['I4'],
    edits: [
      edit(
        'server/database/migrations/sqlite',
        'shift_sealed_for_ever_update\\` BEFORE UPDATE on',
        'shift_sealed_for_ever_update\\` BEFORE UPDATE OF version on',
      ),
    ],
    killedBy: [JOURNAL],
  },
];
