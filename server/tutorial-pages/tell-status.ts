import type { Context } from 'koa';
import { RandomId } from '../../shared/requests.ts';
import type { BookingState, ChargeState, PaymentView } from '../../shared/views.ts';
import { query } from '../model/entities.ts';
import { type Parts, seeingNow } from '../parts.ts';
import { seeBooking } from '../view/booking-view.ts';
import { seeCharge } from '../view/charge-view.ts';
import { seePayment } from '../view/payment-view.ts';
import { fits, readFields, refuseMissing } from './read-fields.ts';

const GOING_CODE = '500.001.1001'; // The only errorCode after which these pages ask again.
const CONFIRMED = { ResponseCode: '0', ResultCode: '0', ResultDesc: 'Your payment arrived.' };
const GOING = { errorCode: GOING_CODE, errorMessage: 'The transaction is being processed' };
const UNKNOWN = stopping('unknown_payment', 'We know no such payment.');
const GOING_BACK = stopping(
  'refund_due',
  'Your money arrived, but does not book these places any more: it goes back to you. Do not pay again.',
);
const TAKEN_BACK = stopping('reversed', 'The gateway took this payment back. It pays for nothing any more.');
const NOT_HELD = stopping(
  'hold_lapsed',
  'The places went back before we knew of a payment. Do not pay again now: money that still arrives gets you places, or goes back to you.',
);

/** What became of a payment, from our own state alone: thousands of pages ask this every five seconds. */
export async function tellStatus(ctx: Context, parts: Parts): Promise<void> {
  const fields = await readFields(ctx);
  refuseMissing(fields, ['checkoutRequestId']);
  const paymentId = fields.checkoutRequestId;
  ctx.body = fits(RandomId, paymentId) ? await statusOf(parts, paymentId) : UNKNOWN;
}

async function statusOf(parts: Parts, paymentId: string) {
  const em = parts.database.read();
  const seeing = seeingNow(parts);
  const row = await query(em)
    .selectFrom('payment')
    .select(['booking', 'charge', 'reasonCode'])
    .where('id', '=', paymentId)
    .executeTakeFirst();
  const payment = await seePayment(em, paymentId, seeing);
  const paidFor = row?.booking
    ? await seeBooking(em, row.booking, seeing)
    : await seeCharge(em, row?.charge ?? '', seeing);
  return row && payment && paidFor ? answer(payment, paidFor.state, row.reasonCode) : UNKNOWN;
}

function answer(payment: PaymentView, state: BookingState | ChargeState, gatewayCode: string | null) {
  if (state === 'confirmed' || state === 'paid') return CONFIRMED;
  const { reason } = payment;
  if (reason?.code === 'under_review') return stopping(reason.code, reason.text);
  const waits = state === 'held' || state === 'open';
  switch (payment.state) {
    case 'started':
    case 'unknown':
    case 'pending':
      return waits ? GOING : NOT_HELD;
    case 'failed':
      return failed(reason, gatewayCode);
    case 'paid':
      return waits ? GOING : GOING_BACK; // Waits: paid in parts, and a part is still to come.
    case 'reversed':
      return TAKEN_BACK;
  }
}

/** By the gateway's own code, as these pages know it from Daraja; ours where that one would keep them asking. */
function failed(reason: PaymentView['reason'], gatewayCode: string | null) {
  const ours = reason?.code ?? 'refused';
  const code = gatewayCode === null || gatewayCode === GOING_CODE ? ours : gatewayCode;
  return { ResultCode: code, errorCode: code, errorMessage: reason?.text ?? 'The payment failed.' };
}

function stopping(errorCode: string, errorMessage: string) {
  return { errorCode, errorMessage };
}
