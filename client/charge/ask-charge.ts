import type { Money } from '../../shared/money.ts';
import { ChargeAnswer, ChargeView } from '../../shared/views.ts';
import { type Answered, call } from '../kit/api.ts';
import { postOnce } from '../kit/post-once.ts';
import type { Order } from '../payment/pay-form.ts';

/** What somebody wants to pay, and how. */
export interface ChargeOrder extends Order {
  venueId: number;
  amount: Money;
  purpose: string;
}

/** Makes a charge and its first payment: one of each, however often it has to be sent. */
export function openCharge(order: ChargeOrder): Promise<Answered<ChargeView>> {
  return chargeIn(postOnce('charge', '/charges', ChargeAnswer, order));
}

/** Asks for one more payment. A repeat after a lost answer is the same payment, until the charge shows it. */
export function askForPayment({ chargeId, payment }: ChargeView, order: Order): Promise<Answered<ChargeView>> {
  const path = `/charges/${chargeId}/payments`;
  return chargeIn(postOnce(`payment.${chargeId}`, path, ChargeAnswer, order, payment?.paymentId));
}

/** Makes the server ask the gateway, if its budget allows. */
export function askForCheck({ chargeId }: ChargeView): Promise<Answered<ChargeView>> {
  return call(`/charges/${chargeId}/checks`, ChargeView, { method: 'POST' });
}

async function chargeIn(asked: Promise<Answered<{ charge: ChargeView }>>): Promise<Answered<ChargeView>> {
  const answer = await asked;
  return 'value' in answer ? { ...answer, value: answer.value.charge } : answer;
}
