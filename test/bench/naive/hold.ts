import { LockMode, wrap } from '@mikro-orm/core';
import { AuditEntry } from '../../../server/model/audit-entry.ts';
import { Booking } from '../../../server/model/booking.ts';
import type { Em } from '../../../server/model/entities.ts';
import { Outbox } from '../../../server/model/outbox.ts';
import { Payment } from '../../../server/model/payment.ts';
import { Refund } from '../../../server/model/refund.ts';
import { Showing } from '../../../server/model/showing.ts';
import { Ticket } from '../../../server/model/ticket.ts';
import { randomHex, randomReadable, systemRandom } from '../../../shared/random.ts';

const MINUTE_MS = 60_000;

/** The row of the showing is what two for the last place wait for. */
export async function hold(em: Em, { showingId, quantity }: { showingId: number; quantity: number }): Promise<string> {
  const id = randomHex(systemRandom);
  await em.findOne(Booking, { keyHash: id });
  const showing = await em.findOneOrFail(Showing, showingId, {
    ...{ populate: ['venue'], lockMode: LockMode.PESSIMISTIC_WRITE },
  });
  if (showing.held + showing.sold + quantity > showing.capacity) throw new Error('sold out');
  showing.held += quantity;
  showing.version += 1;
  const now = new Date();
  const ends = new Date(+now + 10 * MINUTE_MS);
  em.create(Booking, {
    ...{
      id,
      reference: randomReadable(systemRandom, 8),
      showing,
      state: 'held',
      quantity,
      amount: showing.price * quantity,
    },
    ...{ currency: showing.currency, heldUntil: ends, holdEndsAt: ends, holdCapAt: new Date(+now + 20 * MINUTE_MS) },
    ...{ keyHash: id, bodyHash: id, createdAt: now },
  });
  writeDown(em, { booking: id, showing: showingId, version: 1, happening: 'places_held' });
  return id;
}

interface Told {
  booking: string;
  showing: number;
  version: number;
  happening: 'places_held' | 'payment_started' | 'push_accepted';
  payment?: string;
}

export function writeDown(em: Em, { booking, showing, version, happening, payment }: Told): void {
  const at = { at: new Date(), actor: 'customer' as const, details: {} };
  em.create(AuditEntry, { ...at, booking, version, happening, ...(payment !== undefined && { payment }) });
  em.create(Outbox, { topic: 'booking', subject: booking, showing, version });
}

export async function see(em: Em, id: string) {
  const booking = await em.findOneOrFail(Booking, id, { populate: ['showing.movie', 'showing.venue'] });
  const payments = await em.find(Payment, { booking: id }, { orderBy: { startedAt: 'desc' } });
  const tickets = await em.find(Ticket, { booking: id });
  const refunds = await em.find(Refund, { booking: id });
  return { bookingId: id, ...wrap(booking).toObject(), payments, tickets, refunds };
}
