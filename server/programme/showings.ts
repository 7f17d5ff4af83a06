import type { Context } from 'koa';
import { ScheduleRequest, ShowingChange, ShowingRequest } from '../../shared/office/programme.ts';
import { Closing } from '../../shared/requests.ts';
import { actorOf, atVenue, signedIn } from '../box-office/signed-in.ts';
import { readJson } from '../http/read-body.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { cancelShowing } from '../payment/cancel-showing.ts';
import { settlingNow } from '../payment/evidence.ts';
import { moveShowing } from '../payment/move-showing.ts';
import { changeShowing, readShowing } from '../show/change-showing.ts';
import { makeSchedule, previewSchedule } from '../show/make-schedule.ts';
import { makeShowing } from '../show/make-showing.ts';
import { seePlanned, seeScreens } from '../view/programme-view.ts';
import { seeShowing } from '../view/showing-view.ts';
import { commit, idIn } from './changing.ts';
import { daysAsked } from './days-asked.ts';

export async function addShowing(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const request = await readJson(ctx, ShowingRequest);
  atVenue(staff, request.venueId);
  const showingId = await commit(parts, staff, (em, changing) => makeShowing(em, changing, request));
  ctx.status = 201;
  ctx.body = await showingNow(parts, showingId);
}

/** A new time or screen moves it; price and capacity are changed beside. All of it, or nothing. */
export async function editShowing(ctx: Context, parts: Parts): Promise<void> {
  const { staff, showingId } = await ofOwnVenue(ctx, parts);
  const { price, capacity, ...move } = await readJson(ctx, ShowingChange);
  await commit(parts, staff, async (em, changing) => {
    if (price !== undefined || capacity !== undefined)
      await changeShowing(em, changing, showingId, { price, capacity });
    if (move.startsAt !== undefined || move.screen !== undefined) await moveShowing(em, changing, showingId, move);
  });
  ctx.body = await showingNow(parts, showingId);
}

export async function cancel(ctx: Context, parts: Parts): Promise<void> {
  const { staff, showingId } = await ofOwnVenue(ctx, parts);
  const { note } = await readJson(ctx, Closing);
  const actor = actorOf(staff);
  await commit(parts, staff, em => cancelShowing(em, { showingId, actor, note }, settlingNow(parts)));
  ctx.body = {};
}

export async function addSchedule(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const schedule = await readJson(ctx, ScheduleRequest);
  atVenue(staff, schedule.venueId);
  const made = await commit(parts, staff, (em, changing) => makeSchedule(em, changing, schedule));
  ctx.status = 201;
  ctx.body = { showings: await Promise.all(made.map(showingId => showingNow(parts, showingId))) };
}

export async function tryOutSchedule(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const schedule = await readJson(ctx, ScheduleRequest);
  atVenue(staff, schedule.venueId);
  ctx.body = { showings: await previewSchedule(parts.database.read(), schedule, parts.clock.now()) };
}

export async function listShowings(ctx: Context, parts: Parts): Promise<void> {
  const staff = await signedIn(ctx, parts, 'manager');
  const venueId = idIn(ctx, 'venueId');
  atVenue(staff, venueId);
  const em = parts.database.read();
  const days = await daysAsked(ctx, em, venueId, parts.clock.now());
  ctx.body = {
    now: parts.clock.now().toISOString(),
    showings: await seePlanned(em, venueId, days, gatewaysOf(parts.lines)),
    screens: await seeScreens(em, venueId),
  };
}

/** The showing in the path, if it is at a venue of whoever asks. */
async function ofOwnVenue(ctx: Context, parts: Parts) {
  const staff = await signedIn(ctx, parts, 'manager');
  const showingId = idIn(ctx, 'showingId');
  const { venue } = await readShowing(parts.database.read(), showingId);
  atVenue(staff, venue);
  return { staff, showingId };
}

function showingNow({ database, lines }: Parts, showingId: number) {
  return seeShowing(database.read(), showingId, gatewaysOf(lines));
}
