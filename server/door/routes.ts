import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { AdmissionRequest, type DoorShowing, WithdrawalRequest } from '../../shared/office/door.ts';
import { NumericId } from '../../shared/requests.ts';
import { readTicketCode } from '../../shared/ticket-code.ts';
import { approvedBy } from '../box-office/approved-by.ts';
import { placeOf } from '../box-office/place.ts';
import type { SignedIn } from '../box-office/sessions.ts';
import { actorOf, atVenue, signedIn } from '../box-office/signed-in.ts';
import { ProblemError } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import type { Parts } from '../parts.ts';
import type { Scan } from './admit-ticket.ts';
import { type Judged, judgeTicket } from './judge-ticket.ts';
import { seeDoor, seeDoorShowing } from './see-door.ts';
import { withdrawAdmission } from './withdraw-admission.ts';

const OFFICE = '/api/v1/box-office';

/** Letting people in. */
export function doorRoutes(router: Router, parts: Parts): void {
  router.get(`${OFFICE}/door/showings`, ctx => showTonight(ctx, parts));
  router.post(`${OFFICE}/admissions`, ctx => admit(ctx, parts));
  router.post(`${OFFICE}/admissions/withdrawals`, ctx => withdraw(ctx, parts));
}

async function showTonight(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const venueId = venueAsked(ctx, staff);
  atVenue(staff, venueId);
  const now = parts.clock.now();
  const showings = await seeDoor(parts.database.read(), venueId, now);
  if (!showings) throw new ProblemError('not_found', { detail: 'There is no such venue' });
  ctx.body = { now: now.toISOString(), showings };
}

async function admit(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  await parts.limits.count('admissions', staff.sessionId);
  const { code, showingId, scanId = null, device = null } = await readJson(ctx, AdmissionRequest);
  await doorOf(parts, staff, showingId);
  const where = (await placeOf(ctx, parts)).device?.name ?? device;
  const now = parts.clock.now();
  const judged = await judge(parts, code, { showingId, scanId, where, now, by: staff.name, actor: actorOf(staff) });
  ctx.body = { now: now.toISOString(), ...judged, showing: await doorOf(parts, staff, showingId) };
}

/** A test ticket is refused by its look; everything else the database knows, or does not. */
async function judge(parts: Parts, code: string, scan: Omit<Scan, 'ticketCode'>): Promise<Judged> {
  const read = readTicketCode(code);
  if (!read) return { verdict: 'unknown', ticket: null };
  if (read.isTest && parts.config.mode === 'live') return { verdict: 'test_mode', ticket: null };
  const judged = await parts.database.write(em => judgeTicket(em, { ...scan, ticketCode: read.ticketCode }));
  if (judged.verdict === 'admitted') parts.wakeRelay();
  return judged;
}

async function withdraw(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const { code, showingId, reason, approval } = await readJson(ctx, WithdrawalRequest);
  const { venueId } = await doorOf(parts, staff, showingId);
  const read = readTicketCode(code);
  if (!read) throw new ProblemError('not_found', { detail: 'There is no such ticket' });
  const approver = await approvedBy(ctx, parts, staff, { approval, what: 'taking back an admission', venueId });
  const approved = approver.staffId === staff.staffId ? null : approver.name;
  const now = parts.clock.now();
  const { ticketCode } = read;
  await parts.database.write(em =>
    withdrawAdmission(em, { ticketCode, showingId, reason, approvedBy: approved, actor: actorOf(staff), now }),
  );
  parts.wakeRelay();
  ctx.body = { now: now.toISOString(), showing: await doorOf(parts, staff, showingId) };
}

/** The showing at whose door they stand; `forbidden` at another venue's. */
async function doorOf({ clock, database }: Parts, staff: SignedIn, showingId: number): Promise<DoorShowing> {
  const showing = await seeDoorShowing(database.read(), showingId, clock.now());
  if (!showing) throw new ProblemError('not_found', { detail: 'There is no such showing' });
  atVenue(staff, showing.venueId);
  return showing;
}

/** Their own, unless they may choose. */
function venueAsked(ctx: Context, staff: SignedIn): number {
  const asked = v.safeParse(NumericId, Number(ctx.query.venueId ?? staff.venueId ?? Number.NaN));
  if (asked.success) return asked.output;
  throw new ProblemError('not_found', { detail: 'Name a venue: ?venueId=' });
}
