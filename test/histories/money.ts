import type { Debit, Ledger } from '../../server/simulator/ledger.ts';
import type { Disk } from './disk.ts';
import type { Knowledge } from './knowledge.ts';
import { accountReferenceIn, paymentIdIn } from './references.ts';

const CENTS = 100;

interface ReceiptRow {
  id: number;
  number: string | null;
  allocation: string;
  amount: number;
  currency: string;
  payment: string | null;
  reference: string | null;
  /** A person has decided something about its payment. */
  isDecided: number;
}

interface PaymentRow {
  id: string;
  state: string;
  frozen: number;
  closedAt: number | null;
  nextCheckAt: number | null;
  /** A callback is stored and not settled yet. */
  isHeard: number;
}

/**
 * I2, I3, I13: the gateway's ledger of what it really took, against what we wrote down. Every debit is exactly one of:
 * applied, due back, set aside for a person, or of a payment that staff see as open; and no money of ours was never taken.
 *
 * One sum may stand in the books twice: a query counts it without its number, and a message that cannot be believed names
 * it. Nobody can know that the two are one, so it is allowed where the second is set aside: a person sees it on the
 * worklist, or has seen it there and closed it. As soon as a good message names the money, the two must become one.
 * What the counter took itself is not in that ledger: the rules of the drawers look after it.
 */
export function missingMoney(
  disk: Disk,
  { debits, reversals }: Pick<Ledger, 'debits' | 'reversals'>,
  knowledge: Knowledge,
) {
  const breaches: string[] = [];
  const receipts = disk.query<ReceiptRow>(
    `select r.id, r.number, r.allocation, r.amount, r.currency, r.payment, p.accountReference as reference,
       exists (select 1 from audit_entry a where a.payment = p.id and a.happening = 'staff_closed') as isDecided
     from receipt r left join payment p on p.id = r.payment where r.gateway in ('daraja', 'pesapal')`,
  )();
  const left = new Set(receipts);
  /** Debits that were counted without their number. */
  const unnumbered = new Set<string>();
  const take = (fits: (receipt: ReceiptRow) => boolean) => {
    const found = receipts.find(receipt => left.has(receipt) && fits(receipt));
    if (found) left.delete(found);
    return found;
  };
  for (const debit of debits) {
    const { receiptNumber } = debit;
    const accountReference = accountReferenceIn(debit.merchantReference);
    const payment = readPayment(disk, debit);
    const isLoose = knowledge.isLoose(receiptNumber);
    if (!payment && !isLoose) breaches.push(`I7 ${told(debit)} was taken for no payment of ours`);
    const own = ({ reference, number }: ReceiptRow) =>
      reference === null ? number === receiptNumber : reference === accountReference; // A person may have matched it.
    const named = (receipt: ReceiptRow) => own(receipt) && receipt.number === receiptNumber;
    const receipt =
      take(one => named(one) && one.allocation !== 'unallocated') ??
      take(one => own(one) && one.number === null) ??
      take(named) ??
      take(one => own(one) && knowledge.wasMisnumbered(accountReference));
    if (receipt?.number === null) unnumbered.add(receiptNumber);
    const isBack = reversals.some(reversal => reversal.originalReceiptNumber === receiptNumber);
    if (receipt) breaches.push(...wrongAmount(debit, receipt, knowledge));
    else if (isLoose && !isBack && !isUnheard(disk, debit, receipts, knowledge))
      breaches.push(`I2 ${told(debit)} was paid by hand and confirmed, and is not written down`);
    else if (payment && !isBack && !isOpen(payment, debit, knowledge))
      breaches.push(`I2 ${told(debit)} was taken, and we believe that the payment ${payment.state}`);
  }
  for (const receipt of left) breaches.push(...neverTaken(receipt, debits, unnumbered, knowledge));
  return breaches;
}

/** Nobody has told of it, or a confirmation is stored and not settled yet, or its number was said to be another payment's. */
function isUnheard(disk: Disk, { receiptNumber }: Debit, receipts: ReceiptRow[], knowledge: Knowledge): boolean {
  const isStored = disk.query(`select 1 from callback where confirmation and state = 'received'`)().length > 0;
  const isOthers = ({ number, reference }: ReceiptRow) =>
    number === receiptNumber && knowledge.wasMisnumbered(reference ?? '');
  return !knowledge.isConfirmed(receiptNumber) || isStored || receipts.some(isOthers);
}

function readPayment(disk: Disk, { merchantReference }: Debit): PaymentRow | undefined {
  const [payment] = disk.query<PaymentRow>(
    `select id, state, frozen, closedAt, nextCheckAt,
       exists (select 1 from callback where payment = payment.id and state = 'received') as isHeard
     from payment where accountReference = ?`,
  )(accountReferenceIn(merchantReference));
  const isOther = payment?.id !== (paymentIdIn(merchantReference) ?? payment?.id);
  return isOther ? undefined : payment;
}

/** Staff see it as open, or we are still going to ask, or somebody is about to tell us. */
function isOpen(payment: PaymentRow, debit: Debit, { isUnderWay, isDenied, mayBeTold }: Knowledge): boolean {
  const { state, frozen, closedAt, nextCheckAt, isHeard } = payment;
  const isUnresolved = ['started', 'unknown', 'pending'].includes(state);
  if ((isUnresolved && closedAt === null) || frozen || isHeard || mayBeTold(debit)) return true;
  const reference = accountReferenceIn(debit.merchantReference);
  return state === 'failed' && (nextCheckAt !== null || isUnderWay(reference) || isDenied(reference));
}

function wrongAmount(
  debit: Debit,
  { allocation, amount, currency, isDecided }: ReceiptRow,
  { wasMisquoted }: Knowledge,
): string[] {
  const wasSaid = wasMisquoted(accountReferenceIn(debit.merchantReference));
  const misquoted = wasSaid && (allocation === 'unallocated' || isDecided);
  const taken = debit.charged ?? debit;
  const cents = Math.round(taken.amount * CENTS);
  if ((amount === cents && currency === taken.currency) || misquoted) return [];
  return [`I13 ${told(debit)}: ${taken.currency} ${cents} was taken and ${currency} ${amount} is written down`];
}

/** A receipt that no debit explains. */
function neverTaken(
  { number, allocation, payment, reference }: ReceiptRow,
  debits: readonly Debit[],
  unnumbered: ReadonlySet<string>,
  { wasMisnumbered }: Knowledge,
): string[] {
  const debit = debits.find(one => one.receiptNumber === number);
  const isTwice = allocation === 'unallocated' && isOf(debit, reference) && unnumbered.has(number ?? '');
  if (isTwice || (debit && wasMisnumbered(reference ?? ''))) return [];
  return [`I3 ${allocation} money ${number ?? 'without a number'} of payment ${payment} was never taken`];
}

function isOf(debit: Debit | undefined, reference: string | null): boolean {
  return debit !== undefined && accountReferenceIn(debit.merchantReference) === reference;
}

function told({ receiptNumber, merchantReference }: Debit): string {
  return `${receiptNumber} for ${accountReferenceIn(merchantReference)}`;
}
