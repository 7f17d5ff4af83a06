import type { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Role } from '../../shared/office/people.ts';
import type { Parts } from '../parts.ts';
import {
  checkPayment,
  closeRefundByHand,
  closeSilentPayment,
  erase,
  giveBack,
  place,
  reverse,
  sendRefund,
} from './deciding.ts';
import { resolve, seeMatch } from './deciding-receipts.ts';
import { lookAtEquations, lookAtTerm } from './equations.ts';
import { lookAtBooking, lookAtCharge, lookAtException, lookAtPerson, lookAtWorklist } from './looking.ts';
import { ownMoney } from './own-money.ts';
import type { SignedIn } from './sessions.ts';
import { signedIn } from './signed-in.ts';

const OFFICE = '/api/v1/box-office';

/** What supervisors see, and managers decide, where the rules leave money to people. */
export function moneyRoutes(router: Router, parts: Parts): void {
  const own = async (ctx: Context, role: Role) => {
    const staff = await signedIn(ctx, parts, role);
    const isNamed = Object.keys(ctx.params).some(name => name !== 'exceptionId');
    if (isNamed) await ownMoney(parts.database.read(), staff, ctx.params);
    return staff;
  };
  const seen =
    (role: Role, look: (ctx: Context, parts: Parts, staff: SignedIn) => Promise<object>) => async (ctx: Context) => {
      const staff = await own(ctx, role);
      ctx.body = await look(ctx, parts, staff);
    };
  const decided =
    (decide: (ctx: Context, parts: Parts, staff: SignedIn) => Promise<void>, role: Role = 'manager') =>
    async (ctx: Context) => {
      const staff = await own(ctx, role);
      ctx.body = {};
      await decide(ctx, parts, staff);
    };
  router.get(`${OFFICE}/exceptions`, seen('supervisor', lookAtWorklist));
  router.get(`${OFFICE}/exceptions/:exceptionId`, seen('supervisor', lookAtException));
  router.get(`${OFFICE}/equation`, seen('supervisor', lookAtEquations));
  router.get(`${OFFICE}/equation/receipts`, seen('supervisor', lookAtTerm));
  router.get(`${OFFICE}/bookings/:bookingId/history`, seen('supervisor', lookAtBooking));
  router.get(`${OFFICE}/charges/:chargeId/history`, seen('supervisor', lookAtCharge));
  router.get(`${OFFICE}/bookings/:bookingId/personal-data`, seen('manager', lookAtPerson));
  router.get(`${OFFICE}/receipts/:receiptId/matches`, decided(seeMatch));
  router.delete(`${OFFICE}/bookings/:bookingId/personal-data`, decided(erase));
  router.post(`${OFFICE}/refunds`, decided(giveBack));
  router.post(`${OFFICE}/refunds/:refundId/requests`, decided(sendRefund));
  router.post(`${OFFICE}/refunds/:refundId/placements`, decided(place));
  router.post(`${OFFICE}/refunds/:refundId/closings`, decided(closeRefundByHand));
  router.post(`${OFFICE}/receipts/:receiptId/resolutions`, decided(resolve));
  router.post(`${OFFICE}/receipts/:receiptId/reversals`, decided(reverse));
  router.post(`${OFFICE}/payments/:paymentId/checks`, decided(checkPayment, 'supervisor'));
  router.post(`${OFFICE}/payments/:paymentId/closings`, decided(closeSilentPayment));
}
