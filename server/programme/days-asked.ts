import type { Context } from 'koa';
import * as v from 'valibot';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { dayIn, instantIn } from '../show/venue-time.ts';

const DAYS_MAX = 31;
const MINUTES_A_DAY = 24 * 60;
const Asked = v.object({
  from: v.optional(v.pipe(v.string(), v.isoDate())),
  days: v.optional(v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(DAYS_MAX)), '7'),
});

/** From midnight to midnight where the venue is: `from` (today unless said) and so many `days`. */
export async function daysAsked(ctx: Context, em: Em, venueId: number, now: Date): Promise<[Date, Date]> {
  const asked = v.safeParse(Asked, ctx.query);
  if (!asked.success) throw new ProblemError('invalid_body', { detail: `from=YYYY-MM-DD, days=1…${DAYS_MAX}` });
  const venue = await query(em).selectFrom('venue').select('timeZone').where('id', '=', venueId).executeTakeFirst();
  if (!venue) throw new ProblemError('not_found', { detail: 'There is no such venue' });
  const { from, days } = asked.output;
  const [year = 0, month = 0, day = 0] = from?.split('-').map(Number) ?? [];
  const first = from ? { year, month, day } : dayIn(venue.timeZone, now);
  return [instantIn(venue.timeZone, first, 0), instantIn(venue.timeZone, first, days * MINUTES_A_DAY)];
}
