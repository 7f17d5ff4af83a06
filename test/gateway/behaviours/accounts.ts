import assert from 'node:assert/strict';
import type { Debit } from '../../../server/simulator/ledger.ts';
import type { WorklistItem } from '../../../server/view/worklist-view.ts';
import { type Office, rowsOf } from '../../support/office.ts';

/** Where one sum of money that really left a phone stands with us. */
export type Account = 'applied' | 'refund due' | 'refunded' | 'unallocated' | 'unknown';

const MINOR_UNITS = 100;
const SEEN_BY_STAFF_MS = 10 * 60_000; // A payment of which nobody knows anything is on the worklist from then on.

interface PaymentRow {
  id: string;
  accountReference: string;
  state: string;
  startedAt: number;
}
interface ReceiptRow {
  id: number;
  payment: string;
  number: string | null;
  allocation: string;
  amount: number;
  reversedAt: number | null;
}
interface RefundRow {
  id: string;
  receipt: number;
  state: string;
  amount: number;
}

/**
 * I2, I3, I13: every debit of the gateway's own ledger, in its order, and the one account on which it stands with us; and no
 * money of ours that was never taken.
 */
export async function accountsOf(office: Office): Promise<Account[]> {
  const books = await readBooks(office);
  const { debits, reversals } = office.tiketi.simulator.ledger;
  const accounts = debits.map(debit => accountOf(debit, books));
  assert.deepEqual([...books.left], [], 'I3 money that was never taken');
  for (const { originalReceiptNumber } of reversals) {
    const account = accounts[debits.findIndex(({ receiptNumber }) => receiptNumber === originalReceiptNumber)];
    assert.equal(account, 'refunded', `${originalReceiptNumber} went back`);
  }
  return accounts;
}

async function readBooks({ tiketi, manager }: Office) {
  const receipts = await rowsOf<ReceiptRow>(tiketi, 'select * from receipt order by id');
  return {
    payments: await rowsOf<PaymentRow>(tiketi, 'select id, accountReference, state, startedAt from payment'),
    left: new Set(receipts),
    refunds: await rowsOf<RefundRow>(tiketi, 'select id, receipt, state, amount from refund'),
    worklist: await manager.worklist(),
    back: new Set(tiketi.simulator.ledger.reversals.map(one => one.originalReceiptNumber)),
    now: +tiketi.clock.now(),
  };
}
type Books = Awaited<ReturnType<typeof readBooks>>;

function accountOf(debit: Debit, books: Books): Account {
  const { merchantReference, receiptNumber } = debit;
  const payment = books.payments.find(
    ({ id, accountReference }) => merchantReference === accountReference || merchantReference.endsWith(`-${id}`),
  );
  assert.ok(payment, `I7 ${receiptNumber} was taken for no payment of ours`);
  const receipt = takeReceipt(books, payment.id, receiptNumber);
  if (!receipt) return books.back.has(receiptNumber) ? 'refunded' : seenAsOpen(books, payment, receiptNumber);
  const refunds = books.refunds.filter(one => one.receipt === receipt.id);
  if (receipt.reversedAt !== null) {
    assert.ok(
      refunds.every(({ state }) => state === 'done'),
      `${receiptNumber} is back, and still owed`,
    );
    return 'refunded';
  }
  if (receipt.allocation === 'unallocated') {
    assert.ok(isListed(books.worklist, { receiptId: receipt.id }), `${receiptNumber} waits, and nobody sees it`);
    return 'unallocated';
  }
  if (receipt.allocation === 'applied') {
    assert.equal(receipt.amount, debit.amount * MINOR_UNITS, `I13 ${receiptNumber}`);
    return 'applied';
  }
  return owed(books, receipt, refunds);
}

/** I5: one debit is one receipt, under its number or while its number is not known. */
function takeReceipt({ left }: Books, payment: string, receiptNumber: string): ReceiptRow | undefined {
  const [receipt, ...more] = [...left].filter(
    one => one.number === receiptNumber || (one.payment === payment && one.number === null),
  );
  assert.deepEqual(more, [], `I5 ${receiptNumber} was counted more than once`);
  if (receipt) left.delete(receipt);
  return receipt;
}

function owed({ worklist }: Books, receipt: ReceiptRow, refunds: RefundRow[]): Account {
  const sum = refunds.reduce((total, { amount }) => total + amount, 0);
  assert.equal(sum, receipt.amount, `I13 what is owed of ${receipt.number}`);
  const open = refunds.filter(({ state }) => state !== 'done');
  for (const { id } of open) assert.ok(isListed(worklist, { refundId: id }), `${receipt.number}: nobody sees the debt`);
  return open.length > 0 ? 'refund due' : 'refunded';
}

function seenAsOpen({ worklist, now }: Books, { id, state, startedAt }: PaymentRow, receiptNumber: string): Account {
  const isFresh = ['started', 'unknown', 'pending'].includes(state) && startedAt > now - SEEN_BY_STAFF_MS;
  const isSeen = isFresh || isListed(worklist, { paymentId: id });
  assert.ok(isSeen, `I2 ${receiptNumber} was taken, and we believe that the payment ${state}`);
  return 'unknown';
}

function isListed(worklist: WorklistItem[], what: Partial<WorklistItem>): boolean {
  return worklist.some(item => Object.entries(what).every(([key, value]) => item[key as keyof WorklistItem] === value));
}
