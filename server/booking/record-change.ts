import type { Actor, Happening } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';

export interface Change {
  happening: Happening;
  actor: Actor;
  at: Date;
  payment?: string;
  details?: Record<string, string | number | boolean | null>;
}

/** What has changed, as it stands now. A charge has no showing. */
interface Changed extends PaidFor {
  showing: number | null;
  version: number;
}

/**
 * Every change of a booking or a charge, or of its money, goes through here, in the transaction of the change itself: the
 * next version, one line in the audit trail, one row in the outbox. So the three can be counted against each other.
 */
export async function recordChange(em: Em, paidFor: PaidFor, change: Change): Promise<void> {
  const { booking, charge } = paidFor;
  const { version, showing } = booking !== null ? await raiseBooking(em, booking) : await raiseCharge(em, charge);
  await writeDown(em, { booking, charge, showing, version }, change);
}

function raiseBooking(em: Em, id: string) {
  return query(em)
    .updateTable('booking')
    .set(booking => ({ version: booking('version', '+', 1) }))
    .where('id', '=', id)
    .returning(['version', 'showing'])
    .executeTakeFirstOrThrow();
}

async function raiseCharge(em: Em, id: string | null) {
  const { version } = await query(em)
    .updateTable('charge')
    .set(charge => ({ version: charge('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow();
  return { version, showing: null };
}

/** The first change of a booking or charge that was just made, with version 1. */
export async function writeDown(
  em: Em,
  { booking, charge, showing, version }: Changed,
  { happening, actor, at, payment, details }: Change,
): Promise<void> {
  const sql = query(em);
  await sql
    .insertInto('audit_entry')
    .values({ at, booking, charge, version, payment: payment ?? null, actor, happening, details: details ?? {} })
    .execute();
  const topic = booking !== null ? 'booking' : 'charge';
  await sql
    .insertInto('outbox')
    .values({ topic, subject: booking ?? charge ?? '', showing, version })
    .execute();
}
