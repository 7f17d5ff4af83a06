import { lockTicket } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';

/** One look at one ticket, at the door of one showing. */
export interface Scan {
  ticketCode: string;
  showingId: number;
  scanId: string | null;
  actor: Actor;
  by: string;
  where: string | null;
  now: Date;
}

/**
 * Lets a ticket in, once. Of fifty doors that scan it in the same instant one finds it valid; a refund that voids it, or a
 * move to another showing, comes wholly before or wholly after. False: it was not this ticket's moment, and nothing changed.
 */
export async function admitTicket(em: Em, scan: Scan): Promise<boolean> {
  const { ticketCode, showingId, scanId, actor, by, where, now } = scan;
  await lockTicket(em, ticketCode);
  const ofThisShowing = query(em)
    .selectFrom('booking')
    .select('id')
    .where('showing', '=', showingId)
    .where('state', '=', 'confirmed');
  const ticket = await query(em)
    .updateTable('ticket')
    .set({ state: 'admitted', admittedAt: now, admittedBy: by, admittedWhere: where, admittedScan: scanId })
    .where('code', '=', ticketCode)
    .where('state', '=', 'valid')
    .where('booking', 'in', ofThisShowing)
    .returning(['booking', 'seat'])
    .executeTakeFirst();
  if (!ticket) return false;
  const details = { seat: ticket.seat, where };
  await recordChange(em, bookingOf(ticket.booking), { happening: 'ticket_admitted', actor, at: now, details });
  return true;
}
