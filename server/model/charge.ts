import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { CHARGE_STATES, type ChargeState } from '../../shared/views.ts';
import { SaleSchema } from './sale.ts';
import { VenueSchema } from './venue.ts';

export const ChargeSchema = defineEntity({
  name: 'Charge',
  tableName: 'charge',
  properties: {
    id: p.string().primary().length(32),
    /** The short code that people read out. */
    reference: p.string().length(8).unique('charge_reference'),
    venue: () => p.manyToOne(VenueSchema).ref().deleteRule('restrict').index('charge_venue'),
    /** Sold at the counter, with what else; `line` is its place among that. */
    sale: () => p.manyToOne(SaleSchema).ref().nullable().deleteRule('restrict').index('charge_sale'),
    line: p.integer().nullable(),
    state: p.enum(CHARGE_STATES),
    amount: p.bigint('number'),
    currency: p.enum(CURRENCIES),
    /** What it is for, in the words of whoever pays. */
    purpose: p.string().length(120),
    version: p.integer().default(1),
    keyHash: p.string().length(43).unique('charge_idempotency_key'),
    bodyHash: p.string().length(43),
    createdAt: p.datetime(3),
  },
});

/** An amount with a purpose and no places: popcorn, hall hire, a gift. */
export class Charge extends ChargeSchema.class {}
ChargeSchema.setClass(Charge);

const RANK: Record<ChargeState, number> = { open: 0, cancelled: 1, paid: 2, refunded: 3 };

/** The states from which a charge may become `state`: those of lower rank. Money beats any "no". */
export function chargeStatesBelow(state: ChargeState): ChargeState[] {
  return CHARGE_STATES.filter(one => RANK[one] < RANK[state]);
}
