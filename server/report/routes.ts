import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { REPORTS_BY } from '../../shared/office/reports.ts';
import { NumericId } from '../../shared/requests.ts';
import { atVenue, signedIn } from '../box-office/signed-in.ts';
import { sendCsv } from '../http/csv.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { periodAsked } from './period-asked.ts';
import { drawUpSales, type Venue } from './sales-report.ts';
import { tableOf } from './sales-table.ts';

/** Sales as tables, for supervisors at their venue. */
export function salesReportRoutes(router: Router, parts: Parts): void {
  router.get('/api/v1/box-office/reports/:by', ctx => send(ctx, parts));
}

async function send(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'supervisor');
  const by = v.safeParse(v.picklist(REPORTS_BY), ctx.params.by);
  if (!by.success) throw new ProblemError('not_found', { detail: `By ${REPORTS_BY.join(', ')}` });
  const venueId = v.safeParse(NumericId, Number(ctx.query.venueId ?? staff.venueId ?? Number.NaN));
  if (!venueId.success) throw new ProblemError('not_found', { detail: 'Name a venue: ?venueId=' });
  atVenue(staff, venueId.output);
  const now = parts.clock.now();
  const em = parts.database.read();
  const venue = await readVenue(em, venueId.output);
  const period = periodAsked(ctx, venue.timeZone, now);
  const report = await drawUpSales(em, { venue, by: by.output, period }, now);
  if (ctx.query.format !== 'csv') ctx.body = { report };
  else sendCsv(ctx, tableOf(report), `sales-by-${report.by}-${report.from}-${report.to}`);
}

async function readVenue(em: Em, venueId: number): Promise<Venue> {
  const venue = await query(em)
    .selectFrom('venue')
    .select(['id', 'name', 'timeZone', 'currency'])
    .where('id', '=', venueId)
    .executeTakeFirst();
  if (venue) return venue;
  throw new ProblemError('not_found', { detail: 'There is no such venue' });
}
