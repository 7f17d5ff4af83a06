import { defineEntity, p } from '@mikro-orm/core';
import { TICKET_STATES } from '../../shared/views.ts';
import { BookingSchema } from './booking.ts';

export const TicketSchema = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    id: p.integer().primary().autoincrement(),
    /** 128 random bits: whoever shows it is let in, once. */
    code: p.string().length(32).unique('ticket_code'),
    booking: () => p.manyToOne(BookingSchema).ref().deleteRule('restrict').index('ticket_booking'),
    seat: p.string().length(12).nullable(),
    state: p.enum(TICKET_STATES),
    admittedAt: p.datetime(3).nullable(),
    /** The name of who let it in, and of the device it was scanned with. */
    admittedBy: p.string().length(80).nullable(),
    admittedWhere: p.string().length(80).nullable(),
    /** The scan that let it in: when its answer was lost and it asks again, that is no second entry. */
    admittedScan: p.string().length(32).nullable(),
  },
});

/** One admission, with its own code. */
export class Ticket extends TicketSchema.class {}
TicketSchema.setClass(Ticket);
