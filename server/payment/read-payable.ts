import type { Currency } from '../../shared/money.ts';
import type { Country } from '../../shared/phone.ts';
import { findCharge } from '../charge/open-charge.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';

/** A booking or a charge, as far as a payment for it needs to know it. */
export interface Payable {
  reference: string;
  amount: number;
  currency: Currency;
  country: Country;
  email: string | null;
  /** How many payments there have been for it. */
  payments: number;
  hold: Hold | null;
  /** Throws when it must not be paid (any more). */
  refuse(now: Date): void;
}

/** The end of a booking's hold, and how far a payment may move it. */
export interface Hold {
  endsAt: Date;
  capAt: Date;
}

/** Throws when there is no such booking or charge. */
export async function readPayable(em: Em, paidFor: PaidFor): Promise<Payable> {
  const payable = paidFor.charge === null ? await readBooking(em, paidFor) : await readCharge(em, paidFor);
  return { ...payable, payments: await countPayments(em, paidFor) };
}

async function readBooking(em: Em, { booking: id }: PaidFor) {
  const booking = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('venue', 'venue.id', 'showing.venue')
    .select(['reference', 'booking.state', 'amount', 'booking.currency', 'country', 'cancelledAt', 'startsAt'])
    .select(['heldUntil', 'holdEndsAt', 'holdCapAt', 'emailSealed'])
    .where('booking.id', '=', id)
    .executeTakeFirst();
  if (!booking) throw new ProblemError('not_found', { detail: 'There is no such booking' });
  const { reference, amount, currency, country, emailSealed: email, holdEndsAt: endsAt, holdCapAt: capAt } = booking;
  const refuse = (now: Date) => refuseBooking(booking, now);
  return { reference, amount, currency, country, email, hold: { endsAt, capAt }, refuse };
}

interface BookingRow {
  state: string;
  cancelledAt: Date | null;
  startsAt: Date;
  heldUntil: Date;
  holdCapAt: Date;
}

function refuseBooking({ state, cancelledAt, startsAt, heldUntil, holdCapAt }: BookingRow, now: Date) {
  if (state === 'confirmed' || state === 'refunded') throw new ProblemError('already_paid');
  if (cancelledAt || startsAt <= now) throw new ProblemError('showing_over');
  if (state !== 'held' || heldUntil <= now || holdCapAt <= now) throw new ProblemError('hold_lapsed');
}

async function readCharge(em: Em, { charge: id }: PaidFor) {
  const charge = await findCharge(em, id ?? '');
  if (!charge) throw new ProblemError('not_found', { detail: 'There is no such charge' });
  const { state, ...payable } = charge;
  const refuse = () => {
    if (state === 'paid' || state === 'refunded') throw new ProblemError('already_paid');
    if (state === 'cancelled') throw new ProblemError('not_possible_now', { detail: 'This charge was cancelled' });
  };
  return { ...payable, email: null, hold: null, refuse };
}

async function countPayments(em: Em, paidFor: PaidFor): Promise<number> {
  const { column, id } = columnOf(paidFor);
  const { payments } = await query(em)
    .selectFrom('payment')
    .select(count => count.fn.countAll<number>().as('payments'))
    .where(column, '=', id)
    .executeTakeFirstOrThrow();
  return Number(payments);
}
