import type { MailKind } from '../../shared/office/mail.ts';
import type { Happening } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';

/** What customers are told by mail; of everything else the booking's page tells. */
const KIND_OF: Partial<Record<Happening, MailKind>> = {
  booking_confirmed: 'confirmation',
  booking_moved: 'booking_moved',
  showing_moved: 'showing_moved',
  showing_cancelled: 'showing_cancelled',
  refund_due: 'refund_due',
  refund_done: 'refund_done',
  money_reversed: 'money_reversed',
};

/**
 * Queues a mail for each of these rows of the outbox that tells of something to write about, in the transaction in which
 * they are deleted: so each change is written about once, and none is forgotten. Only where the customer gave an address.
 */
export async function queueMails(em: Em, outboxIds: readonly number[], now: Date): Promise<void> {
  const changes = await query(em)
    .selectFrom('outbox')
    .innerJoin('audit_entry', join =>
      join.onRef('audit_entry.booking', '=', 'outbox.subject').onRef('audit_entry.version', '=', 'outbox.version'),
    )
    .innerJoin('booking', 'booking.id', 'audit_entry.booking')
    .select(['booking.id', 'audit_entry.version', 'happening', 'details'])
    .where('outbox.id', 'in', outboxIds)
    .where('outbox.topic', '=', 'booking')
    .where('happening', 'in', Object.keys(KIND_OF) as Happening[])
    .where('emailSealed', 'is not', null)
    .execute();
  for (const { id, version, happening, details } of changes) {
    const kind = KIND_OF[happening];
    const isOver = happening === 'showing_cancelled' && details.was !== 'held' && details.was !== 'confirmed';
    if (kind && !isOver) await queueMail(em, { booking: id, kind, version }, now);
  }
}

/** Once for the same booking, kind and version. */
export async function queueMail(
  em: Em,
  mail: { booking: string; kind: MailKind; version: number },
  now: Date,
): Promise<void> {
  await query(em)
    .insertInto('mail')
    .values({ ...mail, state: 'waiting', tries: 0, queuedAt: now, nextTryAt: now })
    .onConflict(known => known.columns(['booking', 'kind', 'version']).doNothing())
    .execute();
}
