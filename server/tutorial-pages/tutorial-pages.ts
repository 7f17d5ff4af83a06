import { Router } from '@koa/router';
import type { Context, Next } from 'koa';
import { ProblemError, problems } from '../http/problem.ts';
import type { Parts } from '../parts.ts';
import { escapeStrings } from './escape-strings.ts';
import { sayPlainly } from './plain-error.ts';
import { tutorialRoutes } from './routes.ts';
import { answerPreflight, shareAnswer } from './share-answer.ts';

const THEIRS = /^\/api\/(movies|make-payment|query-payment-status|tickets|mpesa-callback)(\/|$)/;

/** What pages written for the two tutorials knock at, in the shapes that they know. */
export function tutorialPages(parts: Parts) {
  const router = new Router();
  router.all(THEIRS, speakTheirWay(parts));
  tutorialRoutes(router, parts);
  router.all(THEIRS, () => {
    throw new ProblemError('not_found');
  });
  return router.routes();
}

/**
 * Whatever leaves here, errors included, passes through the two translations at the end: such pages show `error`, and put
 * strings into innerHTML.
 */
function speakTheirWay({ clock, config, log }: Parts) {
  const failed = (error: unknown) => log.error({ err: error }, 'a request of an older page failed');
  const withProblems = problems(() => clock.now(), failed);
  return async (ctx: Context, next: Next) => {
    shareAnswer(ctx, config.allowedOrigins);
    if (ctx.method === 'OPTIONS') return answerPreflight(ctx);
    ctx.set('Cache-Control', 'no-store');
    await withProblems(ctx, next);
    sayPlainly(ctx);
    ctx.body = escapeStrings(ctx.body);
  };
}
