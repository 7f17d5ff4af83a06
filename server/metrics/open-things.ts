import { sql } from 'kysely';
import type { BookingState, Method, PaymentState } from '../../shared/views.ts';
import type { CallbackState } from '../model/callback.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';

const OPEN = UNRESOLVED.map(state => sql.lit<PaymentState>(state)); // Not bound, here and below: or the indexes of what is open are not used.

/** How much waits, and since when. `since`: of the oldest, where there is one and it is known. */
export interface Queue {
  size: number;
  since: Date | null;
}

export interface OpenThings {
  payments: { gateway: Method; state: PaymentState; count: number }[];
  holds: number;
  callbacks: Queue;
  outbox: Queue;
  /** `since`: when the next one should be tried; that may be still to come. */
  mails: Queue;
}

/** What is under way at this moment: little, however much there ever was. Each is read by an index of what is open. */
export async function readOpenThings(em: Em): Promise<OpenThings> {
  return {
    payments: await countPayments(em),
    holds: await countHolds(em),
    callbacks: await readCallbacks(em),
    outbox: await readOutbox(em),
    mails: await readMails(em),
  };
}

async function countPayments(em: Em) {
  const rows = await query(em)
    .selectFrom('payment')
    .select(['gateway', 'state'])
    .select(one => one.fn.countAll<number>().as('count'))
    .where('state', 'in', OPEN)
    .groupBy(['gateway', 'state'])
    .execute();
  return rows.map(row => ({ ...row, count: Number(row.count) }));
}

async function countHolds(em: Em): Promise<number> {
  const { count } = await query(em)
    .selectFrom('booking')
    .select(one => one.fn.countAll<number>().as('count'))
    .where('state', '=', sql.lit<BookingState>('held'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function readCallbacks(em: Em): Promise<Queue> {
  return query(em)
    .selectFrom('callback')
    .select(one => [one.fn.countAll<number>().as('size'), one.fn.min('receivedAt').as('since')])
    .where('state', '=', sql.lit<CallbackState>('received'))
    .executeTakeFirstOrThrow()
    .then(readQueue);
}

function readMails(em: Em): Promise<Queue> {
  return query(em)
    .selectFrom('mail')
    .select(one => [one.fn.countAll<number>().as('size'), one.fn.min('nextTryAt').as('since')])
    .where('state', '=', sql.lit<'waiting'>('waiting'))
    .executeTakeFirstOrThrow()
    .then(readQueue);
}

/** A row of the outbox does not say when it was written; the line of the audit trail that was written with it does. */
async function readOutbox(em: Em): Promise<Queue> {
  const { size } = await query(em)
    .selectFrom('outbox')
    .select(one => one.fn.countAll<number>().as('size'))
    .executeTakeFirstOrThrow();
  const oldest = await query(em)
    .selectFrom('outbox')
    .select(['topic', 'subject', 'version'])
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  if (oldest?.topic !== 'booking' && oldest?.topic !== 'charge' && oldest?.topic !== 'sale')
    return { size: Number(size), since: null };
  const written = await query(em)
    .selectFrom('audit_entry')
    .select('at')
    .where(oldest.topic, '=', oldest.subject)
    .where('version', '=', oldest.version)
    .executeTakeFirst();
  return { size: Number(size), since: written?.at ?? null };
}

function readQueue({ size, since }: { size: number; since: unknown }): Queue {
  return { size: Number(size), since: since === null ? null : new Date(since as number) };
}
