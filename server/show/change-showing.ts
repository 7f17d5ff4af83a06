import type { Money } from '../../shared/money.ts';
import { lockRow } from '../database/lock.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { refuseOtherCurrency } from './make-showing.ts';
import { type Changing, differences, recordProgramme } from './record-programme.ts';

/**
 * Another price from now on, or another number of places. Who holds places keeps their price: it stands in the booking.
 * Whoever watches the showing is told.
 */
export async function changeShowing(
  em: Em,
  changing: Changing,
  showingId: number,
  { price, capacity }: { price?: Money | undefined; capacity?: number | undefined },
): Promise<void> {
  await lockRow(em, 'showing', showingId);
  const before = await readShowing(em, showingId);
  if (before.cancelledAt) throw new ProblemError('not_possible_now', { detail: 'This showing was cancelled' });
  if (price) refuseOtherCurrency(price, before.currency);
  const after = { price: price?.amount ?? before.price, capacity: capacity ?? before.capacity };
  const changes = differences({ price: before.price, capacity: before.capacity }, after);
  if (Object.keys(changes).length === 0) return;
  if (!(await setPlaces(em, showingId, after))) return refuseTooFew(em, showingId);
  const { venue, movie } = before;
  await recordProgramme(em, changing, { happening: 'showing_changed', venue, movie, showing: showingId, changes });
}

/** Somebody may take a place this very moment: one statement looks and sets, so never fewer than are held and sold. */
async function setPlaces(em: Em, showingId: number, after: { price: number; capacity: number }): Promise<boolean> {
  const { numUpdatedRows } = await query(em)
    .updateTable('showing')
    .set(showing => ({ ...after, version: showing('version', '+', 1) }))
    .where('id', '=', showingId)
    .where('cancelledAt', 'is', null)
    .where(showing => showing(showing('held', '+', showing.ref('sold')), '<=', after.capacity))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

async function refuseTooFew(em: Em, showingId: number): Promise<never> {
  const { held, sold } = await readShowing(em, showingId);
  throw new ProblemError('not_possible_now', { detail: `${held + sold} places are held or sold already` });
}

export async function readShowing(em: Em, showingId: number) {
  const showing = await query(em)
    .selectFrom('showing')
    .select(['venue', 'movie', 'screen', 'startsAt', 'price', 'currency', 'capacity', 'held', 'sold', 'cancelledAt'])
    .where('id', '=', showingId)
    .executeTakeFirst();
  if (!showing) throw new ProblemError('not_found', { detail: 'There is no such showing' });
  return showing;
}
