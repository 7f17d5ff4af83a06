import type { Debit } from '../../server/simulator/ledger.ts';
import type { Disk } from './disk.ts';

const CENTS = 100;

interface ReceiptRow {
  id: number;
  number: string | null;
  allocation: string;
  amount: number;
  payment: string | null;
  refundAmount: number | null;
}

interface PaymentRow {
  id: string;
  state: string;
  frozen: number;
  amount: number;
  nextCheckAt: number | null;
  /** A callback is stored and not settled yet. */
  isHeard: number;
}

/** What the oracle knows of the messages about one payment, by its account reference. */
export interface Knowledge {
  /** Somebody still is on the way with the truth, so that wrong beliefs are allowed for now. */
  isUnderWay(reference: string): boolean;
  /** A message told another amount than was taken. */
  wasMisquoted(reference: string): boolean;
  /** Its callback carried the receipt number of another payment, which nobody can know. */
  wasMisnumbered(reference: string): boolean;
}

/**
 * I2, I3, I13: the gateway's ledger of what it really took, against what we wrote down. Every debit is exactly one of:
 * applied, due back, set aside for a person, or of a payment that staff see as open; and no money of ours was never taken.
 * Money that a query told of without its number may stand on the worklist a second time, when an odd message names it.
 */
export function missingMoney(disk: Disk, debits: readonly Debit[], knowledge: Knowledge): string[] {
  const breaches: string[] = [];
  const receipts = disk.query<ReceiptRow>(
    `select r.id, r.number, r.allocation, r.amount, r.payment, f.amount as refundAmount
     from receipt r left join refund f on f.receipt = r.id`,
  )();
  const left = new Set(receipts);
  const take = (fits: (receipt: ReceiptRow) => boolean) => {
    const found = receipts.find(receipt => left.has(receipt) && fits(receipt));
    if (found) left.delete(found);
    return found;
  };
  for (const debit of debits) {
    const told = `${debit.receiptNumber} for ${debit.accountReference}`;
    const payment = readPayment(disk, debit.accountReference);
    if (!payment) breaches.push(`I7 ${told} was taken for no payment of ours`);
    const own = (receipt: ReceiptRow) => receipt.payment === payment?.id;
    const named = (receipt: ReceiptRow) => own(receipt) && receipt.number === debit.receiptNumber;
    const receipt =
      take(one => named(one) && one.allocation !== 'unallocated') ??
      take(one => own(one) && one.number === null) ??
      take(named) ??
      take(one => own(one) && knowledge.wasMisnumbered(debit.accountReference));
    if (receipt) breaches.push(...wrongAmounts(debit, receipt, knowledge));
    else if (payment && !isOpen(payment, debit.accountReference, knowledge))
      breaches.push(`I2 ${told} was taken, and we believe that the payment ${payment.state}`);
  }
  for (const { number, allocation, payment } of left)
    if (allocation !== 'unallocated' || !debits.some(debit => debit.receiptNumber === number))
      breaches.push(`I3 ${allocation} money ${number ?? 'without a number'} of payment ${payment} was never taken`);
  return breaches;
}

function readPayment(disk: Disk, reference: string): PaymentRow | undefined {
  return disk.query<PaymentRow>(
    `select id, state, frozen, amount, nextCheckAt,
       exists (select 1 from callback where payment = payment.id and state = 'received') as isHeard
     from payment where accountReference = ?`,
  )(reference)[0];
}

/** Staff see it as open, or we are still going to ask, or somebody is about to tell us. */
function isOpen(payment: PaymentRow, reference: string, { isUnderWay }: Knowledge): boolean {
  const { state, frozen, nextCheckAt, isHeard } = payment;
  if (['started', 'unknown', 'pending'].includes(state) || frozen || isHeard) return true;
  return state === 'failed' && (nextCheckAt !== null || isUnderWay(reference));
}

function wrongAmounts(debit: Debit, receipt: ReceiptRow, { wasMisquoted }: Knowledge): string[] {
  const told = `${debit.receiptNumber} for ${debit.accountReference}`;
  const { allocation, amount, refundAmount } = receipt;
  const misquoted = allocation === 'unallocated' && wasMisquoted(debit.accountReference);
  const wrong = amount !== debit.amount * CENTS && !misquoted;
  return [
    ...(wrong ? [`I13 ${told}: ${debit.amount * CENTS} was taken and ${amount} is written down`] : []),
    ...(allocation === 'refund_due' && refundAmount !== amount ? [`I2 ${told} is due back without a refund`] : []),
  ];
}
