import type { ChargeView } from '../../shared/views.ts';
import {
  AT_ONCE,
  checkFrom,
  isUnresolved,
  NOTHING,
  type PaymentStageName,
  type Stage,
  stageOfPayment,
  stageOfRefunds,
} from '../payment/payment-stage.ts';

export type ChargeStageName =
  | PaymentStageName
  | 'charge_open' // Nothing asked of the phone yet.
  | 'charge_too_much' // For one payment; another try will not help.
  | 'charge_paid'
  | 'charge_cancelled'
  | 'charge_cancelled_unresolved';

/** Where a charge stands for the one who pays it. */
export function chargeStage(charge: ChargeView, now: Date): Stage<ChargeStageName> {
  switch (charge.state) {
    case 'open':
      return open(charge, now);
    case 'cancelled':
      return cancelled(charge);
    case 'paid':
      return { ...NOTHING, name: 'charge_paid', turn: 'done' };
    case 'refunded':
      return stageOfRefunds(charge.refunds);
  }
}

/** Whether something about this charge may still change by itself. */
export function isUnsettled({ state, payment }: ChargeView): boolean {
  return state === 'open' || isUnresolved(payment);
}

function open({ payment }: ChargeView, now: Date): Stage<ChargeStageName> {
  if (!payment) return { ...NOTHING, name: 'charge_open', turn: 'yours', payFrom: AT_ONCE };
  const stage = stageOfPayment(payment, now);
  return stage.name === 'failed' && stage.payFrom === null ? { ...stage, name: 'charge_too_much' } : stage;
}

function cancelled({ payment, refunds }: ChargeView): Stage<ChargeStageName> {
  if (refunds.length > 0) return stageOfRefunds(refunds);
  if (!isUnresolved(payment)) return { ...NOTHING, name: 'charge_cancelled', turn: 'done' };
  return { ...NOTHING, name: 'charge_cancelled_unresolved', turn: 'providers', checkFrom: checkFrom(payment) };
}
