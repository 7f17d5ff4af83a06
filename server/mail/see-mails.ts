import type { SentMail } from '../../shared/office/mail.ts';
import { type Em, query } from '../model/entities.ts';

const MASK = '•••';

/** A booking's mails, the newest first; those that nobody needed are left out. */
export async function seeMails(em: Em, bookingId: string): Promise<SentMail[]> {
  const rows = await query(em)
    .selectFrom('mail')
    .select(['kind', 'state', 'queuedAt', 'endedAt', 'tries', 'code'])
    .where('booking', '=', bookingId)
    .orderBy('id', 'desc')
    .execute();
  return rows.flatMap(({ queuedAt, endedAt, state, ...mail }) =>
    state === 'dropped' ? [] : [{ ...mail, state, at: (endedAt ?? queuedAt).toISOString() }],
  );
}

/** Enough to ask "is it the one at example.com?": `wa•••@example.com`. */
export async function seeAddress(
  em: Em,
  unseal: (sealed: string) => string,
  bookingId: string,
): Promise<string | null> {
  const booking = await query(em)
    .selectFrom('booking')
    .select('emailSealed')
    .where('id', '=', bookingId)
    .executeTakeFirst();
  return booking?.emailSealed ? unseal(booking.emailSealed).replace(/^(.{1,2})[^@]*/u, `$1${MASK}`) : null;
}
