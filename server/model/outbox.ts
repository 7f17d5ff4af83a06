import { defineEntity, p } from '@mikro-orm/core';

export const TOPICS = ['booking', 'showing'] as const;
export type Topic = (typeof TOPICS)[number];

export const OutboxSchema = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  properties: {
    id: p.integer().primary().autoincrement(),
    topic: p.enum(TOPICS),
    /** The id of the booking, or of the showing. */
    subject: p.string().length(32),
    /** The showing whose availability may have changed with it. */
    showing: p.integer(),
    version: p.integer(),
  },
});

/** A change that its watchers have still to be told of. */
export class Outbox extends OutboxSchema.class {}
OutboxSchema.setClass(Outbox);
