import type { Context } from 'koa';
import * as v from 'valibot';
import { Problem } from '../../shared/problem.ts';

const KNOWN_STATUSES = [404, 413, 429, 500]; // Whatever else is wrong with a request is 400 to these pages.

/** A problem becomes `{ error }`, one sentence to show. Nothing that was sent stands in it. */
export function sayPlainly(ctx: Context): void {
  if (!v.is(Problem, ctx.body)) return;
  const { status } = ctx.body;
  ctx.body = { error: sentenceOf(ctx.body, String(ctx.response.headers['retry-after'])) };
  ctx.status = KNOWN_STATUSES.includes(status) ? status : 400;
  ctx.type = 'application/json';
}

function sentenceOf({ code, detail, placesLeft, retryAfter }: Problem, seconds: string): string {
  if (code === 'sold_out') return `Not enough tickets available. Only ${placesLeft} left.`;
  return retryAfter === undefined ? detail : `${detail}. Try again in ${seconds} seconds.`;
}
