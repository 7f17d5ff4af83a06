import type { Context } from 'koa';
import { ProblemError } from '../http/problem.ts';
import { bookingOf, chargeOf, type PaidFor } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { seeHistory } from '../view/history-view.ts';
import { countUnlisted, seeWorklist } from '../view/worklist-view.ts';
import { exportPerson } from './personal-data.ts';

export async function lookAtWorklist(_: Context, { clock, database }: Parts) {
  const now = clock.now();
  const em = database.read();
  return {
    now: now.toISOString(),
    exceptions: await seeWorklist(em, now),
    unlistedCallbacks: await countUnlisted(em, now),
  };
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
