import { type Em, query } from '../model/entities.ts';

/** Tickets that nobody has used admit nobody any more; answers how many there were. */
export async function voidTickets(em: Em, bookingId: string): Promise<number> {
  const { numUpdatedRows } = await query(em)
    .updateTable('ticket')
    .set({ state: 'void' })
    .where('booking', '=', bookingId)
    .where('state', '=', 'valid')
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
