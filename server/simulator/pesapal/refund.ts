import type { GatewayAnswer } from '../daraja/wire.ts';
import type { Parts } from '../parts.ts';
import type { RefundFault } from './fault.ts';
import type { Order } from './orders.ts';
import { REFUSALS, sayInstead } from './refusals.ts';
import { reverse } from './tell.ts';
import { json } from './wire.ts';

const FIELDS = ['confirmation_code', 'amount', 'username', 'remarks'];

/** `POST /api/Transactions/RefundRequest`: accepted is not given back; the merchant and Pesapal must approve it. */
export function requestRefund(parts: Parts, body: Record<string, unknown>): GatewayAnswer {
  const field = (name: string) => String(body[name] ?? '').trim();
  if (FIELDS.some(name => field(name) === '')) return REFUSALS.invalidParameters();
  const order = paidBy(parts, field('confirmation_code'));
  if (!order || order.told.code === 3) return REFUSALS[order ? 'refundReceivedAlready' : 'refundInvalidAmount']();
  if (order.refund !== 'none') return REFUSALS.refundReceivedAlready();
  const amount = Number(field('amount'));
  if (!fits(order, amount)) return REFUSALS.refundInvalidAmount();

  const fault = parts.pesapal.faults.take('refund', order.debit?.phone ?? null)?.refund ?? order.fault?.refund;
  if (fault?.received !== false) receive(parts, order, amount, fault);
  if (fault?.answer) return sayInstead(fault.answer);
  return json(200, { status: '200', message: 'Refund request successfully' });
}

function paidBy({ pesapal, ledger }: Parts, receiptNumber: string): Order | undefined {
  const debit = ledger.debits.find(one => one.gateway === 'pesapal' && one.receiptNumber === receiptNumber);
  const order = debit && pesapal.orders.byTrackingId.get(debit.trackingId);
  return order && order.told.code !== 0 && order.told.code !== 2 ? order : undefined;
}

/** In what was captured: a card in whole or in part, a phone in whole. */
function fits({ debit }: Order, amount: number): boolean {
  const most = debit?.charged?.amount ?? debit?.amount ?? 0;
  return debit?.network === 'card' ? amount > 0 && amount <= most : amount === most;
}

function receive(parts: Parts, order: Order, amount: number, fault: RefundFault | undefined): void {
  const { refundApprovalSeconds } = parts.settings;
  order.refund = 'requested';
  order.refundAmount = inShillings(order, amount);
  const usualMs = refundApprovalSeconds === null ? 'never' : refundApprovalSeconds * 1_000;
  const afterMs = fault?.approvedAfterMs ?? usualMs;
  if (afterMs !== 'never') parts.clock.after(afterMs, () => void approveRefund(parts, order, fault?.silent));
  parts.changed();
}

function inShillings({ debit }: Order, amount: number): number {
  if (!debit) return 0;
  return debit.charged ? Math.round((debit.amount * amount) / debit.charged.amount) : amount;
}

/** False where nobody has asked for it, or it is done. */
export function approveRefund(parts: Parts, order: Order, silently = false): boolean {
  return order.refund === 'requested' && reverse(parts, order, order.refundAmount, silently);
}
