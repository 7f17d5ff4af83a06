import { plainHash } from '../../../server/database/vault.ts';
import { Booking } from '../../../server/model/booking.ts';
import type { Em } from '../../../server/model/entities.ts';
import { Payment } from '../../../server/model/payment.ts';
import { randomHex, systemRandom } from '../../../shared/random.ts';
import { writeDown } from './hold.ts';

const MINUTE_MS = 60_000;

export async function pay(em: Em, bookingId: string, phone: string): Promise<string> {
  const booking = await em.findOneOrFail(Booking, bookingId, { populate: ['showing.venue'] });
  const phoneHash = plainHash(phone);
  const earlier = await em.find(Payment, { $or: [{ booking: bookingId }, { phoneHash, live: true }] });
  if (earlier.some(({ live }) => live)) throw new Error('another payment is open');
  const [id, now] = [randomHex(systemRandom), new Date()];
  em.create(Payment, {
    ...{ id, booking, gateway: 'daraja', state: 'started', amount: booking.amount, currency: booking.currency },
    ...{ phoneHash, accountReference: `${booking.reference}1`, callbackTokenHash: id, live: true, frozen: false },
    ...{ liveUntil: booking.heldUntil, reachedPhone: true, startedAt: now, checks: 0, keyHash: id, bodyHash: id },
    ...{ nextCheckAt: new Date(+now + MINUTE_MS) },
  });
  change(em, booking, 'payment_started', id);
  return id;
}

export async function collect(gatewayUrl: string, paymentId: string): Promise<string> {
  const body = JSON.stringify({ AccountReference: paymentId, Amount: 1_000 });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${gatewayUrl}/mpesa/stkpush/v1/processrequest`, { method: 'POST', headers, body });
  return ((await answer.json()) as { CheckoutRequestID: string }).CheckoutRequestID;
}

export async function adopt(em: Em, paymentId: string, trackingId: string): Promise<void> {
  const payment = await em.findOneOrFail(Payment, paymentId, { populate: ['booking'] });
  payment.state = 'pending';
  payment.idsHash = trackingId;
  const booking = payment.booking?.unwrap();
  if (booking) change(em, booking, 'push_accepted', paymentId);
}

function change(em: Em, booking: Booking, happening: 'payment_started' | 'push_accepted', payment: string) {
  booking.version += 1;
  writeDown(em, { booking: booking.id, showing: booking.showing.id, version: booking.version, happening, payment });
}
