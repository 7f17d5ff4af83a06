import type { GatewayIds, Outcome } from '../../server/gateway/gateway.ts';
import type { Evidence } from '../../server/payment/evidence.ts';
import type { ReasonCode } from '../../shared/reasons.ts';

/** What somebody says, in the words of the product. Two places cost 100,000 cents. */
export const TOTAL = 100_000;

export function paid(receiptNumber: string | null, amount: number | null = TOTAL): Outcome {
  return { outcome: 'paid', receiptNumber, amount: amount === null ? null : { amount, currency: 'KES' }, paidAt: null };
}

const REASONS: Record<string, ReasonCode> = { 1032: 'cancelled_by_customer', 1: 'insufficient_funds' };

export function failed(code = '1032'): Outcome {
  return { outcome: 'failed', reason: REASONS[code] ?? 'phone_unreachable', code, retry: { after: 'now' } };
}

export const GOING: Outcome = { outcome: 'going', why: 'being processed' };

export const byCallback = (outcome: Outcome, ids: GatewayIds | null = null): Evidence => ({
  source: 'callback',
  ids,
  outcome,
});
export const byQuery = (outcome: Outcome): Evidence => ({ source: 'query', ids: null, outcome });

/** A booking in a few words: `confirmed 2 tickets, paid, A1 applied 100000, due late_payment 100000`. */
export function tell({ booking, payments, receipts, refunds, tickets }: Rows): string {
  return [
    tickets.length > 0 ? `${booking.state} with ${tickets.length} tickets` : booking.state,
    ...payments.map(payment => (payment.frozen ? `${payment.state} under review` : payment.state)),
    ...receipts.map(({ number, allocation, amount }) => `${number ?? 'no number'} ${allocation} ${amount}`),
    ...refunds.map(({ reason, amount }) => `${reason} ${amount}`),
  ].join(', ');
}

type Rows = Awaited<ReturnType<typeof import('./money-core.ts').seeRows>>;
