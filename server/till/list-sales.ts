import type { SaleView } from '../../shared/office/till.ts';
import { type Em, query } from '../model/entities.ts';
import { type SeeingSales, seeSale } from './sale-view.ts';

const OPEN_MAX = 200; // Customers who wait at one venue.
const NEWEST_MAX = 20; // Enough to find the customer who comes back for a print, too few to add up a drawer.

/** The sales of a venue that are open, whoever began them, the newest first. */
export async function readOpenSales(em: Em, venueId: number, seeing: SeeingSales): Promise<SaleView[]> {
  const rows = await sales(em).where('venue', '=', venueId).where('state', '=', 'open').limit(OPEN_MAX).execute();
  return seeAll(em, rows, seeing);
}

/** The newest sales of a shift, whatever became of them. */
export async function readNewestSales(em: Em, shiftId: number, seeing: SeeingSales): Promise<SaleView[]> {
  const rows = await sales(em).where('shift', '=', shiftId).limit(NEWEST_MAX).execute();
  return seeAll(em, rows, seeing);
}

function sales(em: Em) {
  return query(em).selectFrom('sale').select('id').orderBy('createdAt', 'desc').orderBy('id');
}

async function seeAll(em: Em, rows: { id: string }[], seeing: SeeingSales): Promise<SaleView[]> {
  const views: SaleView[] = [];
  for (const { id } of rows) {
    const view = await seeSale(em, id, seeing);
    if (view) views.push(view);
  }
  return views;
}
