import type { Context } from 'koa';
import { ApprovedRequest, MoveRequest, ReasonRequest } from '../../shared/office/booking.ts';
import { moveBooking } from '../booking/move-booking.ts';
import { recordChange } from '../booking/record-change.ts';
import { approvedBy } from '../box-office/approved-by.ts';
import { actorOf } from '../box-office/signed-in.ts';
import { ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import { mailAgain } from '../mail/mail-again.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { cancelBooking } from '../payment/cancel-booking.ts';
import { cancelOpenOrder } from '../payment/cancel-order.ts';
import { settlingNow } from '../payment/evidence.ts';
import { refundBooking } from '../payment/refund-paid.ts';
import { bookingAsked, sendOfficeBooking } from './booking-asked.ts';
import { resendPrompt } from './resend.ts';

/** The prompt again, on the phone that was asked before. */
export async function resend(ctx: Context, parts: Parts) {
  const { bookingId, staff } = await bookingAsked(ctx, parts);
  await resendPrompt(parts, bookingId, actorOf(staff), readIdempotencyKey(ctx));
  await sendOfficeBooking(ctx, parts, bookingId);
  ctx.status = 202;
}

/** Paper is a way into the hall: who printed it a second time, and why, is written down before it leaves the printer. */
export async function reprint(ctx: Context, parts: Parts) {
  const { bookingId, staff } = await bookingAsked(ctx, parts);
  const { note } = await readJson(ctx, ReasonRequest);
  await commit(parts, async em => {
    if (!(await isConfirmed(em, bookingId)))
      throw new ProblemError('not_possible_now', { detail: 'There are no tickets to print' });
    const reprinted = { happening: 'tickets_reprinted', actor: actorOf(staff), at: parts.clock.now() } as const;
    await recordChange(em, bookingOf(bookingId), { ...reprinted, details: { note } });
  });
  await sendOfficeBooking(ctx, parts, bookingId);
}

/** To the address that the customer gave, and to no other. */
export async function sendMailAgain(ctx: Context, parts: Parts) {
  const { bookingId, staff } = await bookingAsked(ctx, parts);
  if (parts.config.mail === null) throw new ProblemError('not_possible_now', { detail: 'No mail server is set' });
  await commit(parts, em => mailAgain(em, bookingId, { actor: actorOf(staff), now: parts.clock.now() }));
  await sendOfficeBooking(ctx, parts, bookingId);
  ctx.status = 202;
}

export async function move(ctx: Context, parts: Parts) {
  const { bookingId, staff } = await bookingAsked(ctx, parts);
  const request = await readJson(ctx, MoveRequest);
  const now = parts.clock.now();
  await commit(parts, em => moveBooking(em, { bookingId, actor: actorOf(staff), now, ...request }));
  await sendOfficeBooking(ctx, parts, bookingId);
}

/** Nobody has paid: the places go back. An order that is open at a gateway's page is taken back first. */
export async function cancel(ctx: Context, parts: Parts) {
  const { bookingId, staff } = await bookingAsked(ctx, parts);
  const { note } = await readJson(ctx, ReasonRequest);
  await cancelOpenOrder(parts, bookingOf(bookingId));
  await commit(parts, em => cancelBooking(em, bookingId, parts.clock.now(), { actor: actorOf(staff), note }));
  await sendOfficeBooking(ctx, parts, bookingId);
}

/** Paid: the money is due back, the tickets are void, the places free. A cashier needs a supervisor. */
export async function refund(ctx: Context, parts: Parts) {
  const { bookingId, reference, venueId, staff } = await bookingAsked(ctx, parts);
  const { note, approval } = await readJson(ctx, ApprovedRequest);
  const approver = await approvedBy(ctx, parts, staff, { approval, what: `refund of ${reference}`, venueId });
  const approved = approver.staffId === staff.staffId ? {} : { approvedBy: approver.name };
  const decision = { reason: 'staff_decision' as const, actor: actorOf(staff), note, ...approved };
  await commit(parts, em => refundBooking(em, { bookingId, ...decision }, settlingNow(parts)));
  await sendOfficeBooking(ctx, parts, bookingId);
  ctx.status = 201;
}

async function isConfirmed(em: Em, bookingId: string): Promise<boolean> {
  const booking = await query(em).selectFrom('booking').select('state').where('id', '=', bookingId).executeTakeFirst();
  return booking?.state === 'confirmed';
}

/** One transaction, then everybody who watches is told. */
async function commit(parts: Parts, work: (em: Em) => Promise<unknown>): Promise<void> {
  await parts.database.write(work);
  parts.wakeRelay();
}
