import { defineEntity, p } from '@mikro-orm/core';

export const BookingNameSchema = defineEntity({
  name: 'BookingName',
  tableName: 'booking_name',
  properties: {
    /** Later bookings have greater ids: the newest are found first, without sorting. */
    id: p.integer().primary().autoincrement(),
    venue: p.integer(),
    /** The beginning of a keyed hash. Short: whoever finds it opens the name itself and looks. */
    beginning: p.string().length(10),
    booking: p.string().length(32),
  },
  indexes: [{ name: 'booking_name_beginning', properties: ['venue', 'beginning', 'id'] }],
});

/** One of the ways in which the name of a booking may begin to be typed. The name itself is sealed. */
export class BookingName extends BookingNameSchema.class {}
BookingNameSchema.setClass(BookingName);
