import type { Actor, Happening } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';

export interface Change {
  happening: Happening;
  actor: Actor;
  at: Date;
  payment?: string;
  details?: Record<string, string | number | boolean | null>;
}

/**
 * Every change of a booking or its money goes through here, in the transaction of the change itself: the next version,
 * one line in the audit trail, one row in the outbox. So the three can be counted against each other.
 */
export async function recordChange(em: Em, bookingId: string, change: Change): Promise<void> {
  const sql = query(em);
  const { version, showing } = await sql
    .updateTable('booking')
    .set(booking => ({ version: booking('version', '+', 1) }))
    .where('id', '=', bookingId)
    .returning(['version', 'showing'])
    .executeTakeFirstOrThrow();
  await writeDown(em, { bookingId, showing, version }, change);
}

/** The first change of a booking that was just made, with version 1. */
export async function writeDown(
  em: Em,
  { bookingId, showing, version }: { bookingId: string; showing: number; version: number },
  { happening, actor, at, payment, details }: Change,
): Promise<void> {
  const sql = query(em);
  await sql
    .insertInto('audit_entry')
    .values({ at, booking: bookingId, version, payment: payment ?? null, actor, happening, details: details ?? {} })
    .execute();
  await sql.insertInto('outbox').values({ topic: 'booking', subject: bookingId, showing, version }).execute();
}
