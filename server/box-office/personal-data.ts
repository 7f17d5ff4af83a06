import { forgetName } from '../booking/keep-name.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Vault } from '../database/vault.ts';
import { ProblemError } from '../http/problem.ts';
import { seeMails } from '../mail/see-mails.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';
import type { Parts } from '../parts.ts';

const ERASED = 'erased'; // Where a column must hold something.

/** Everything that we keep about the person of a booking, readable: their right, and nobody else's. */
export async function exportPerson({ database, vault }: Parts, bookingId: string) {
  const em = database.read();
  const booking = await query(em)
    .selectFrom('booking')
    .select(['reference', 'customerNameSealed', 'phoneSealed', 'emailSealed', 'language', 'createdAt'])
    .where('id', '=', bookingId)
    .executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  const payments = await query(em)
    .selectFrom('payment')
    .select(['phoneSealed', 'startedAt', 'state', 'amount', 'currency'])
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .execute();
  const open = (sealed: string | null) => (sealed === null || sealed === ERASED ? null : vault.open(sealed));
  return {
    reference: booking.reference,
    name: open(booking.customerNameSealed),
    phone: open(booking.phoneSealed),
    email: open(booking.emailSealed),
    language: booking.language,
    mails: await seeMails(em, bookingId),
    bookedAt: booking.createdAt.toISOString(),
    payments: payments.map(({ phoneSealed, startedAt, ...rest }) => ({
      ...rest,
      phone: open(phoneSealed),
      startedAt: startedAt.toISOString(),
    })),
  };
}

/** Forgets the person and keeps the money: receipts, amounts and the audit trail stay as they are. Not while money is open. */
export async function erasePerson(
  em: Em,
  { clock, vault }: Pick<Parts, 'clock' | 'vault'>,
  bookingId: string,
  actor: Actor,
): Promise<void> {
  const open = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .where('state', 'in', ['started', 'unknown', 'pending'])
    .where('closedAt', 'is', null)
    .executeTakeFirst();
  if (open) throw new ProblemError('not_possible_now', { detail: 'A payment of this booking is still open' });
  await eraseName(em, vault, bookingId);
  const gone = { phoneMasked: null, phoneSealed: null, phoneHash: null, phoneTailHash: null };
  const booking = await query(em)
    .updateTable('booking')
    .set({ customerNameSealed: null, emailSealed: null, bodyHash: ERASED, ...gone })
    .where('id', '=', bookingId)
    .returning('id')
    .executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  const payments = await paymentsFor(em, bookingOf(bookingId)).execute();
  for (const { id } of payments) await erasePayer(em, id);
  await eraseResults(em, bookingId);
  await recordChange(em, bookingOf(bookingId), { happening: 'personal_data_erased', actor, at: clock.now() });
}

async function eraseName(em: Em, vault: Vault, bookingId: string) {
  const named = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select(['customerNameSealed', 'venue'])
    .where('booking.id', '=', bookingId)
    .executeTakeFirst();
  if (!named?.customerNameSealed) return;
  await forgetName(em, vault, { bookingId, venueId: named.venue, name: vault.open(named.customerNameSealed) });
}

async function erasePayer(em: Em, paymentId: string) {
  await query(em)
    .updateTable('payment')
    .set({ phoneMasked: null, phoneSealed: ERASED, phoneHash: ERASED, phoneTailHash: ERASED, bodyHash: ERASED })
    .set({ idsSealed: null, idsHash: null, redirectUrl: null }) // Daraja writes the phone number into its id.
    .set({ live: false }) // What a person closed; one phone has one live payment, and this one has none.
    .where('id', '=', paymentId)
    .execute();
  await query(em).updateTable('callback').set({ bodySealed: null }).where('payment', '=', paymentId).execute();
}

/** The result of a refund names the customer. */
async function eraseResults(em: Em, bookingId: string) {
  const refunds = query(em).selectFrom('refund').select('id').where('booking', '=', bookingId);
  await query(em).updateTable('callback').set({ bodySealed: null }).where('refund', 'in', refunds).execute();
}
