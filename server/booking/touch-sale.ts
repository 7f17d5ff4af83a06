import type { SaleState } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import { saleStatesBelow } from '../model/sale.ts';

/**
 * Something in a sale has changed: whoever watches the sale is told, and once nothing of it is left to be paid, it is paid,
 * or over where nobody paid for any of it.
 */
export async function touchSale(em: Em, saleId: string): Promise<void> {
  const { version } = await query(em)
    .updateTable('sale')
    .set(sale => ({ version: sale('version', '+', 1) }))
    .where('id', '=', saleId)
    .returning('version')
    .executeTakeFirstOrThrow();
  const state = await stateOf(em, saleId);
  if (state !== 'open')
    await query(em)
      .updateTable('sale')
      .set({ state })
      .where('id', '=', saleId)
      .where('state', 'in', saleStatesBelow(state))
      .execute();
  await query(em).insertInto('outbox').values({ topic: 'sale', subject: saleId, showing: null, version }).execute();
}

async function stateOf(em: Em, saleId: string): Promise<SaleState> {
  const bookings = await query(em).selectFrom('booking').select('state').where('sale', '=', saleId).execute();
  const charges = await query(em).selectFrom('charge').select('state').where('sale', '=', saleId).execute();
  const states = [...bookings, ...charges].map(({ state }) => state);
  if (states.some(state => state === 'held' || state === 'open')) return 'open';
  return states.some(state => state === 'confirmed' || state === 'paid') ? 'paid' : 'abandoned';
}
