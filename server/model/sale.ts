import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { SALE_STATES, type SaleState } from '../../shared/views.ts';
import { ShiftSchema } from './shift.ts';
import { VenueSchema } from './venue.ts';

export const SaleSchema = defineEntity({
  name: 'Sale',
  tableName: 'sale',
  properties: {
    id: p.string().primary().length(32),
    /** The short code that people read out, and type at a PayBill. */
    reference: p.string().length(8).unique('sale_reference'),
    venue: () => p.manyToOne(VenueSchema).ref().deleteRule('restrict'),
    /** In which it was begun; a colleague may take the money. */
    shift: () => p.manyToOne(ShiftSchema).ref().deleteRule('restrict').index('sale_shift'),
    state: p.enum(SALE_STATES),
    currency: p.enum(CURRENCIES),
    cashier: p.string().length(80),
    version: p.integer().default(1),
    keyHash: p.string().length(43).unique('sale_idempotency_key'),
    bodyHash: p.string().length(43),
    createdAt: p.datetime(3),
  },
  indexes: [
    { name: 'sale_venue', properties: ['venue', 'createdAt'] },
    { name: 'sale_open', properties: ['venue'], where: { state: 'open' } },
  ],
});

/** What one customer takes at the counter: any number of bookings and charges, paid for together. */
export class Sale extends SaleSchema.class {}
SaleSchema.setClass(Sale);

const RANK: Record<SaleState, number> = { open: 0, abandoned: 1, paid: 2 };

/** The states from which a sale may become `state`: those of lower rank. Money beats any "no". */
export function saleStatesBelow(state: SaleState): SaleState[] {
  return SALE_STATES.filter(one => RANK[one] < RANK[state]);
}
