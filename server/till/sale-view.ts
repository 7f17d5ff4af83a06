import type { SalePayment, SaleView } from '../../shared/office/till.ts';
import { type Em, query } from '../model/entities.ts';
import { saleOf } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';
import { outstandingOf, readParts } from '../payment/read-parts.ts';
import type { Seeing } from '../view/next-push.ts';
import { seePayment } from '../view/payment-view.ts';
import { seeLine } from './sale-line-view.ts';

export interface SeeingSales extends Seeing {
  publicUrl: string;
}

/** A sale as the box office of its venue sees it; undefined when there is none. */
export async function seeSale(em: Em, saleId: string, seeing: SeeingSales): Promise<SaleView | undefined> {
  const sale = await readSale(em, saleId);
  if (!sale) return undefined;
  const { currency } = sale;
  const parts = await readParts(em, saleOf(saleId));
  const lines = await Promise.all(parts.map(part => seeLine(em, part, { currency, publicUrl: seeing.publicUrl })));
  const kept = parts.filter(({ state }) => state !== 'lapsed' && state !== 'cancelled');
  const sum = (amounts: number[]) => ({ amount: amounts.reduce((all, one) => all + one, 0), currency });
  return {
    now: seeing.now.toISOString(),
    saleId,
    reference: sale.reference,
    version: sale.version,
    state: sale.state,
    venueId: sale.venue,
    shiftId: sale.shift,
    cashier: sale.cashier,
    createdAt: sale.createdAt.toISOString(),
    total: sum(kept.map(({ total }) => total)),
    paid: sum(parts.map(({ applied }) => applied)),
    outstanding: sum(parts.map(outstandingOf)),
    lines,
    payments: await seePayments(em, saleId, seeing),
    refunds: await seeRefunds(em, saleId),
  };
}

function readSale(em: Em, saleId: string) {
  return query(em)
    .selectFrom('sale')
    .select(['reference', 'version', 'state', 'venue', 'shift', 'cashier', 'currency', 'createdAt'])
    .where('id', '=', saleId)
    .executeTakeFirst();
}

async function seePayments(em: Em, saleId: string, seeing: Seeing): Promise<SalePayment[]> {
  const rows = await query(em)
    .selectFrom('payment')
    .select(['id', 'leftAt', 'claimedNumber', 'currency'])
    .where('id', 'in', paymentsFor(em, saleOf(saleId)))
    .orderBy('startedAt')
    .orderBy('id')
    .execute();
  const payments: SalePayment[] = [];
  for (const { id, leftAt, claimedNumber, currency } of rows) {
    const payment = await seePayment(em, id, seeing);
    const { given = null, change = null } = (await readCash(em, id)) ?? {};
    const money = (amount: unknown) => (typeof amount === 'number' ? { amount, currency } : null);
    if (payment)
      payments.push({ ...payment, isLeft: leftAt !== null, claimedNumber, given: money(given), change: money(change) });
  }
  return payments;
}

/** What the journal says of the notes that changed hands. */
async function readCash(em: Em, paymentId: string) {
  const line = await query(em)
    .selectFrom('journal_entry')
    .select('details')
    .where('payment', '=', paymentId)
    .where('kind', '=', 'cash_taken')
    .executeTakeFirst();
  return line?.details;
}

/** Of the sale, and of what is in it. */
async function seeRefunds(em: Em, saleId: string): Promise<SaleView['refunds']> {
  const rows = await query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .select(['refund.id', 'receipt.gateway', 'refund.amount', 'refund.currency', 'refund.state', 'reason'])
    .where('receipt.payment', 'in', paymentsFor(em, saleOf(saleId)))
    .orderBy('refund.createdAt')
    .orderBy('receipt.id')
    .execute();
  return rows.map(({ id, gateway, amount, currency, state, reason }) => {
    return { refundId: id, method: gateway, amount: { amount, currency }, state, reason };
  });
}
