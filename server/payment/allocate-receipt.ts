import type { RefundReason } from '../../shared/views.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';
import { prepared } from '../model/prepared.ts';
import { isMoney, type SettledPayment, type Settling } from './evidence.ts';
import { oweRefund } from './owe-refund.ts';
import { payPart } from './pay-part.ts';
import { type Part, partOf, readParts } from './read-parts.ts';

/** What is left of a receipt, and why it could go no further. */
interface Left {
  amount: number;
  because: RefundReason[];
}

/** What a person may decide. `inFull`: it counts as what was asked for, though it is less. `anew`: it was counted before. */
interface Deciding {
  inFull?: boolean;
  anew?: boolean;
}

/**
 * Money that was just counted goes to what it was asked for, or is due back: there is no third way. For a sale it goes
 * to what is in it in the order of its lines. `source` says who counted it.
 */
export async function allocateReceipt(
  em: Em,
  payment: SettledPayment,
  receiptId: number,
  source: Actor,
  settling: Settling,
  { inFull = false, anew = false }: Deciding = {},
): Promise<'applied' | 'refund_due'> {
  const { amount } = await readAmount.one(em, { receiptId });
  const asked = inFull ? Math.max(amount, payment.amount) : amount;
  const left = await share(em, payment, { receiptId, source, anew, money: { amount, asked } }, settling);
  const debt = { receiptId, paidFor: payment, reason: mainReason(left, amount), actor: source };
  if (left.amount === amount) {
    await oweRefund(em, debt, settling);
    return 'refund_due';
  }
  if (payment.sale !== null) await keepRest(em, payment.sale);
  if (left.amount > 0) await oweRefund(em, { ...debt, excess: left.amount }, settling);
  return 'applied';
}

const readAmount = prepared((em, { receiptId }: { receiptId: number }) =>
  query(em).selectFrom('receipt').select('amount').where('id', '=', receiptId),
);

interface Sharing {
  receiptId: number;
  source: Actor;
  anew: boolean;
  /** `asked`: what it counts as. */
  money: { amount: number; asked: number };
}

async function share(em: Em, payment: SettledPayment, sharing: Sharing, settling: Settling) {
  const { receiptId, source, anew, money } = sharing;
  const left: Left = { amount: money.amount, because: [] };
  if (isMoney(payment) && !anew) return left;
  const parts = await readParts(em, payment);
  if (payment.leftAt !== null)
    return { ...left, because: parts.some(one => one.saleState === 'abandoned') ? ['abandoned_sale' as const] : [] };
  let counts = money.asked;
  for (const part of parts) {
    if (counts === 0 || isPaid(part, payment)) continue;
    const outstanding = part.total - part.applied;
    const paid = await payPart(em, part, counts >= outstanding, settling);
    if (paid.dueBecause !== null) left.because.push(paid.dueBecause);
    if (paid.dueBecause !== null) continue;
    const amount = Math.min(left.amount, outstanding);
    await apply(em, part, receiptId, amount);
    left.amount -= amount;
    counts -= Math.min(counts, outstanding);
    const { happening, details } = paid;
    await recordChange(em, partOf(part), { happening, actor: source, at: settling.now, payment: payment.id, details });
  }
  return left;
}

/** What of a sale was paid before needs no more; for itself alone, a second payment is one too many. */
function isPaid({ state }: Part, { sale }: SettledPayment): boolean {
  return sale !== null && (state === 'confirmed' || state === 'paid' || state === 'refunded');
}

async function apply(em: Em, part: Part, receiptId: number, amount: number) {
  const { booking, charge } = partOf(part);
  await insertShare.run(em, { receipt: receiptId, booking, charge, amount });
  await markApplied.run(em, { receiptId });
}

type NewShare = Pick<PaidFor, 'booking' | 'charge'> & { receipt: number; amount: number };

const insertShare = prepared((em, share: NewShare) => query(em).insertInto('share').values(share));

const markApplied = prepared((em, { receiptId }: { receiptId: number }) =>
  query(em).updateTable('receipt').set({ allocation: 'applied' }).where('id', '=', receiptId),
);

function mainReason({ amount: left, because: [first] }: Left, amount: number): RefundReason {
  return first ?? (left === amount ? 'duplicate_payment' : 'overpaid');
}

/** Whoever has paid for some of it keeps the places of the rest, until the sale is given up. */
async function keepRest(em: Em, saleId: string) {
  await query(em)
    .updateTable('booking')
    .set({ kept: true })
    .where('sale', '=', saleId)
    .where('state', '=', 'held')
    .execute();
}
