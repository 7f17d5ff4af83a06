import { lockRefund } from '../booking/lock-paid-for.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { closeRefund } from '../payment/settle-refund.ts';
import { writeJournal } from './write-journal.ts';

interface Giving {
  refundId: string;
  shift: number;
  actor: string;
  approver: string | null;
}

/** Money that is due goes back from the drawer, here and now: the refund is done, and the journal says from where. */
export async function giveCashBack(em: Em, { refundId, shift, actor, approver }: Giving, now: Date): Promise<void> {
  await lockRefund(em, refundId);
  const refund = await readRefund(em, refundId);
  if (!refund) throw new ProblemError('not_found', { detail: 'There is no such refund' });
  if (refund.state !== 'due' && refund.state !== 'failed')
    throw new ProblemError('not_possible_now', { detail: `This refund is ${refund.state}` });
  const proof = `cash from the drawer of shift ${shift}, approved by ${approver ?? actor}`;
  await closeRefund(em, refundId, { state: 'done', actor: `staff:${actor}`, proof }, now);
  await writeJournal(em, {
    ...{ shift, at: now, kind: 'cash_given_back', cash: -refund.amount, actor, approver },
    ...(refund.paidSale !== null && { sale: refund.paidSale }),
    ...(refund.payment !== null && { payment: refund.payment }),
    details: { refund: refundId, reason: refund.reason, method: refund.gateway },
  });
}

export function readRefund(em: Em, refundId: string) {
  return query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .leftJoin('payment', 'payment.id', 'receipt.payment')
    .leftJoin('booking', 'booking.id', 'refund.booking')
    .leftJoin('showing', 'showing.id', 'booking.showing')
    .leftJoin('charge', 'charge.id', 'refund.charge')
    .leftJoin('sale', 'sale.id', 'refund.sale')
    .select(['refund.amount', 'refund.currency', 'refund.state', 'refund.reason', 'receipt.gateway', 'receipt.payment'])
    .select(['payment.sale as paidSale', 'showing.venue as showingVenue', 'charge.venue as chargeVenue'])
    .select('sale.venue as saleVenue')
    .where('refund.id', '=', refundId)
    .executeTakeFirst();
}
