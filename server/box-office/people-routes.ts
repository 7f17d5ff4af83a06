import type { Router } from '@koa/router';
import type { Context } from 'koa';
import * as v from 'valibot';
import { StaffChange, StaffRequest } from '../../shared/office/people.ts';
import { NumericId } from '../../shared/requests.ts';
import { ProblemError } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import type { Parts } from '../parts.ts';
import { addStaff, changeStaff } from './change-staff.ts';
import { placeOf } from './place.ts';
import { seeApprovers, seeStaff, seeStaffLog } from './see-staff.ts';
import { atVenue, signedIn } from './signed-in.ts';

const OFFICE = '/api/v1/box-office';

/** Who works here: looked after by managers, each at their own venue or at all. */
export function peopleRoutes(router: Router, parts: Parts): void {
  router.get(`${OFFICE}/staff`, async ctx => {
    const manager = await signedIn(ctx, parts, 'manager');
    ctx.body = { staff: await seeStaff(parts.database.read(), manager) };
  });
  router.post(`${OFFICE}/staff`, async ctx => {
    const manager = await signedIn(ctx, parts, 'manager');
    const request = await readJson(ctx, StaffRequest);
    ctx.body = { staff: await addStaff(parts, await placeOf(ctx, parts), manager, request) };
    ctx.status = 201;
  });
  router.patch(`${OFFICE}/staff/:staffId`, async ctx => {
    const manager = await signedIn(ctx, parts, 'manager');
    const change = { ...(await readJson(ctx, StaffChange)), staffId: idIn(ctx, 'staffId') };
    ctx.body = { staff: await changeStaff(parts, await placeOf(ctx, parts), manager, change) };
  });
  router.get(`${OFFICE}/staff-log`, async ctx => {
    const manager = await signedIn(ctx, parts, 'manager');
    ctx.body = { log: await seeStaffLog(parts.database.read(), manager) };
  });
  router.get(`${OFFICE}/approvers`, async ctx => {
    const staff = await signedIn(ctx, parts, 'cashier');
    const read = v.safeParse(NumericId, Number(ctx.query.venueId ?? staff.venueId));
    if (read.success) atVenue(staff, read.output);
    ctx.body = { names: read.success ? await seeApprovers(parts.database.read(), read.output) : [] };
  });
}

/** A number in the path; what cannot be one names nothing. */
export function idIn(ctx: Context, name: string): number {
  const read = v.safeParse(NumericId, Number(ctx.params[name]));
  if (read.success) return read.output;
  throw new ProblemError('not_found');
}
