import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { COUNTRIES } from '../../shared/phone.ts';

export const VenueSchema = defineEntity({
  name: 'Venue',
  tableName: 'venue',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string().length(80),
    city: p.string().length(80),
    country: p.enum(COUNTRIES),
    currency: p.enum(CURRENCIES),
    timeZone: p.string().length(40),
    address: p.string().length(200),
    phone: p.string().length(24),
    email: p.string().length(254),
    /** Whether anybody may pay an amount of their own choice, and between which: in minor units; null: nobody. */
    leastCharge: p.bigint('number').nullable(),
    largestCharge: p.bigint('number').nullable(),
  },
});

/** A cinema or hall. Its address, phone and e-mail stand wherever money is odd. */
export class Venue extends VenueSchema.class {}
VenueSchema.setClass(Venue);
