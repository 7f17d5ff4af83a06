import { plainHash } from '../../server/database/vault.ts';
import type { Disk } from './disk.ts';
import type { Answer } from './in-memory-http.ts';

const ADDRESSEE = `
  select 'payment' as kind, id from payment where callbackTokenHash = @hash
  union all select 'refund', id from refund where callbackTokenHash = @hash`;

/** What must be so from then on: a condition that finds a row. */
interface Fact {
  sql: string;
  id: string;
}

/** I8: what we told anybody is so must be so, whatever became of the process that told it. */
export class Acknowledged {
  readonly #bookings = new Set<string>();
  readonly #charges = new Set<string>();
  readonly #sales = new Set<string>();
  readonly #payments = new Set<string>();
  readonly #cancelled = new Set<string>();
  readonly #callbacks = new Map<string, number>();
  #confirmed = 0;
  readonly #decisions = new Map<string, Fact>();

  /** An answer on its way to a browser. */
  answer(method: string, { status, body }: Pick<Answer, 'status' | 'body'>): void {
    const { booking, charge, sale, payment, bookingId } = (body ?? {}) as {
      booking?: { bookingId: string };
      charge?: { chargeId: string };
      sale?: { saleId: string };
      payment?: { paymentId: string } | null;
      bookingId?: string;
    };
    if (status === 201 && booking) this.#bookings.add(booking.bookingId);
    if (status === 201 && charge) this.#charges.add(charge.chargeId);
    if (status === 201 && sale) this.#sales.add(sale.saleId);
    if ((status === 202 || (status === 201 && (charge || sale))) && payment) this.#payments.add(payment.paymentId);
    if (status === 200 && method === 'DELETE' && bookingId) this.#cancelled.add(bookingId);
  }

  /** A 200 on its way to the gateway; part of `path` is the token of a payment or a refund. */
  callback(disk: Disk, path: string): void {
    const [token = ''] = /[0-9a-f]{32}/.exec(path) ?? [];
    const [addressee] = disk.query<{ kind: string; id: string }>(ADDRESSEE)({ hash: plainHash(token) });
    this.#stored(addressee ? `${addressee.kind} ${addressee.id}` : 'nobody ');
  }

  /** The same for a notification, which names its payment in its body. */
  notification(disk: Disk, paymentId: string): void {
    if (disk.query('select 1 from payment where id = ?')(paymentId).length > 0) this.#stored(`payment ${paymentId}`);
  }

  /** The same for money that somebody paid to our number. */
  confirmation(): void {
    this.#confirmed += 1;
  }

  #stored(key: string): void {
    this.#callbacks.set(key, (this.#callbacks.get(key) ?? 0) + 1);
  }

  /** A manager hears that it was done. */
  decision(path: string, status: number, body: unknown): void {
    const [what = '', id = '', how = ''] = path.split('/');
    if (status >= 300) return;
    for (const sql of factsOf(what, how, body)) this.#decisions.set(`${path} ${JSON.stringify(body)}`, { sql, id });
  }

  /** Everything that was promised and is not there. */
  missing(disk: Disk): string[] {
    const exists = (table: string, id: string) => disk.query(`select 1 from ${table} where id = ?`)(id).length > 0;
    const state = disk.query<{ state: string }>('select state from booking where id = ?');
    const [heard] = disk.query<{ times: number }>('select count(*) as times from callback where confirmation')();
    const stored = (key: string) => {
      const [kind, id] = key.split(' ');
      const [row] = disk.query<{ stored: number }>(
        `select count(*) as stored from callback where iif(@kind = 'payment', payment, refund) = @id`,
      )({ kind, id });
      return row?.stored ?? 0;
    };
    return [
      ...[...this.#bookings]
        .filter(id => !exists('booking', id))
        .map(id => `I8 booking ${id} was promised and is lost`),
      ...[...this.#charges].filter(id => !exists('charge', id)).map(id => `I8 charge ${id} was promised and is lost`),
      ...[...this.#sales].filter(id => !exists('sale', id)).map(id => `I8 sale ${id} was promised and is lost`),
      ...(Number(heard?.times) < this.#confirmed ? ['I8 a confirmation was accepted, and is not stored'] : []),
      ...[...this.#payments]
        .filter(id => !exists('payment', id))
        .map(id => `I8 payment ${id} was promised and is lost`),
      ...[...this.#cancelled]
        .filter(id => state(id)[0]?.state !== 'cancelled')
        .map(id => `I8 booking ${id} was cancelled and is ${state(id)[0]?.state}`),
      ...[...this.#callbacks]
        .filter(([key, told]) => stored(key) < told)
        .map(([key, told]) => `I8 ${told} callbacks about ${key} were accepted, and fewer are stored`),
      ...[...this.#decisions]
        .filter(([, { sql, id }]) => disk.query(sql)(id).length === 0)
        .map(([decision]) => `I8 it was decided, and is not so: ${decision}`),
    ];
  }
}

/** What a decision made so for good; money that was closed may later turn out to be the same as other money, and is one. */
function factsOf(what: string, how: string, body: unknown): string[] {
  const { as, state } = (body ?? {}) as { as?: string; state?: string };
  if (what === 'refunds' && how === 'requests') return [`select 1 from refund where id = ? and state != 'due'`];
  if (what === 'refunds' && how === 'placements')
    return ['select 1 where not exists (select 1 from refund where id = ?)'];
  if (what === 'sales' && how === 'abandonments') return [`select 1 from sale where id = ? and state != 'open'`];
  if (what === 'shifts' && how === 'counts') return ['select 1 from shift where id = ? and countedAt is not null'];
  if (what === 'shifts' && how === 'seals') return ['select 1 from shift where id = ? and sealedAt is not null'];
  if (what === 'refunds' && (state === 'done' || how === 'cash'))
    return [`select 1 from refund where id = ? and state = 'done'`];
  if (what === 'payments') return ['select 1 from payment where id = ? and closedAt is not null'];
  if (what === 'showings') return ['select 1 from showing where id = ? and cancelledAt is not null'];
  if (how === 'reversals') return ['select 1 from receipt where id = ? and reversedAt is not null'];
  if (how === 'resolutions')
    return [
      as === 'closed'
        ? 'select 1 where not exists (select 1 from receipt where id = ? and closedAt is null)'
        : `select 1 from receipt where id = ? and allocation != 'unallocated'`,
    ];
  return [];
}
