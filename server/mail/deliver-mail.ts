import { sql } from 'kysely';
import { addMs } from '../../shared/clock.ts';
import type { MailState } from '../../shared/office/mail.ts';
import { recordChange } from '../booking/record-change.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { retryAt } from './retry.ts';
import type { SendMail, Sent } from './send-mail.ts';
import { type QueuedMail, writeLetter } from './write-letter.ts';

const LEASE_TIMEOUTS = 2; // Times what one mail may take: whoever holds the lease and still lives has long given up by then.

/** A mail that is ours to send until the lease ends. */
export interface LeasedMail extends QueuedMail {
  queuedAt: Date;
  tries: number;
  leasedUntil: Date;
}

/** The mail that has waited longest, for this process alone; undefined when none is due. */
export async function leaseMail({ clock, database }: Parts, timeoutMs: number): Promise<LeasedMail | undefined> {
  const now = clock.now();
  if (!(await findDue(database.read(), now))) return undefined; // Most looks find nothing: they cost no write.
  return database.write(async em => {
    const due = await findDue(em, now);
    if (!due) return undefined;
    const leasedUntil = addMs(now, timeoutMs * LEASE_TIMEOUTS);
    const leased = await query(em)
      .updateTable('mail')
      .set(mail => ({ leasedUntil, tries: mail('tries', '+', 1) }))
      .where('id', '=', due.id)
      .where('state', '=', 'waiting') // Of two processes that found it, one gets it.
      .where(one => one.or([one('leasedUntil', 'is', null), one('leasedUntil', '<=', now)]))
      .returning(['id', 'booking', 'kind', 'version', 'queuedAt', 'tries'])
      .executeTakeFirst();
    return leased && { ...leased, leasedUntil };
  });
}

function findDue(em: Em, now: Date) {
  return query(em)
    .selectFrom('mail')
    .select('id')
    .where(one => one('state', '=', sql.lit<MailState>('waiting'))) // Not bound: or the index of those that wait is not used.
    .where('nextTryAt', '<=', now)
    .where(one => one.or([one('leasedUntil', 'is', null), one('leasedUntil', '<=', now)]))
    .orderBy('nextTryAt')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

/** Writes it, sends it, and writes down what came of it. */
export async function deliverMail(parts: Parts, send: SendMail, mail: LeasedMail, signal: AbortSignal): Promise<void> {
  const letter = await writeLetter(parts, mail);
  const sent = letter && (await send(letter, signal));
  if (sent && sent.sent !== 'accepted')
    parts.log.warn({ mail: mail.id, kind: mail.kind, code: sent.code, tries: mail.tries }, 'a mail did not go through');
  await parts.database.write(em => writeDown(em, mail, sent, parts.clock.now()));
  parts.wakeRelay();
}

/** What did not go through for want of us, too: a stop, a broken printer of tickets. */
export async function putBack(parts: Parts, mail: LeasedMail, code: string): Promise<void> {
  await parts.database.write(em => writeDown(em, mail, { sent: 'failed', code }, parts.clock.now()));
}

/** A try whose lease has ended says nothing any more: somebody else tries. */
async function writeDown(em: Em, mail: LeasedMail, sent: Sent | null, now: Date) {
  const next = sent?.sent === 'failed' ? retryAt(mail.queuedAt, mail.tries, now) : null;
  const state = stateAfter(sent, next);
  const written = await query(em)
    .updateTable('mail')
    .set({ state, nextTryAt: next, leasedUntil: null, endedAt: state === 'waiting' ? null : now })
    .set({ code: sent !== null && sent.sent !== 'accepted' ? sent.code : null })
    .where('id', '=', mail.id)
    .where('state', '=', 'waiting')
    .where('leasedUntil', '=', mail.leasedUntil)
    .executeTakeFirstOrThrow();
  if (written.numUpdatedRows === 0n || (state !== 'sent' && state !== 'given_up')) return;
  await recordChange(em, bookingOf(mail.booking), {
    happening: state === 'sent' ? 'mail_sent' : 'mail_given_up',
    actor: 'janitor',
    at: now,
    details: { kind: mail.kind, ...(sent !== null && sent.sent !== 'accepted' && { code: sent.code }) },
  });
}

function stateAfter(sent: Sent | null, next: Date | null) {
  if (sent === null) return 'dropped';
  if (sent.sent === 'accepted') return 'sent';
  return next === null ? 'given_up' : 'waiting';
}
