import { type Em, query } from '../model/entities.ts';

/** Takes places for a hold. False: there are not enough. Two who ask for the last one cannot both get it: one statement looks and takes. */
export async function holdPlacesOf(em: Em, showingId: number, quantity: number): Promise<boolean> {
  const { numUpdatedRows } = await query(em)
    .updateTable('showing')
    .set(showing => ({ held: showing('held', '+', quantity), version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .where(showing => showing(showing('held', '+', showing.ref('sold')), '<=', showing('capacity', '-', quantity)))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Sells places that no hold keeps any more, if there are enough. */
export async function sellFreePlaces(em: Em, showingId: number, quantity: number): Promise<boolean> {
  const { numUpdatedRows } = await query(em)
    .updateTable('showing')
    .set(showing => ({ sold: showing('sold', '+', quantity), version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .where(showing => showing(showing('held', '+', showing.ref('sold')), '<=', showing('capacity', '-', quantity)))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** Held places become sold ones. */
export async function sellHeldPlaces(em: Em, showingId: number, quantity: number): Promise<void> {
  await query(em)
    .updateTable('showing')
    .set(showing => ({
      held: showing('held', '-', quantity),
      sold: showing('sold', '+', quantity),
      version: showing('version', '+', 1),
    }))
    .where('id', '=', showingId)
    .execute();
}

/** Held places go back to whoever comes next. */
export async function giveBackPlaces(em: Em, showingId: number, quantity: number): Promise<void> {
  await query(em)
    .updateTable('showing')
    .set(showing => ({ held: showing('held', '-', quantity), version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .execute();
}

/** Sold places go back to whoever comes next. */
export async function unsellPlaces(em: Em, showingId: number, quantity: number): Promise<void> {
  await query(em)
    .updateTable('showing')
    .set(showing => ({ sold: showing('sold', '-', quantity), version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .execute();
}
