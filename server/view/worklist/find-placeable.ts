import { type Em, query } from '../../model/entities.ts';
import { idsOf } from './row.ts';

interface Late {
  refund: string;
  booking: string | null;
  sale: string | null;
}

/** Of which refunds for late money the places are free now, so that it could be used after all. */
export async function findPlaceable(em: Em, now: Date, refunds: readonly Late[]): Promise<Set<string>> {
  const lapsed = refunds.length === 0 ? [] : await readLapsed(em, refunds);
  const fits = refunds.filter(({ booking, sale }) => {
    const own = lapsed.filter(one => (booking === null ? one.sale === sale : one.id === booking));
    return own.length > 0 && own.every(one => one.cancelledAt === null && one.startsAt > now && isFree(one));
  });
  return new Set(fits.map(({ refund }) => refund));
}

function readLapsed(em: Em, refunds: readonly Late[]) {
  const given = (ids: (string | null)[]) => idsOf({ ids: ids.filter(id => id !== null), receipts: [] });
  return query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select(['booking.id', 'booking.sale', 'quantity', 'startsAt', 'cancelledAt', 'capacity', 'held', 'sold'])
    .where('state', '=', 'lapsed')
    .where(one =>
      one.or([
        one('booking.id', 'in', given(refunds.map(({ booking }) => booking))),
        one('booking.sale', 'in', given(refunds.map(({ sale }) => sale))),
      ]),
    )
    .execute();
}

function isFree({ capacity, held, sold, quantity }: Record<'capacity' | 'held' | 'sold' | 'quantity', number>) {
  return capacity - held - sold >= quantity;
}
