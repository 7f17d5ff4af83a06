import { addMs } from '../../shared/clock.ts';
import { lockTicket } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import { ProblemError } from '../http/problem.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';

const WITHDRAW_WITHIN_MS = 10 * 60_000; // A slip at the door is noticed at once; later it would be a way to sell a seat twice.

/** Somebody was let in by mistake: the ticket is good again. Not once its money has gone back: then the entry is a debt. */
export async function withdrawAdmission(
  em: Em,
  { ticketCode, showingId, reason, approvedBy, actor, now }: Withdrawal,
): Promise<void> {
  await lockTicket(em, ticketCode);
  const paid = query(em)
    .selectFrom('booking')
    .select('id')
    .where('showing', '=', showingId)
    .where('state', '=', 'confirmed');
  const ticket = await query(em)
    .updateTable('ticket')
    .set({ state: 'valid', admittedAt: null, admittedBy: null, admittedWhere: null, admittedScan: null })
    .where('code', '=', ticketCode)
    .where('state', '=', 'admitted')
    .where('admittedAt', '>', addMs(now, -WITHDRAW_WITHIN_MS))
    .where('booking', 'in', paid)
    .returning(['booking', 'seat'])
    .executeTakeFirst();
  if (!ticket)
    throw new ProblemError('not_possible_now', {
      detail: 'This ticket was not let in during the last 10 minutes, or its money has gone back',
    });
  const details = { seat: ticket.seat, note: reason, approvedBy };
  await recordChange(em, bookingOf(ticket.booking), { happening: 'admission_withdrawn', actor, at: now, details });
}

interface Withdrawal {
  ticketCode: string;
  showingId: number;
  reason: string;
  /** The supervisor, where somebody else asked. */
  approvedBy: string | null;
  actor: Actor;
  now: Date;
}
