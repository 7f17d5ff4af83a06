import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { StaffSchema } from './staff.ts';
import { VenueSchema } from './venue.ts';

/** How many of each note and coin; its value in minor units is the key. */
export type Counts = Record<string, number>;

export const ShiftSchema = defineEntity({
  name: 'Shift',
  tableName: 'shift',
  properties: {
    id: p.integer().primary().autoincrement(),
    venue: () => p.manyToOne(VenueSchema).ref().deleteRule('restrict'),
    staff: () => p.manyToOne(StaffSchema).ref().deleteRule('restrict').index('shift_staff'),
    cashier: p.string().length(80),
    currency: p.enum(CURRENCIES),
    /** Null once it was counted. */
    live: p.boolean(),
    openedAt: p.datetime(3),
    countedAt: p.datetime(3).nullable(),
    /** What the last count came to. */
    counted: p.bigint('number').nullable(),
    sealedAt: p.datetime(3).nullable(),
    sealedBy: p.string().length(80).nullable(),
    /** Its turn among all sealed shifts: none is missing. */
    seal: p.integer().nullable().unique('shift_seal'),
    /** Of the last line of its journal, and of all before it. */
    journalHash: p.string().length(64).nullable(),
    /** Of the shift sealed before it; the first one has zeros. */
    previousHash: p.string().length(64).nullable(),
    sealHash: p.string().length(64).nullable(),
    version: p.integer().default(1),
    keyHash: p.string().length(43).unique('shift_idempotency_key'),
  },
  indexes: [{ name: 'shift_venue', properties: ['venue', 'openedAt'] }],
  uniques: [{ name: 'shift_live', properties: ['staff'], where: { live: true } }],
  triggers: [
    {
      // A row that is put in a second time breaks its own key: the one refusal that every database words the same.
      name: 'shift_sealed_for_ever',
      timing: 'before',
      events: ['update', 'delete'],
      when: 'old."sealedAt" is not null',
      body: 'insert into shift select * from shift where id = old.id',
    },
  ],
});

/** A cashier's working period, with one drawer. */
export class Shift extends ShiftSchema.class {}
ShiftSchema.setClass(Shift);
