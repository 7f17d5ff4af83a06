import type { Middleware } from 'koa';
import type { Clock } from '../../shared/clock.ts';

const SECOND_MS = 1_000; // As finely as the header can say it.

/** When each answer was given, by the clock that everything else goes by: pages set theirs by it. */
export function answerDate(clock: Clock): Middleware {
  let second = Number.NaN;
  let text = '';
  return (ctx, next) => {
    const now = Math.floor(clock.now().getTime() / SECOND_MS);
    if (now !== second) {
      second = now;
      text = new Date(now * SECOND_MS).toUTCString();
    }
    ctx.res.setHeader('Date', text);
    return next();
  };
}
