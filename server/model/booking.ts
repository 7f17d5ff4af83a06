import { defineEntity, p } from '@mikro-orm/core';
import { LANGUAGES } from '../../shared/language.ts';
import { CURRENCIES } from '../../shared/money.ts';
import { BOOKING_STATES, type BookingState } from '../../shared/views.ts';
import { SaleSchema } from './sale.ts';
import { ShowingSchema } from './showing.ts';

export const BookingSchema = defineEntity({
  name: 'Booking',
  tableName: 'booking',
  properties: {
    id: p.string().primary().length(32),
    /** The short code that people read out. */
    reference: p.string().length(8).unique('booking_reference'),
    showing: () => p.manyToOne(ShowingSchema).ref().deleteRule('restrict').index('booking_showing'),
    /** Sold at the counter, with what else; `line` is its place among that. */
    sale: () => p.manyToOne(SaleSchema).ref().nullable().deleteRule('restrict').index('booking_sale'),
    line: p.integer().nullable(),
    state: p.enum(BOOKING_STATES),
    quantity: p.integer(),
    /** The total in minor units, fixed when the places were held. */
    amount: p.bigint('number'),
    currency: p.enum(CURRENCIES),
    customerNameSealed: p.string().length(500).nullable(),
    phoneMasked: p.string().length(16).nullable(),
    phoneSealed: p.string().length(120).nullable(),
    phoneHash: p.string().length(43).nullable().index('booking_phone'),
    phoneTailHash: p.string().length(43).nullable().index('booking_phone_tail'),
    emailSealed: p.string().length(500).nullable(),
    /** Of the page on which it was booked: mails and printed tickets are in it. */
    language: p.enum(LANGUAGES).default('en'),
    /** The instant at which the places really go back: `holdEndsAt`, or later while a prompt is open. */
    heldUntil: p.datetime(3),
    /** The hold's own end. Starting a payment moves it, never past `holdCapAt`. */
    holdEndsAt: p.datetime(3),
    holdCapAt: p.datetime(3),
    /** Partly paid, or sold together with what is: its places do not go back by themselves. */
    kept: p.boolean().default(false),
    version: p.integer().default(1),
    keyHash: p.string().length(43).unique('booking_idempotency_key'),
    bodyHash: p.string().length(43),
    createdAt: p.datetime(3),
  },
  indexes: [
    { name: 'booking_hold_ends', properties: ['heldUntil'], where: { state: 'held', kept: false } },
    { name: 'booking_held', properties: ['showing'], where: { state: 'held' } },
  ],
});

/** One customer's places at one showing. */
export class Booking extends BookingSchema.class {}
BookingSchema.setClass(Booking);

const RANK: Record<BookingState, number> = { held: 0, lapsed: 1, cancelled: 1, confirmed: 2, refunded: 3 };

/** The states from which a booking may become `state`: those of lower rank. Money beats any "no". */
export function bookingStatesBelow(state: BookingState): BookingState[] {
  return BOOKING_STATES.filter(one => RANK[one] < RANK[state]);
}
