import { Router } from '@koa/router';
import { bookingRoutes } from '../../server/booking/routes.ts';
import { deviceRoutes } from '../../server/box-office/device-routes.ts';
import { moneyRoutes } from '../../server/box-office/money-routes.ts';
import { peopleRoutes } from '../../server/box-office/people-routes.ts';
import { sessionRoutes } from '../../server/box-office/routes.ts';
import type { Parts } from '../../server/parts.ts';
import { callbackRoutes } from '../../server/payment/callback-routes.ts';
import { chargeRoutes } from '../../server/payment/charge-routes.ts';
import { createInbox } from '../../server/payment/inbox.ts';
import { notificationRoutes } from '../../server/payment/notification-routes.ts';
import { paymentRoutes } from '../../server/payment/routes.ts';
import { programmeRoutes } from '../../server/programme/routes.ts';
import { reportRoutes } from '../../server/till/report-routes.ts';
import { saleRoutes } from '../../server/till/sale-routes.ts';
import { shiftRoutes } from '../../server/till/shift-routes.ts';

const DOORS = [
  ...[bookingRoutes, paymentRoutes, chargeRoutes, callbackRoutes, notificationRoutes],
  ...[sessionRoutes, moneyRoutes, programmeRoutes, peopleRoutes, deviceRoutes, saleRoutes, shiftRoutes, reportRoutes],
];

/** Those of customers, of gateways, of the box office, and of its till. */
export function doorsOf(parts: Parts): Router {
  const router = new Router();
  const inbox = createInbox(parts);
  for (const routes of DOORS) routes(router, parts, inbox);
  return router;
}
