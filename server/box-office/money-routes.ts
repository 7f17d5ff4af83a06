import type { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Role } from '../../shared/office/people.ts';
import type { Actor } from '../model/audit-entry.ts';
import type { Parts } from '../parts.ts';
import {
  closeReceiptOrResolve,
  closeRefundByHand,
  closeSilentPayment,
  erase,
  giveBack,
  reverse,
  sendRefund,
} from './deciding.ts';
import { lookAtBooking, lookAtCharge, lookAtPerson, lookAtWorklist } from './looking.ts';
import { ownMoney } from './own-money.ts';
import type { SignedIn } from './sessions.ts';
import { actorOf, signedIn } from './signed-in.ts';

const OFFICE = '/api/v1/box-office';

/** What supervisors see, and managers decide, where the rules leave money to people. */
export function moneyRoutes(router: Router, parts: Parts): void {
  const seen =
    (role: Role, look: (ctx: Context, parts: Parts, staff: SignedIn) => Promise<object>) => async (ctx: Context) => {
      const staff = await signedIn(ctx, parts, role);
      if (Object.keys(ctx.params).length > 0) await ownMoney(parts.database.read(), staff, ctx.params);
      ctx.body = await look(ctx, parts, staff);
    };
  const decided =
    (decide: (ctx: Context, parts: Parts, actor: Actor, staff: SignedIn) => Promise<void>) => async (ctx: Context) => {
      const staff = await signedIn(ctx, parts, 'manager');
      if (Object.keys(ctx.params).length > 0) await ownMoney(parts.database.read(), staff, ctx.params);
      ctx.body = {};
      await decide(ctx, parts, actorOf(staff), staff);
    };
  router.get(`${OFFICE}/exceptions`, seen('supervisor', lookAtWorklist));
  router.get(`${OFFICE}/bookings/:bookingId/history`, seen('supervisor', lookAtBooking));
  router.get(`${OFFICE}/charges/:chargeId/history`, seen('supervisor', lookAtCharge));
  router.get(`${OFFICE}/bookings/:bookingId/personal-data`, seen('manager', lookAtPerson));
  router.delete(`${OFFICE}/bookings/:bookingId/personal-data`, decided(erase));
  router.post(`${OFFICE}/refunds`, decided(giveBack));
  router.post(`${OFFICE}/refunds/:refundId/requests`, decided(sendRefund));
  router.post(`${OFFICE}/refunds/:refundId/closings`, decided(closeRefundByHand));
  router.post(`${OFFICE}/receipts/:receiptId/resolutions`, decided(closeReceiptOrResolve));
  router.post(`${OFFICE}/receipts/:receiptId/reversals`, decided(reverse));
  router.post(`${OFFICE}/payments/:paymentId/closings`, decided(closeSilentPayment));
}
