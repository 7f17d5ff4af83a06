import type { Currency } from '../../shared/money.ts';
import type { Country } from '../../shared/phone.ts';
import { findCharge } from '../charge/open-charge.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';
import { prepared } from '../model/prepared.ts';
import { type BookingPart, outstandingOf, type Part, readApplied, readParts } from './read-parts.ts';

/** A booking, a charge or a sale, as far as a payment for it needs to know it. */
export interface Payable {
  reference: string;
  /** What is still to be paid. */
  amount: number;
  currency: Currency;
  country: Country;
  email: string | null;
  /** How many payments there have been for it. */
  payments: number;
  /** Of all bookings that the payment is for. */
  holds: Hold[];
  /** Throws when it must not be paid (any more). */
  refuse(now: Date): void;
}

/** The end of a booking's hold, and how far a payment may move it. */
export interface Hold {
  bookingId: string;
  endsAt: Date;
  capAt: Date;
}

/** Throws when there is no such booking, charge or sale. */
export async function readPayable(em: Em, paidFor: PaidFor): Promise<Payable> {
  return { ...(await read(em, paidFor)), payments: await countPayments(em, paidFor) };
}

function read(em: Em, { booking, charge, sale }: PaidFor): Promise<Omit<Payable, 'payments'>> {
  if (booking !== null) return readBooking(em, booking);
  return charge !== null ? readCharge(em, charge) : readSale(em, sale ?? '');
}

async function readBooking(em: Em, id: string) {
  const booking = await findBooking.first(em, { id });
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  const { reference, currency, country, emailSealed: email, holdEndsAt: endsAt, holdCapAt: capAt } = booking;
  const paid = booking.kept ? await readApplied(em, { booking: id, charge: null, sale: null }) : 0;
  const refuse = (now: Date) => refuseBooking(booking, now);
  const amount = booking.amount - paid;
  return { reference, amount, currency, country, email, holds: [{ bookingId: id, endsAt, capAt }], refuse };
}

const findBooking = prepared((em, { id }: { id: string }) =>
  query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['reference', 'booking.state', 'amount', 'booking.currency', 'country', 'cancelledAt', 'startsAt', 'kept'])
    .select(['heldUntil', 'holdEndsAt', 'holdCapAt', 'emailSealed'])
    .where('booking.id', '=', id),
);

type BookingRow = Pick<BookingPart, 'state' | 'cancelledAt' | 'startsAt' | 'heldUntil' | 'holdCapAt' | 'kept'>;

function refuseBooking({ state, cancelledAt, startsAt, heldUntil, holdCapAt, kept }: BookingRow, now: Date) {
  if (state === 'confirmed' || state === 'refunded') throw new ProblemError('already_paid');
  if (cancelledAt || (startsAt <= now && !kept)) throw new ProblemError('showing_over');
  const isOver = !kept && (heldUntil <= now || holdCapAt <= now);
  if (state !== 'held' || isOver) throw new ProblemError('hold_lapsed');
}

async function readCharge(em: Em, id: string) {
  const charge = await findCharge(em, id);
  if (!charge) throw new ProblemError('not_found', { detail: 'There is no such charge' });
  const { state, amount, ...payable } = charge;
  const refuse = () => {
    if (state === 'paid' || state === 'refunded') throw new ProblemError('already_paid');
    if (state === 'cancelled') throw new ProblemError('not_possible_now', { detail: 'This charge was cancelled' });
  };
  const paid = await readApplied(em, { booking: null, charge: id, sale: null });
  return { ...payable, amount: amount - paid, email: null, holds: [], refuse };
}

async function readSale(em: Em, id: string) {
  const sale = await query(em)
    .selectFrom('sale')
    .innerJoin('venue', 'venue.id', 'sale.venue')
    .select(['reference', 'sale.state', 'sale.currency', 'country'])
    .where('sale.id', '=', id)
    .executeTakeFirst();
  if (!sale) throw new ProblemError('not_found', { detail: 'There is no such sale' });
  const { reference, currency, country } = sale;
  const parts = await readParts(em, { booking: null, charge: null, sale: id });
  const amount = parts.reduce((sum, part) => sum + outstandingOf(part), 0);
  const refuse = (now: Date) => refuseSale(sale.state, parts, now);
  return { reference, amount, currency, country, email: null, holds: parts.flatMap(holdOf), refuse };
}

function holdOf(part: Part): Hold[] {
  if (part.kind === 'charge' || part.state !== 'held') return [];
  return [{ bookingId: part.id, endsAt: part.holdEndsAt, capAt: part.holdCapAt }];
}

function refuseSale(state: string, parts: Part[], now: Date) {
  if (state === 'paid') throw new ProblemError('already_paid');
  if (state === 'abandoned') throw new ProblemError('not_possible_now', { detail: 'This sale was given up' });
  for (const part of parts) if (part.kind === 'booking' && outstandingOf(part) > 0) refuseBooking(part, now);
}

async function countPayments(em: Em, paidFor: PaidFor): Promise<number> {
  const { column, id } = columnOf(paidFor);
  const { payments } = await COUNT_OF[column].one(em, { id });
  return Number(payments);
}

const countBy = (column: 'booking' | 'charge' | 'sale') =>
  prepared((em, { id }: { id: string }) =>
    query(em)
      .selectFrom('payment')
      .select(count => count.fn.countAll<number>().as('payments'))
      .where(column, '=', id),
  );

const COUNT_OF = { booking: countBy('booking'), charge: countBy('charge'), sale: countBy('sale') };
