import type { Context } from 'koa';
import type { ExceptionDetails, ExceptionView } from '../../shared/office/exceptions.ts';
import { ProblemError } from '../http/problem.ts';
import { bookingOf, chargeOf, type PaidFor } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { seeHistory } from '../view/history-view.ts';
import type { Looking } from '../view/worklist/row.ts';
import { addEvidence, countUnlisted, seeExceptions, type WorklistItem } from '../view/worklist-view.ts';
import { exportPerson } from './personal-data.ts';
import type { SignedIn } from './sessions.ts';

/** What the list needs to know: the time, and what the gateways of this server can do. */
export function lookingNow({ clock, lines }: Pick<Parts, 'clock' | 'lines'>): Looking {
  return {
    now: clock.now(),
    able: {
      sends: method => (lines.get(method)?.gateway.refunds ?? null) !== null,
      repeats: method => lines.get(method)?.gateway.mayRepeat ?? false,
    },
  };
}

/** Those of the venue of whoever asks; what belongs to nothing yet is for those of all venues. */
export function ownOnes<One extends ExceptionView>({ venueId }: Pick<SignedIn, 'venueId'>, all: One[]): One[] {
  return venueId === null ? all : all.filter(one => one.venueId === venueId);
}

export async function lookAtWorklist(_: Context, parts: Parts, staff: SignedIn) {
  const looking = lookingNow(parts);
  const em = parts.database.read();
  const exceptions: WorklistItem[] = [];
  for (const one of ownOnes(staff, await seeExceptions(em, looking))) exceptions.push(await addEvidence(em, one));
  const unlistedCallbacks = await countUnlisted(em, looking.now);
  return { now: looking.now.toISOString(), exceptions, unlistedCallbacks };
}

export async function lookAtException(ctx: Context, parts: Parts, staff: SignedIn): Promise<ExceptionDetails> {
  const looking = lookingNow(parts);
  const em = parts.database.read();
  const own = ownOnes(staff, await seeExceptions(em, looking));
  const found = own.find(({ exceptionId }) => exceptionId === ctx.params.exceptionId);
  if (!found) throw new ProblemError('not_found', { detail: 'Nobody needs to look at this any more' });
  return { now: looking.now.toISOString(), exception: await addEvidence(em, found) };
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
