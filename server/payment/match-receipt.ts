import type { Money } from '../../shared/money.ts';
import { randomHex } from '../../shared/random.ts';
import { recordChange } from '../booking/record-change.ts';
import { cancelCharge } from '../charge/close-charge.ts';
import { openCharge } from '../charge/open-charge.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { chargeOf, columnOf, type PaidFor } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { readPayment, settlingNow } from './evidence.ts';
import type { Match } from './find-match.ts';
import { insertArrived } from './insert-arrived.ts';
import { touchReceipt } from './record-receipt.ts';
import { recordDecision, resolveReceipt, type Saying, takeOpen } from './resolve-receipt.ts';

type Found = Awaited<ReturnType<typeof takeOpen>>;

interface Matching extends Saying {
  receiptId: number;
}

/**
 * A person has found out what money is for. It counts as if it had come under that reference: open places are confirmed,
 * lapsed ones if they are free, what is too much is owed, and so is all of it where nothing is to be paid any more. For a
 * booking or a charge less will do, because somebody has looked at it; of a sale it is a part.
 */
export async function matchReceipt(
  em: Em,
  parts: Parts,
  { receiptId, ...saying }: Matching,
  { paidFor, view }: Match,
): Promise<void> {
  const receipt = await takeOpen(em, receiptId);
  refuseOther(receipt, view.total);
  const isWhole = paidFor.sale !== null || view.outstanding.amount === 0;
  const asked = isWhole ? receipt.amount : view.outstanding.amount;
  if (receipt.payment !== null) await leave(em, receipt.payment, paidFor, saying, parts.clock.now());
  await giveTo(em, parts, { receiptId, receipt, paidFor, asked, ...saying });
  await resolveReceipt(em, { receiptId, as: 'match', ...saying }, settlingNow(parts));
}

/**
 * Money that is nobody's goes back to where it came from. So that it stands in some venue's books, and its refund goes the
 * way of all others, a charge is written down for it that was never to be paid.
 */
export async function returnReceipt(
  em: Em,
  parts: Parts,
  { receiptId, venueId, ...saying }: Matching & { venueId: number },
): Promise<void> {
  const receipt = await takeOpen(em, receiptId);
  const venue = await query(em).selectFrom('venue').select('currency').where('id', '=', venueId).executeTakeFirst();
  if (!venue) throw new ProblemError('not_found', { detail: 'There is no such venue' });
  const amount = { amount: receipt.amount, currency: receipt.currency };
  refuseOther(receipt, { amount: receipt.amount, currency: venue.currency });
  const purpose = `Money that came for nothing, receipt ${receipt.number}`;
  const { actor } = saying;
  const opening = { idempotencyKey: randomHex(parts.random), actor, anyAmount: true };
  const paidFor = chargeOf(await openCharge(em, parts, { venueId, amount, purpose }, opening));
  await cancelCharge(em, columnOf(paidFor).id);
  await recordChange(em, paidFor, { happening: 'charge_cancelled', actor, at: parts.clock.now() });
  await giveTo(em, parts, { receiptId, receipt, paidFor, asked: receipt.amount, ...saying });
  await resolveReceipt(em, { receiptId, as: 'refund', ...saying }, settlingNow(parts));
}

function refuseOther({ currency }: Found, costs: Money) {
  if (currency === costs.currency) return;
  throw new ProblemError('not_possible_now', {
    detail: `This money is in ${currency}, and that costs ${costs.currency}`,
  });
}

/** What its own payment was for goes on without it; what becomes of that is a question of its own. */
async function leave(em: Em, paymentId: string, { booking, charge, sale }: PaidFor, saying: Saying, now: Date) {
  const payment = await readPayment(em, paymentId);
  if (payment.booking === booking && payment.charge === charge && payment.sale === sale)
    throw new ProblemError('not_possible_now', { detail: 'It came for just that: take it as it is instead' });
  await recordDecision(em, paymentId, 'match', saying, now);
}

interface Giving extends Saying {
  receiptId: number;
  receipt: Found;
  paidFor: PaidFor;
  asked: number;
}

/** From now on the receipt is of a payment for that. */
async function giveTo(em: Em, parts: Parts, { receiptId, receipt, paidFor, asked, actor }: Giving) {
  const { gateway: method, currency } = receipt;
  const arrived = { paidFor, method, amount: asked, currency, actor, shift: null, bodyHash: '' };
  const payment = await insertArrived(em, parts, { ...arrived, keyHash: randomHex(parts.random) });
  await query(em)
    .updateTable('receipt')
    .set({ payment, cameFor: receipt.payment })
    .where('id', '=', receiptId)
    .execute();
  await touchReceipt(em, receiptId);
}
