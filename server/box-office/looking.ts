import type { Context } from 'koa';
import { ProblemError } from '../http/problem.ts';
import type { Em } from '../model/entities.ts';
import { bookingOf, chargeOf, type PaidFor } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { seeHistory } from '../view/history-view.ts';
import { countUnlisted, seeWorklist, type WorklistItem } from '../view/worklist-view.ts';
import { venueOf } from './own-money.ts';
import { exportPerson } from './personal-data.ts';
import type { SignedIn } from './sessions.ts';

export async function lookAtWorklist(_: Context, { clock, database }: Parts, staff: SignedIn) {
  const now = clock.now();
  const em = database.read();
  return {
    now: now.toISOString(),
    exceptions: await ownItems(em, staff, await seeWorklist(em, now)),
    unlistedCallbacks: await countUnlisted(em, now),
  };
}

/** Those of the venue of whoever asks; what belongs to nothing yet is for those of all venues. */
async function ownItems(em: Em, { venueId }: SignedIn, items: WorklistItem[]): Promise<WorklistItem[]> {
  if (venueId === null) return items;
  const venues = await Promise.all(
    items.map(one => venueOf(em, { booking: one.bookingId, charge: one.chargeId, sale: null })),
  );
  return items.filter((_, at) => venues[at] === venueId);
}

export function lookAtBooking(ctx: Context, parts: Parts) {
  return history(parts, bookingOf(String(ctx.params.bookingId)));
}

export function lookAtCharge(ctx: Context, parts: Parts) {
  return history(parts, chargeOf(String(ctx.params.chargeId)));
}

async function history({ database }: Parts, paidFor: PaidFor) {
  const lines = await seeHistory(database.read(), paidFor);
  if (lines.length > 0) return { history: lines };
  throw new ProblemError('not_found', { detail: 'There is no such booking or charge' });
}

export function lookAtPerson(ctx: Context, parts: Parts) {
  return exportPerson(parts, String(ctx.params.bookingId));
}
