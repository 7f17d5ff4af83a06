import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import type { Journal, ReportView } from '../../shared/office/shift-report.ts';
import { Approved } from '../../shared/office/till.ts';
import { NumericId } from '../../shared/requests.ts';
import { approvedBy } from '../box-office/approved-by.ts';
import { atVenue, signedIn } from '../box-office/signed-in.ts';
import { sendCsv } from '../http/csv.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { checkShift } from './check-chain.ts';
import { reportOfDay } from './day-report.ts';
import { findShift, ownShift } from './find-shift.ts';
import { giveCashBack, readRefund } from './give-cash-back.ts';
import { tableOf } from './report-csv.ts';
import { reportOfShift } from './shift-report.ts';

const OFFICE = '/api/v1/box-office';
const DAY = v.pipe(v.string(), v.isoDate());

/** What the till took, for supervisors, and money that goes back from its drawer. */
export function reportRoutes(router: Router, parts: Parts): void {
  router.get(`${OFFICE}/shifts/:shiftId/report`, ctx => ofShift(ctx, parts));
  router.get(`${OFFICE}/shifts/:shiftId/journal`, ctx => journalOf(ctx, parts));
  router.get(`${OFFICE}/venues/:venueId/days/:day/report`, ctx => ofDay(ctx, parts));
  router.post(`${OFFICE}/refunds/:refundId/cash`, ctx => giveBack(ctx, parts));
}

async function ofShift(ctx: Context, parts: Parts) {
  const shift = await shiftOf(ctx, parts);
  send(ctx, await reportOfShift(parts.database.read(), shift, parts.clock.now()), `shift-${shift.id}`);
}

/** The lines as they were written, with their hashes, and whether they still are. */
async function journalOf(ctx: Context, parts: Parts) {
  const shift = await shiftOf(ctx, parts);
  const em = parts.database.read();
  const lines = await query(em)
    .selectFrom('journal_entry')
    .select(['line', 'at', 'kind', 'cash', 'sale', 'payment', 'actor', 'approver', 'details', 'hash'])
    .where('shift', '=', shift.id)
    .orderBy('line')
    .execute();
  const journal: Journal = {
    lines: lines.map(({ at, ...line }) => ({ ...line, at: at.toISOString() })),
    chain: await checkShift(em, shift.id),
  };
  ctx.body = journal;
}

async function ofDay(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'supervisor');
  const venueId = Number(ctx.params.venueId);
  const { day } = ctx.params;
  if (!v.is(NumericId, venueId) || !v.is(DAY, day)) throw new ProblemError('not_found');
  atVenue(staff, venueId);
  const report = await reportOfDay(parts.database.read(), venueId, day, parts.clock.now());
  send(ctx, report, `day-${day}`);
}

/** As JSON, for a page that prints it, or as a table for a spreadsheet. */
function send(ctx: Context, report: ReportView, name: string) {
  if (ctx.query.format !== 'csv') ctx.body = { report };
  else sendCsv(ctx, tableOf(report), name);
}

async function shiftOf(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'supervisor');
  const id = Number(ctx.params.shiftId);
  if (!v.is(NumericId, id)) throw new ProblemError('not_found');
  return findShift(parts.database.read(), staff, id);
}

/** A refund that is due, in cash from one's own drawer. */
async function giveBack(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const { approval } = await readJson(ctx, Approved);
  const refundId = String(ctx.params.refundId);
  const em = parts.database.read();
  const refund = await readRefund(em, refundId);
  if (!refund) throw new ProblemError('not_found', { detail: 'There is no such refund' });
  const venueId = refund.saleVenue ?? refund.showingVenue ?? refund.chargeVenue ?? 0;
  atVenue(staff, venueId);
  const shift = await ownShift(em, staff);
  if (shift.currency !== refund.currency) throw invalid('invalid_body', '', 'Not the money of this drawer');
  const { name: approver } = await approvedBy(ctx, parts, staff, { approval, what: 'cash given back', venueId });
  const giving = { refundId, shift: shift.id, actor: staff.name, approver };
  await parts.database.write(write => giveCashBack(write, giving, parts.clock.now()));
  parts.wakeRelay();
  ctx.body = {};
}
