import assert from 'node:assert/strict';
import { plainHash } from '../../server/database/vault.ts';
import type { SentCallback } from '../../server/simulator/daraja/send.ts';
import type { BookingState, BookingView, PaymentState, PaymentView } from '../../shared/views.ts';
import { BROKEN } from '../support/invariants.ts';
import { openSideDoor } from '../support/side-door.ts';

const BOOKING_RANK: Record<BookingState, number> = { held: 0, lapsed: 1, cancelled: 1, confirmed: 2, refunded: 3 };
const PAYMENT_RANK: PaymentState[] = ['started', 'unknown', 'pending', 'failed', 'paid', 'reversed'];

type Seen = Pick<BookingView, 'reference' | 'quantity' | 'version' | 'state'> & { amount: number; tickets: string[] };

/** Everything that the server ever said to anybody. Whatever happens to it afterwards, it must stand by it. */
export class Promised {
  readonly bookings = new Map<string, Seen>();
  readonly payments = new Map<string, PaymentState>();
  /** What each intention became: the same key must never make a second booking or payment. */
  readonly byKey = new Map<string, string>();
  /** How many times each kind of promise was given. */
  readonly given = { bookings: 0, payments: 0, views: 0 };

  booked(key: string, view: BookingView): void {
    this.given.bookings++;
    this.#sameAsBefore(key, view.bookingId);
    this.saw(view);
  }

  paying(key: string, payment: PaymentView, view: BookingView): void {
    this.given.payments++;
    this.#sameAsBefore(key, payment.paymentId);
    this.#sawPayment(payment);
    this.saw(view);
  }

  /** A view that was answered or pushed. */
  saw(view: BookingView): void {
    this.given.views++;
    if (view.payment) this.#sawPayment(view.payment);
    const { reference, quantity, version, state, total, tickets } = view;
    const before = this.bookings.get(view.bookingId);
    if (before && before.version >= version) return;
    const codes = tickets.map(ticket => ticket.ticketCode);
    this.bookings.set(view.bookingId, { reference, quantity, version, state, amount: total.amount, tickets: codes });
  }

  #sawPayment({ paymentId, state }: PaymentView) {
    const before = this.payments.get(paymentId);
    if (!before || rankOf(state) > rankOf(before)) this.payments.set(paymentId, state);
  }

  #sameAsBefore(key: string, id: string) {
    assert.equal(id, this.byKey.get(key) ?? id, 'the same key made something else');
    this.byKey.set(key, id);
  }

  /** I8, I11: what was promised, and each callback that was answered 200, stands in the database; and nothing in it is half done. */
  assertKept(database: string, callbacks: readonly SentCallback[]): void {
    const kept = readKept(database);
    for (const [id, promised] of this.bookings) assertBooking(kept.bookings.get(id), promised, kept.tickets.get(id));
    for (const [id, state] of this.payments) {
      const payment = kept.payments.get(id);
      assert.ok(payment, 'a payment that was answered 202 is gone');
      assert.ok(rankOf(payment.state) >= rankOf(state), `a payment was ${state} and is ${payment.state}`);
    }
    for (const [token, count] of acknowledged(callbacks))
      assert.ok((kept.callbacks.get(token) ?? 0) >= count, 'a callback that was answered 200 is gone');
    assert.deepEqual(kept.broken, {}, 'something is half done');
  }
}

type KeptBooking = {
  id: string;
  reference: string;
  quantity: number;
  amount: number;
  state: BookingState;
  version: number;
};

function assertBooking(kept: KeptBooking | undefined, promised: Seen, tickets: string[] = []) {
  assert.ok(kept, 'a booking that was answered 201 is gone');
  const { reference, quantity, amount } = promised;
  assert.deepEqual([kept.reference, kept.quantity, kept.amount], [reference, quantity, amount]);
  assert.ok(kept.version >= promised.version, `version ${promised.version} was shown, and ${kept.version} is kept`);
  assert.ok(
    kept.state === promised.state || BOOKING_RANK[kept.state] > BOOKING_RANK[promised.state],
    `a booking was shown as ${promised.state} and is ${kept.state}`,
  );
  if (promised.state === 'confirmed') assert.deepEqual(tickets.toSorted(), promised.tickets.toSorted());
}

/** How many callbacks were answered 200, by the hash of their token. */
export function acknowledged(callbacks: readonly SentCallback[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { url, status } of callbacks)
    if (status === 200) {
      const hash = plainHash(url.slice(url.lastIndexOf('/') + 1));
      counts.set(hash, (counts.get(hash) ?? 0) + 1);
    }
  return counts;
}

/** As it stands there at one instant, read by another process than the server's. */
function readKept(database: string) {
  const door = openSideDoor(database);
  const all = <Row>(sql: string) => door.all<Row>(sql);
  try {
    return door.atOneInstant(() => ({
      bookings: new Map(all<KeptBooking>('select * from booking').map(row => [row.id, row])),
      payments: new Map(all<{ id: string; state: PaymentState }>('select * from payment').map(row => [row.id, row])),
      tickets: codesByBooking(all<Ticket>('select booking, code from ticket')),
      callbacks: new Map(
        all<{ token: string; count: number }>(
          `select callbackTokenHash as token, count(*) as count from callback c join payment p on p.id = c.payment group by 1`,
        ).map(({ token, count }) => [token, count]),
      ),
      broken: Object.fromEntries(
        Object.entries(BROKEN)
          .map(([rule, sql]) => [rule, all(sql)] as const)
          .filter(([, rows]) => rows.length > 0),
      ),
    }));
  } finally {
    door.close();
  }
}

type Ticket = { booking: string; code: string };

function codesByBooking(tickets: Ticket[]): Map<string, string[]> {
  const codes = new Map<string, string[]>();
  for (const { booking, code } of tickets) codes.set(booking, [...(codes.get(booking) ?? []), code]);
  return codes;
}

function rankOf(state: PaymentState): number {
  return PAYMENT_RANK.indexOf(state);
}
