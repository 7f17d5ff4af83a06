import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';

interface Move {
  showingId: number;
  quantity: number;
}

/** Takes places for a hold. False: there are not enough. Two who ask for the last one cannot both get it: one statement looks and takes. */
export async function holdPlacesOf(em: Em, showingId: number, quantity: number): Promise<boolean> {
  return (await holdFree.run(em, { showingId, quantity })) === 1;
}

const holdFree = prepared((em, { showingId, quantity }: Move) =>
  query(em)
    .updateTable('showing')
    .set(showing => ({ held: showing('held', '+', quantity), version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .where('cancelledAt', 'is', null)
    .where(showing => showing(showing('held', '+', showing.ref('sold')), '<=', showing('capacity', '-', quantity))),
);

/** Sells places that no hold keeps any more, if there are enough. */
export async function sellFreePlaces(em: Em, showingId: number, quantity: number): Promise<boolean> {
  return (await sellFree.run(em, { showingId, quantity })) === 1;
}

const sellFree = prepared((em, { showingId, quantity }: Move) =>
  query(em)
    .updateTable('showing')
    .set(showing => ({ sold: showing('sold', '+', quantity), version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .where('cancelledAt', 'is', null)
    .where(showing => showing(showing('held', '+', showing.ref('sold')), '<=', showing('capacity', '-', quantity))),
);

/** Held places become sold ones. False: the showing was cancelled meanwhile. */
export async function sellHeldPlaces(em: Em, showingId: number, quantity: number): Promise<boolean> {
  return (await sellHeld.run(em, { showingId, quantity })) === 1;
}

const sellHeld = prepared((em, { showingId, quantity }: Move) =>
  query(em)
    .updateTable('showing')
    .set(showing => ({
      held: showing('held', '-', quantity),
      sold: showing('sold', '+', quantity),
      version: showing('version', '+', 1),
    }))
    .where('id', '=', showingId)
    .where('cancelledAt', 'is', null),
);

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
