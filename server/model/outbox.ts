import { defineEntity, p } from '@mikro-orm/core';

export const TOPICS = ['booking', 'charge', 'sale', 'receipt', 'shift', 'programme'] as const;
export type Topic = (typeof TOPICS)[number];

export const OutboxSchema = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  properties: {
    id: p.integer().primary().autoincrement(),
    topic: p.enum(TOPICS),
    /** The id of the booking, the charge, the sale, the receipt or the shift; there is one programme. */
    subject: p.string().length(32),
    /** The showing whose availability may have changed with it; a charge has none. */
    showing: p.integer().nullable(),
    version: p.integer(),
  },
});

/** A change that its watchers have still to be told of. */
export class Outbox extends OutboxSchema.class {}
OutboxSchema.setClass(Outbox);
