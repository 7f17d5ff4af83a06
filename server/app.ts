import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import { boardRoutes } from './board/routes.ts';
import { bookingRoutes } from './booking/routes.ts';
import { deviceRoutes } from './box-office/device-routes.ts';
import { moneyRoutes } from './box-office/money-routes.ts';
import { peopleRoutes } from './box-office/people-routes.ts';
import { sessionRoutes } from './box-office/routes.ts';
import { doorRoutes } from './door/routes.ts';
import type { Readiness } from './health/readiness.ts';
import { healthRoutes } from './health/routes.ts';
import { answerDate } from './http/answer-date.ts';
import { clientFiles, page } from './http/client-files.ts';
import { countRequests } from './http/count-requests.ts';
import { type IsOurs, refuseForeignPages } from './http/origins.ts';
import { problems } from './http/problem.ts';
import { securityHeaders } from './http/security-headers.ts';
import type { Parts } from './parts.ts';
import { callbackRoutes } from './payment/callback-routes.ts';
import { chargeRoutes } from './payment/charge-routes.ts';
import { createInbox } from './payment/inbox.ts';
import { notificationRoutes } from './payment/notification-routes.ts';
import { paymentRoutes } from './payment/routes.ts';
import { programmeRoutes } from './programme/routes.ts';
import { salesReportRoutes } from './report/routes.ts';
import { posterRoutes } from './show/poster-routes.ts';
import { showRoutes } from './show/routes.ts';
import { ticketRoutes } from './ticket/routes.ts';
import { reportRoutes } from './till/report-routes.ts';
import { saleRoutes } from './till/sale-routes.ts';
import { shiftRoutes } from './till/shift-routes.ts';
import { tutorialPages } from './tutorial-pages/tutorial-pages.ts';

interface Surroundings {
  /** Knows our own pages' origins. */
  isOurs: IsOurs;
  /** Holds the built pages. */
  clientFolder: string;
  readiness: Pick<Readiness, 'see'>;
}

/** What answers HTTP, from the outside in. */
export function createApp(parts: Parts, { isOurs, clientFolder, readiness }: Surroundings): Koa {
  const { clock, config, log } = parts;
  const failed = (error: unknown) => log.error({ err: error }, 'a request failed');
  const app = new Koa();
  app.on('error', failed);
  app.use(countRequests(parts.meters));
  app.use(answerDate(clock));
  app.use(problems(() => clock.now(), failed));
  app.use(securityHeaders(config.publicUrl.startsWith('https:'), pageSources(parts)));
  app.use(watchRoutes(readiness));
  app.use(gatewayRoutes(parts)); // Before the Origin check: gateways are no pages.
  app.use(tutorialPages(parts)); // Before it too: older pages stand on origins of their own.
  app.use(refuseForeignPages(isOurs));
  app.use(customerRoutes(parts)); // Before those of staff: each route that is looked at takes its time, and these are many a second.
  app.use(staffRoutes(parts));
  app.use(pageRoutes(clientFolder, config));
  app.use(clientFiles(clientFolder));
  return app;
}

function pageSources({ lines }: Parts) {
  return [...lines.values()].flatMap(({ gateway }) => gateway.pageSources);
}

function watchRoutes(readiness: Surroundings['readiness']) {
  const router = new Router();
  healthRoutes(router, readiness);
  return router.routes();
}

function gatewayRoutes(parts: Parts) {
  const router = new Router();
  const inbox = createInbox(parts);
  callbackRoutes(router, parts, inbox);
  notificationRoutes(router, parts, inbox);
  return router.routes();
}

function customerRoutes(parts: Parts) {
  const router = new Router();
  showRoutes(router, parts);
  posterRoutes(router, parts);
  bookingRoutes(router, parts);
  paymentRoutes(router, parts);
  chargeRoutes(router, parts);
  ticketRoutes(router, parts);
  return router.routes();
}

function staffRoutes(parts: Parts) {
  const router = new Router();
  sessionRoutes(router, parts);
  boardRoutes(router, parts);
  peopleRoutes(router, parts);
  deviceRoutes(router, parts);
  saleRoutes(router, parts);
  shiftRoutes(router, parts);
  reportRoutes(router, parts);
  moneyRoutes(router, parts);
  programmeRoutes(router, parts);
  doorRoutes(router, parts);
  salesReportRoutes(router, parts);
  return router.routes();
}

function pageRoutes(clientFolder: string, { mode, mail }: Parts['config']) {
  return new Router()
    .get('/', page(clientFolder, 'index', mode))
    .get('/showings/:showingId', page(clientFolder, 'showing', mode, mail !== null))
    .get('/bookings/:bookingId', unkept(page(clientFolder, 'booking', mode)))
    .get('/pay', page(clientFolder, 'pay', mode))
    .get('/charges/:chargeId', unkept(page(clientFolder, 'charge', mode)))
    .get(['/box-office', '/box-office/{*rest}'], unkept(page(clientFolder, 'box-office', mode)))
    .get('/door', unkept(page(clientFolder, 'door', mode)))
    .routes();
}

/** Its address is the right to see it: no shared machine keeps it. */
function unkept(send: (ctx: Context) => void) {
  return (ctx: Context) => {
    send(ctx);
    ctx.set('Cache-Control', 'no-store');
  };
}
