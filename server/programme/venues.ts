import type { Context } from 'koa';
import { VenueChange, VenueRequest } from '../../shared/office/programme.ts';
import { atVenue, signedIn } from '../box-office/signed-in.ts';
import { ProblemError } from '../http/problem.ts';
import { readJson } from '../http/read-body.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { changeVenue, makeVenue } from '../show/save-venue.ts';
import { seeProgrammeLog } from '../view/programme-log.ts';
import { seeVenues } from '../view/showing-view.ts';
import { commit, idIn } from './changing.ts';

/** Only by somebody of all venues: whoever has one makes no second one. */
export async function addVenue(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  if (staff.venueId !== null) throw new ProblemError('forbidden');
  const request = await readJson(ctx, VenueRequest);
  const venueId = await commit(parts, staff, (em, changing) => makeVenue(em, changing, request));
  ctx.status = 201;
  ctx.body = await venueNow(parts, venueId);
}

export async function editVenue(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const venueId = idIn(ctx, 'venueId');
  atVenue(staff, venueId);
  const wish = await readJson(ctx, VenueChange);
  await commit(parts, staff, (em, changing) => changeVenue(em, changing, venueId, wish));
  ctx.body = await venueNow(parts, venueId);
}

export async function readLog(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const venueId = idIn(ctx, 'venueId');
  atVenue(staff, venueId);
  ctx.body = { lines: await seeProgrammeLog(parts.database.read(), venueId) };
}

async function venueNow({ database, lines }: Parts, id: number) {
  return (await seeVenues(database.read(), gatewaysOf(lines))).find(({ venueId }) => venueId === id);
}
