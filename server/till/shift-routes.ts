import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { isAtLeast } from '../../shared/office/people.ts';
import { CountRequest, MovementRequest, OpeningRequest, SealRequest } from '../../shared/office/shifts.ts';
import { NumericId } from '../../shared/requests.ts';
import { approvedBy } from '../box-office/approved-by.ts';
import type { SignedIn } from '../box-office/sessions.ts';
import { atVenue, signedIn } from '../box-office/signed-in.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { readIdempotencyKey, readJson } from '../http/read-body.ts';
import type { Parts } from '../parts.ts';
import { countDrawer } from './count-drawer.ts';
import { type FoundShift, findShift, readLive } from './find-shift.ts';
import { moveCash } from './move-cash.ts';
import { openShift } from './open-shift.ts';
import { sealShift } from './seal-shift.ts';
import { seeShift, seeShifts, seeWaiting } from './shift-view.ts';

const SHIFTS = '/api/v1/box-office/shifts';
const WORDS = { paid_in: 'cash paid in', paid_out: 'cash paid out', drop: 'cash taken to the safe' };

/** A cashier's shift and its drawer. No answer here says what the drawer should hold: the count is blind. */
export function shiftRoutes(router: Router, parts: Parts): void {
  router.post(SHIFTS, ctx => open(ctx, parts));
  router.get(SHIFTS, ctx => list(ctx, parts));
  router.get(`${SHIFTS}/mine`, ctx => seeMine(ctx, parts));
  router.post(`${SHIFTS}/:shiftId/movements`, ctx => move(ctx, parts));
  router.post(`${SHIFTS}/:shiftId/counts`, ctx => count(ctx, parts));
  router.post(`${SHIFTS}/:shiftId/seals`, ctx => seal(ctx, parts));
}

async function open(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const idempotencyKey = readIdempotencyKey(ctx);
  const request = await readJson(ctx, OpeningRequest);
  const id = await parts.database.write(em => openShift(em, staff, request, idempotencyKey, parts.clock.now()));
  await answer(ctx, parts, id, 201);
}

async function list(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'supervisor');
  const venueId = Number(ctx.query.venueId ?? staff.venueId);
  if (!v.is(NumericId, venueId)) throw invalid('invalid_body', 'venueId', 'Say at which venue');
  atVenue(staff, venueId);
  ctx.body = { shifts: await seeShifts(parts.database.read(), venueId, parts.clock.now()) };
}

async function seeMine(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const em = parts.database.read();
  const live = await readLive(em, staff.staffId);
  const now = parts.clock.now();
  ctx.body = {
    shift: live ? await seeShift(em, live.id, now) : null,
    waiting: await seeWaiting(em, staff.staffId, now),
  };
}

async function move(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const idempotencyKey = readIdempotencyKey(ctx);
  const { approval, ...movement } = await readJson(ctx, MovementRequest);
  const shift = await shiftOf(ctx, parts, staff);
  const what = `${WORDS[movement.kind]}: ${movement.reason}`;
  const { name: approver } = await approvedBy(ctx, parts, staff, { approval, what, venueId: shift.venue });
  const by = { actor: staff.name, approver, idempotencyKey };
  await parts.database.write(em => moveCash(em, shift, movement, by, parts.clock.now()));
  await answer(ctx, parts, shift.id, 201);
}

async function count(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const { approval, ...counted } = await readJson(ctx, CountRequest);
  const shift = await shiftOf(ctx, parts, staff);
  const again = { approval, what: `a second count of shift ${shift.id}`, venueId: shift.venue };
  const approver = shift.countedAt === null ? null : (await approvedBy(ctx, parts, staff, again)).name;
  await parts.database.write(em => countDrawer(em, shift, counted, { actor: staff.name, approver }, parts.clock.now()));
  await answer(ctx, parts, shift.id, 201);
}

/** Nobody stands for their own drawer, but a manager, who may be alone. */
async function seal(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'cashier');
  const { approval, note = null } = await readJson(ctx, SealRequest);
  const shift = await shiftOf(ctx, parts, staff);
  const wish = { approval, what: `the seal of shift ${shift.id}`, venueId: shift.venue };
  const byAnother = shift.staff === staff.staffId && staff.role !== 'manager';
  const { name: approver } = await approvedBy(ctx, parts, staff, { ...wish, byAnother });
  await parts.database.write(em => sealShift(em, shift, { actor: staff.name, approver, note }, parts.clock.now()));
  await answer(ctx, parts, shift.id, 201);
}

/** One's own, or, for a supervisor, any of the venue. */
async function shiftOf(ctx: Context, parts: Parts, staff: SignedIn): Promise<FoundShift> {
  const id = Number(ctx.params.shiftId);
  if (!v.is(NumericId, id)) throw new ProblemError('not_found');
  const shift = await findShift(parts.database.read(), staff, id);
  if (shift.staff !== staff.staffId && !isAtLeast(staff.role, 'supervisor')) throw new ProblemError('forbidden');
  return shift;
}

async function answer(ctx: Context, parts: Parts, shiftId: number, status: 201) {
  parts.wakeRelay();
  ctx.body = { shift: await seeShift(parts.database.read(), shiftId, parts.clock.now()) };
  ctx.status = status;
}
