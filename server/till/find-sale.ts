import type { Context } from 'koa';
import type { SaleView } from '../../shared/office/till.ts';
import type { SignedIn } from '../box-office/sessions.ts';
import { atVenue } from '../box-office/signed-in.ts';
import { ProblemError } from '../http/problem.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { seeingSales } from './events.ts';
import { seeSale } from './sale-view.ts';

/** The sale of a path, for whoever works at its venue. */
export async function findSale({ database }: Parts, staff: SignedIn, ctx: Context) {
  const sale = await query(database.read())
    .selectFrom('sale')
    .select(['id', 'venue', 'reference'])
    .where('id', '=', String(ctx.params.saleId))
    .executeTakeFirst();
  if (!sale) throw new ProblemError('not_found', { detail: 'There is no such sale' });
  atVenue(staff, sale.venue);
  return sale;
}

/** A sale as it stands now, for an answer. */
export async function showSale(parts: Parts, saleId: string): Promise<SaleView> {
  const sale = await seeSale(parts.database.read(), saleId, seeingSales(parts));
  if (!sale) throw new ProblemError('not_found');
  return sale;
}
