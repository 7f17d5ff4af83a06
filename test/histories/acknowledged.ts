import { plainHash } from '../../server/database/vault.ts';
import type { Disk } from './disk.ts';
import type { Answer } from './in-memory-http.ts';

/** I8: what we told anybody is so must be so, whatever became of the process that told it. */
export class Acknowledged {
  readonly #bookings = new Set<string>();
  readonly #payments = new Set<string>();
  readonly #cancelled = new Set<string>();
  readonly #callbacks = new Map<string, number>();

  /** An answer on its way to a browser. */
  answer(method: string, { status, body }: Answer): void {
    const { booking, payment, bookingId } = (body ?? {}) as {
      booking?: { bookingId: string };
      payment?: { paymentId: string } | null;
      bookingId?: string;
    };
    if (status === 201 && booking) this.#bookings.add(booking.bookingId);
    if (status === 202 && booking && payment) this.#payments.add(payment.paymentId);
    if (status === 200 && method === 'DELETE' && bookingId) this.#cancelled.add(bookingId);
  }

  /** A 200 on its way to the gateway; the last part of `path` is the payment's token. */
  callback(path: string): void {
    const token = path.slice(path.lastIndexOf('/') + 1);
    this.#callbacks.set(token, (this.#callbacks.get(token) ?? 0) + 1);
  }

  /** Everything that was promised and is not there. */
  missing(disk: Disk): string[] {
    const exists = (table: string, id: string) => disk.query(`select 1 from ${table} where id = ?`)(id).length > 0;
    const state = disk.query<{ state: string }>('select state from booking where id = ?');
    const stored = disk.query<{ stored: number }>(
      'select count(*) as stored from callback join payment on payment.id = callback.payment where callbackTokenHash = ?',
    );
    return [
      ...[...this.#bookings]
        .filter(id => !exists('booking', id))
        .map(id => `I8 booking ${id} was promised and is lost`),
      ...[...this.#payments]
        .filter(id => !exists('payment', id))
        .map(id => `I8 payment ${id} was promised and is lost`),
      ...[...this.#cancelled]
        .filter(id => state(id)[0]?.state !== 'cancelled')
        .map(id => `I8 booking ${id} was cancelled and is ${state(id)[0]?.state}`),
      ...[...this.#callbacks]
        .filter(([token, told]) => (stored(plainHash(token))[0]?.stored ?? 0) < told)
        .map(([, told]) => `I8 ${told} callbacks of a payment were accepted, and fewer are stored`),
    ];
  }
}
