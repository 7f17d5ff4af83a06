import type { Context, Middleware } from 'koa';
import { isDarajaPath } from './daraja/answer.ts';
import { isPesapalPath } from './pesapal/answer.ts';
import { readText } from './read-body.ts';
import type { Simulator } from './simulator.ts';

/** The gateways' answers on the wire, the broken ones included. */
export function answerGateways(simulator: Simulator): Middleware {
  return async (ctx, next) => {
    if (!isDarajaPath(ctx.path) && !isPesapalPath(ctx.path)) return next();
    const { method, url: path, headers } = ctx;
    const answer = await simulator.answer({ method, path, headers, body: await readText(ctx) });
    if ('drop' in answer) return drop(ctx, answer.drop);
    ctx.status = answer.status;
    ctx.set(answer.headers);
    ctx.body = answer.body;
  };
}

/** A connection that hangs stays open until the client goes away. */
function drop(ctx: Context, how: 'reset' | 'hang'): void {
  ctx.respond = false;
  if (how === 'reset') ctx.req.socket.resetAndDestroy();
}
