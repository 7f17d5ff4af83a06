import type { Context } from 'koa';
import * as v from 'valibot';
import {
  type Equation,
  EquationQuery,
  EquationReceiptsQuery,
  type EquationSpan,
} from '../../shared/office/exceptions.ts';
import { invalid, ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { tonightIn } from '../show/tonight.ts';
import type { Span } from '../view/equation/money-of-receipts.ts';
import { seeEquations, seeTerm } from '../view/equation-view.ts';
import type { SignedIn } from './sessions.ts';
import { atVenue } from './signed-in.ts';

/** Of one's venue, or of each and of money that is nobody's; of the money of today, from six to six, or of all. */
export async function lookAtEquations(ctx: Context, { clock, database }: Parts, staff: SignedIn) {
  const { of, venueId } = readQuery(ctx, EquationQuery);
  const em = database.read();
  const now = clock.now();
  const equations: Equation[] = [];
  for (const span of await spansOf(em, venuesFor(staff, venueId), of, now))
    equations.push(...(await seeEquations(em, span)));
  return { now: now.toISOString(), of, equations };
}

/** The receipts behind one of its sums. */
export async function lookAtTerm(ctx: Context, { clock, database }: Parts, staff: SignedIn) {
  const { of, venueId, ...which } = readQuery(ctx, EquationReceiptsQuery);
  if (venueId !== undefined) atVenue(staff, venueId);
  else if (staff.venueId !== null) throw new ProblemError('forbidden');
  const em = database.read();
  const [span] = await spansOf(em, [venueId ?? null], of, clock.now());
  return { receipts: span ? await seeTerm(em, span, which) : [] };
}

function readQuery<const S extends v.GenericSchema>(ctx: Context, schema: S): v.InferOutput<S> {
  const read = v.safeParse(schema, ctx.query);
  if (read.success) return read.output;
  throw invalid('invalid_body', v.getDotPath(read.issues[0]) ?? '', read.issues[0].message);
}

type Venues = 'all' | (number | null)[];

function venuesFor(staff: SignedIn, asked: number | undefined): Venues {
  if (asked === undefined) return staff.venueId === null ? 'all' : [staff.venueId];
  atVenue(staff, asked);
  return [asked];
}

/** A day is that of each venue's own clock: venues of one time zone share a look. What is nobody's goes with the first. */
async function spansOf(em: Em, asked: Venues, of: EquationSpan, now: Date): Promise<Span[]> {
  const all = await query(em).selectFrom('venue').select(['id', 'timeZone']).orderBy('id').execute();
  const isAsked = (id: number | null) => asked === 'all' || asked.includes(id);
  const venues = all.filter(({ id }) => isAsked(id));
  const nobodys = isAsked(null) ? [null] : [];
  if (of === 'all') return [{ venues: [...venues.map(({ id }) => id), ...nobodys] }];
  const zones = [...new Set((venues.length > 0 ? venues : all.slice(0, 1)).map(({ timeZone }) => timeZone))];
  return zones.map((zone, at) => ({
    venues: [...venues.filter(one => one.timeZone === zone).map(({ id }) => id), ...(at === 0 ? nobodys : [])],
    ...tonightIn(zone, now),
  }));
}
