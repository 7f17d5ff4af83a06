import { later } from '../../shared/clock.ts';
import { REASONS } from '../../shared/reasons.ts';
import type { PaymentView, RefundView } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';
import { paymentsFor, preparedFor } from '../model/payments-for.ts';
import { prepared } from '../model/prepared.ts';
import { nextPushFor, type Seeing } from './next-push.ts';

/** One payment, for the answer to the request that started it. */
export async function seePayment(em: Em, paymentId: string, seeing: Seeing): Promise<PaymentView | undefined> {
  const payment = await findPayment.first(em, { paymentId });
  return payment && presentPayment(em, payment, seeing);
}

/** The payment that whoever looks at a booking or a charge wants to know of; null when there was none. */
export async function seeShownPayment(em: Em, paidFor: PaidFor, seeing: Seeing): Promise<PaymentView | null> {
  const payment = await readShownPayment(em, paidFor, seeing.now);
  return payment ? presentPayment(em, payment, seeing) : null;
}

function payments(em: Em) {
  return query(em)
    .selectFrom('payment')
    .leftJoin('receipt', join =>
      join.onRef('receipt.payment', '=', 'payment.id').on('receipt.allocation', '!=', 'unallocated'),
    )
    .select([
      'payment.id',
      'payment.gateway',
      'state',
      'payment.amount',
      'payment.currency',
      'phoneMasked',
      'phoneHash',
    ])
    .select(['startedAt', 'promptEndsAt', 'reason', 'live', 'liveUntil', 'frozen', 'redirectUrl', 'network', 'number'])
    .orderBy('startedAt', 'desc')
    .orderBy('receipt.id');
}

const findPayment = prepared((em, { paymentId }: { paymentId: string }) =>
  payments(em).where('payment.id', '=', paymentId),
);

const findFor = preparedFor((em, paidFor) => payments(em).where('payment.id', 'in', paymentsFor(em, paidFor)));

type PaymentRow = Awaited<ReturnType<ReturnType<typeof payments>['execute']>>[number];

/** The paid one, else the live one, else the newest. */
async function readShownPayment(em: Em, paidFor: PaidFor, now: Date): Promise<PaymentRow | undefined> {
  const rows = await findFor.all(em, paidFor, {});
  return rows.find(row => row.state === 'paid') ?? rows.find(row => row.live && row.liveUntil > now) ?? rows[0];
}

async function presentPayment(em: Em, row: PaymentRow, seeing: Seeing): Promise<PaymentView> {
  const reason = row.frozen ? 'under_review' : row.reason;
  return {
    paymentId: row.id,
    gateway: row.gateway,
    network: row.network,
    state: row.state,
    amount: { amount: row.amount, currency: row.currency },
    phone: row.phoneMasked,
    startedAt: row.startedAt.toISOString(),
    promptEndsAt: row.promptEndsAt?.toISOString() ?? null,
    retryAfter: (await retryAfter(em, row, seeing))?.toISOString() ?? null,
    redirectUrl: row.state === 'pending' && row.live ? row.redirectUrl : null,
    receiptNumber: row.number,
    reason: reason && { code: reason, text: REASONS[reason].en },
  };
}

/** The instant from which this phone may really be asked for this amount again; null once there is nothing to retry. */
async function retryAfter(em: Em, row: PaymentRow, seeing: Seeing): Promise<Date | null> {
  const { phoneHash, amount } = row;
  if (row.state === 'paid' || row.state === 'reversed' || row.phoneMasked === null || phoneHash === null) return null;
  return later(row.live ? row.liveUntil : row.startedAt, await nextPushFor(em, { phoneHash, amount }, seeing));
}

/** The money of a booking or a charge that is on its way back. */
export async function seeRefunds(em: Em, paidFor: PaidFor): Promise<RefundView[]> {
  const { column, id } = columnOf(paidFor);
  const rows = await REFUNDS_OF[column].all(em, { id });
  return rows.map(({ amount, currency, state, reason }) => ({ amount: { amount, currency }, state, reason }));
}

const refundsBy = (column: 'booking' | 'charge' | 'sale') =>
  prepared((em, { id }: { id: string }) =>
    query(em)
      .selectFrom('refund')
      .select(['amount', 'currency', 'state', 'reason'])
      .where(column, '=', id)
      .orderBy('createdAt'),
  );

const REFUNDS_OF = { booking: refundsBy('booking'), charge: refundsBy('charge'), sale: refundsBy('sale') };
