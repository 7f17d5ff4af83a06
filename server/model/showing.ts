import { defineEntity, p, quote } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { MovieSchema } from './movie.ts';
import { VenueSchema } from './venue.ts';

export const ShowingSchema = defineEntity({
  name: 'Showing',
  tableName: 'showing',
  properties: {
    id: p.integer().primary().autoincrement(),
    movie: () => p.manyToOne(MovieSchema).ref().deleteRule('restrict').index('showing_movie'),
    venue: () => p.manyToOne(VenueSchema).ref().deleteRule('restrict'),
    screen: p.string().length(40),
    startsAt: p.datetime(3).index('showing_starts_at'),
    /** Of one place, in minor units. */
    price: p.bigint('number'),
    currency: p.enum(CURRENCIES),
    capacity: p.integer(),
    held: p.integer().default(0),
    sold: p.integer().default(0),
    version: p.integer().default(1),
    /** How many changes its bookings have seen: an entry at the door leaves `version` as it is, and the board moves. */
    bookingChanges: p.integer().default(0),
    cancelledAt: p.datetime(3).nullable(),
    /** The last move: when somebody decided it, and from where. Who booked later never knew it otherwise. */
    movedAt: p.datetime(3).nullable(),
    movedFromStart: p.datetime(3).nullable(),
    movedFromScreen: p.string().length(40).nullable(),
  },
  indexes: [{ name: 'showing_venue', properties: ['venue', 'startsAt'] }],
  checks: [
    { name: 'showing_never_oversold', expression: c => quote`${c.held} + ${c.sold} <= ${c.capacity}` },
    { name: 'showing_counts_positive', expression: c => quote`${c.held} >= 0 and ${c.sold} >= 0` },
  ],
});

/** One movie at one time on one screen. Its counts only change by conditional updates: `move-places.ts`. */
export class Showing extends ShowingSchema.class {}
ShowingSchema.setClass(Showing);
