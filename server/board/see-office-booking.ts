import type { BookingAction, OfficeBooking } from '../../shared/office/booking.ts';
import type { BookingView } from '../../shared/views.ts';
import { fittingKind } from '../mail/mail-again.ts';
import { seeAddress, seeMails } from '../mail/see-mails.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';
import { seeBooking } from '../view/booking-view.ts';
import { seeHistory } from '../view/history-view.ts';
import type { Seeing } from '../view/next-push.ts';

/** A booking with everything that people at the box office need to decide; undefined when there is none. */
export async function seeOfficeBooking(
  em: Em,
  bookingId: string,
  seeing: Seeing,
  sendsMail: boolean,
): Promise<OfficeBooking | undefined> {
  const booking = await seeBooking(em, bookingId, seeing);
  if (!booking) return undefined;
  const { retryAfter = null } = booking.payment ?? {};
  return {
    booking,
    payments: await readPayments(em, bookingId),
    refunds: await readRefunds(em, bookingId),
    mails: await seeMails(em, bookingId),
    email: await seeAddress(em, seeing.unseal, bookingId),
    history: await seeHistory(em, bookingOf(bookingId)),
    possible: await possibleNow(em, booking, seeing.now, sendsMail),
    resendFrom: retryAfter !== null && new Date(retryAfter) > seeing.now ? retryAfter : null,
  };
}

async function readPayments(em: Em, bookingId: string): Promise<OfficeBooking['payments']> {
  const rows = await query(em)
    .selectFrom('payment')
    .leftJoin('receipt', 'receipt.payment', 'payment.id')
    .select(['payment.id', 'payment.gateway', 'payment.state', 'payment.amount', 'payment.currency', 'phoneMasked'])
    .select(['startedAt', 'promptEndsAt', 'reason', 'frozen', 'number'])
    .where('payment.id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .orderBy('startedAt')
    .orderBy('receipt.id')
    .execute();
  return rows.map(row => ({
    paymentId: row.id,
    method: row.gateway,
    state: row.state,
    amount: { amount: row.amount, currency: row.currency },
    phone: row.phoneMasked,
    startedAt: row.startedAt.toISOString(),
    promptEndsAt: row.promptEndsAt?.toISOString() ?? null,
    receiptNumber: row.number,
    reason: row.frozen ? 'under_review' : row.reason,
  }));
}

async function readRefunds(em: Em, bookingId: string): Promise<OfficeBooking['refunds']> {
  const rows = await query(em)
    .selectFrom('refund')
    .select(['id', 'amount', 'currency', 'state', 'reason', 'decidedBy', 'createdAt'])
    .where('booking', '=', bookingId)
    .orderBy('createdAt')
    .execute();
  return rows.map(({ id, amount, currency, state, reason, decidedBy, createdAt }) => ({
    ...{ refundId: id, amount: { amount, currency }, state, reason, decidedBy },
    createdAt: createdAt.toISOString(),
  }));
}

/** What the rules would let somebody do at this moment; each action decides again for itself. */
async function possibleNow(em: Em, booking: BookingView, now: Date, sendsMail: boolean): Promise<BookingAction[]> {
  const { bookingId, state, tickets } = booking;
  const isUsed = tickets.some(ticket => ticket.state === 'admitted');
  const mail = sendsMail && (await fittingKind(em, bookingId)) ? ['mail' as const] : [];
  const { open, asked, partlyPaid } = await readMoney(em, bookingId, now);
  switch (state) {
    case 'held':
      return [
        ...(open || !asked ? [] : ['resend' as const]),
        'move',
        ...(open || partlyPaid ? [] : ['cancel' as const]),
      ];
    case 'confirmed':
      return ['reprint', ...mail, ...(isUsed ? [] : ['move' as const]), 'refund'];
    case 'lapsed':
    case 'cancelled':
    case 'refunded':
      return mail;
  }
}

/** Whether a prompt may be open, whether a phone can be asked at all, and whether a part is paid. */
async function readMoney(em: Em, bookingId: string, now: Date) {
  const payments = await query(em)
    .selectFrom('payment')
    .select(['live', 'liveUntil', 'phoneSealed'])
    .where('payment.id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .execute();
  const { phoneSealed, kept } = await query(em)
    .selectFrom('booking')
    .select(['phoneSealed', 'kept'])
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow();
  return {
    open: payments.some(({ live, liveUntil }) => live && liveUntil > now),
    asked: phoneSealed !== null || payments.some(payment => payment.phoneSealed !== null),
    partlyPaid: kept,
  };
}
