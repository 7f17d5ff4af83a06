import type { MailKind } from '../../shared/office/mail.ts';
import type { BookingState, RefundState } from '../../shared/views.ts';
import { recordChange } from '../booking/record-change.ts';
import { lockRow } from '../database/lock.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { queueMail } from './queue-mails.ts';

/**
 * Queues what the customer should know now: the tickets, or what becomes of the money. It is a mail of its own, with a
 * Message-ID of its own: mail programs hide what looks like one that they have.
 */
export async function mailAgain(em: Em, bookingId: string, { actor, now }: { actor: Actor; now: Date }): Promise<void> {
  await lockRow(em, 'booking', bookingId); // Of two who ask at once the second finds the first one's mail on its way.
  const kind = await fittingKind(em, bookingId);
  if (!kind) throw new ProblemError('not_possible_now', { detail: 'No mail is sent about this booking now' });
  await recordChange(em, bookingOf(bookingId), { happening: 'mail_requested', actor, at: now, details: { kind } });
  const { version } = await query(em)
    .selectFrom('booking')
    .select('version')
    .where('id', '=', bookingId)
    .executeTakeFirstOrThrow();
  await queueMail(em, { booking: bookingId, kind, version }, now);
}

/** Null: there is no address, nothing to say, or a mail is on its way already. */
export async function fittingKind(em: Em, bookingId: string): Promise<MailKind | null> {
  const booking = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select(['booking.state', 'emailSealed', 'cancelledAt'])
    .where('booking.id', '=', bookingId)
    .executeTakeFirst();
  if (!booking?.emailSealed || (await isUnderWay(em, bookingId))) return null;
  const refunds = await query(em).selectFrom('refund').select('state').where('booking', '=', bookingId).execute();
  return kindFor(booking, refunds);
}

async function isUnderWay(em: Em, bookingId: string): Promise<boolean> {
  const waiting = await query(em)
    .selectFrom('mail')
    .select('id')
    .where('booking', '=', bookingId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return waiting !== undefined;
}

function kindFor(
  { state, cancelledAt }: { state: BookingState; cancelledAt: Date | null },
  refunds: { state: RefundState }[],
): MailKind | null {
  if (state === 'confirmed') return 'confirmation';
  if (cancelledAt && state !== 'held') return 'showing_cancelled';
  if (refunds.length === 0) return state === 'refunded' ? 'money_reversed' : null;
  return refunds.every(refund => refund.state === 'done') ? 'refund_done' : 'refund_due';
}
