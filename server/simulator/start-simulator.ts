import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa, { type Context } from 'koa';
import sirv from 'sirv';
import { systemClock } from '../../shared/clock.ts';
import { systemRandom } from '../../shared/random.ts';
import { answerGateways } from './answer-http.ts';
import { createEvents } from './events.ts';
import { loopbackOnly, mayBeFramed, safeHeaders } from './guards.ts';
import { PESAPAL_BASE_PATH } from './pesapal/answer.ts';
import { PAGE_PATH } from './pesapal/submit-order.ts';
import { createPost } from './post-callback.ts';
import { controlRoutes } from './routes.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator.ts';

export interface StartOptions extends Partial<SimulatorOptions> {
  /** 0 takes any free one. */
  port: number;
  host?: string;
  /** The built pages, of which this serves phone.html, pesapal.html, the assets and the pictures. */
  pagesFolder?: string;
}

export interface StartedSimulator {
  url: string;
  /** Where Pesapal's API begins: the paths behind it begin with `/api`. */
  pesapalUrl: string;
  port: number;
  simulator: Simulator;
  stop(): Promise<void>;
}

/** The simulator on a port: Daraja's and Pesapal's APIs, Pesapal's page, the control API and the phone page. */
export async function startSimulator(options: StartOptions): Promise<StartedSimulator> {
  const { clock = systemClock, random = systemRandom, settings = {}, host = '127.0.0.1' } = options;
  const out = createPost();
  const { post = out.post, notify = out.notify } = options;
  const simulator = createSimulator({ clock, random, settings, post, notify });
  const events = createEvents(simulator, clock);

  const app = new Koa();
  app.use(safeHeaders);
  app.use(loopbackOnly);
  app.use(answerGateways(simulator));
  app.use(events.route);
  app.use(controlRoutes(simulator).routes());
  if (options.pagesFolder) app.use(pages(options.pagesFolder));

  const server = createServer(app.callback());
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(options.port, host, listening);
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...{ url: `http://${host}:${port}`, pesapalUrl: `http://${host}:${port}${PESAPAL_BASE_PATH}`, port, simulator },
    async stop() {
      events.stop();
      simulator.reset();
      server.closeAllConnections(); // Some hang on purpose.
      await new Promise(closed => server.close(closed));
      await out.close();
    },
  };
}

/** Nothing is cached: this is a workbench. */
function pages(folder: string): Koa.Middleware {
  const serve = sirv(folder, { dev: true });
  return async (ctx, next) => {
    if (ctx.path === '/') ctx.req.url = '/phone.html';
    else if (isPage(ctx.path)) showPage(ctx);
    else if (!/^\/(assets\/|\w+\.svg$)/.test(ctx.path)) return next();
    await new Promise<void>(absent => {
      ctx.res.once('finish', absent).once('close', absent);
      ctx.respond = false;
      serve(ctx.req, ctx.res, () => {
        ctx.respond = true;
        absent();
      });
    });
    if (ctx.respond) ctx.body = 'The page is not built. Run: npm run build';
  };
}

/** Real answers have it without a slash, the documentation with one. */
function isPage(path: string): boolean {
  return path === PAGE_PATH || path === `${PAGE_PATH}/`;
}

function showPage(ctx: Context): void {
  mayBeFramed(ctx);
  ctx.req.url = '/pesapal.html';
}
