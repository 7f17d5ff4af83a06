import { defineEntity, p } from '@mikro-orm/core';
import { MAIL_KINDS, MAIL_STATES } from '../../shared/office/mail.ts';
import { BookingSchema } from './booking.ts';

export const MailSchema = defineEntity({
  name: 'Mail',
  tableName: 'mail',
  properties: {
    id: p.integer().primary().autoincrement(),
    booking: () => p.manyToOne(BookingSchema).ref().deleteRule('restrict').index('mail_booking'),
    kind: p.enum(MAIL_KINDS),
    /** The booking's, at the change that it tells of. What it says is what is true when it is sent. */
    version: p.integer(),
    state: p.enum(MAIL_STATES),
    queuedAt: p.datetime(3),
    tries: p.integer().default(0),
    /** Null once it is over. */
    nextTryAt: p.datetime(3).nullable(),
    /** Until then one process is sending it, and no other. */
    leasedUntil: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
    /** The code of what went wrong last: never the mail server's words, in which addresses stand. */
    code: p.string().length(40).nullable(),
  },
  uniques: [{ name: 'mail_once', properties: ['booking', 'kind', 'version'] }],
  indexes: [{ name: 'mail_next_try', properties: ['nextTryAt'], where: { state: 'waiting' } }],
});

/** Something to tell a customer by mail. The address stands in the booking alone, so that it can be forgotten there. */
export class Mail extends MailSchema.class {}
MailSchema.setClass(Mail);
