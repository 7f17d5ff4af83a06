import type { Behind, Figure, What } from '../../shared/office/shift-report.ts';
import { type Em, query } from '../model/entities.ts';

/** Whose money: of a shift, as far as it was taken before its seal, or what no shift took, in a time at a venue. */
export type Scope = { shift: number; until: Date | null } | { venue: number; from: Date; to: Date };

/** What was received, and what became of it: each sum with all that is behind it. */
export interface ReadMoney {
  receipts: MoneyRow[];
  places: Figure;
  charges: Figure;
  goesBack: Figure;
}
export type MoneyRow = Awaited<ReturnType<typeof readReceipts>>[number];

/** A grant is no money: only its receipt is told. */
export async function readMoney(em: Em, scope: Scope): Promise<ReadMoney> {
  const receipts = await readReceipts(em, scope);
  const money = new Map(receipts.filter(row => row.method !== 'complimentary').map(row => [row.id, row]));
  const shares = await readShares(em, [...money.keys()]);
  const refunds = await readRefunds(em, [...money.keys()]);
  const kept = shares.filter(({ receipt }) => !money.get(receipt)?.reversedAt);
  const takenBack = shares.filter(({ receipt }) => money.get(receipt)?.reversedAt);
  const behind = (row: { receipt: number; amount: number }, what: What) =>
    behindOf(money.get(row.receipt), what, row.amount);
  return {
    receipts,
    places: figure(
      kept.flatMap(row => {
        const reference = row.bookingReference;
        const told = behind(row, { kind: 'booking', reference: reference ?? '' });
        return reference === null ? [] : [{ ...told, bookingId: row.booking }];
      }),
    ),
    charges: figure(
      kept.flatMap(row => {
        const reference = row.chargeReference;
        return reference === null ? [] : [behind(row, { kind: 'charge', reference })];
      }),
    ),
    goesBack: figure([
      ...refunds.map(row => behind(row, { kind: 'refund', reason: row.reason, state: row.state })),
      ...takenBack.map(row => behind(row, { kind: 'taken_back' })),
    ]),
  };
}

export function figure(behind: Behind[]): Figure {
  return { amount: behind.reduce((sum, { amount }) => sum + amount, 0), behind };
}

/** A receipt behind a figure, by its own number. */
export const receiptBehind = (row: MoneyRow): Behind =>
  behindOf(row, { kind: 'receipt', method: row.method, number: row.number }, row.amount);

function behindOf(row: MoneyRow | undefined, what: What, amount: number): Behind {
  const at = (row?.createdAt ?? new Date(0)).toISOString();
  return {
    saleId: row?.sale ?? null,
    reference: row?.reference ?? null,
    bookingId: row?.booking ?? null,
    what,
    amount,
    at,
    shiftId: row?.shift ?? null,
  };
}

async function readReceipts(em: Em, scope: Scope) {
  const all = query(em)
    .selectFrom('receipt')
    .innerJoin('payment', 'payment.id', 'receipt.payment')
    .leftJoin('shift', 'shift.id', 'payment.shift')
    .leftJoin('sale', 'sale.id', 'payment.sale')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .leftJoin('showing', 'showing.id', 'booking.showing')
    .leftJoin('charge', 'charge.id', 'payment.charge')
    .select(['receipt.id', 'receipt.gateway as method', 'number', 'receipt.amount', 'allocation', 'reversedAt'])
    .select(['receipt.createdAt', 'payment.id as payment', 'payment.shift', 'payment.sale', 'payment.booking'])
    .select(['sale.reference as saleReference', 'booking.reference as bookingReference'])
    .select('charge.reference as chargeReference')
    .orderBy('receipt.id');
  const rows = await within(all, scope).execute();
  return rows.map(({ saleReference, bookingReference, chargeReference, ...row }) => ({
    ...row,
    reference: saleReference ?? bookingReference ?? chargeReference,
  }));

  function within(receipts: typeof all, to: Scope): typeof all {
    if ('shift' in to) {
      const taken = receipts.where('payment.shift', '=', to.shift);
      return to.until === null ? taken : taken.where('receipt.createdAt', '<=', to.until);
    }
    return receipts
      .where('receipt.createdAt', '>=', to.from)
      .where('receipt.createdAt', '<', to.to)
      .where(one =>
        one.or([
          one('sale.venue', '=', to.venue),
          one('showing.venue', '=', to.venue),
          one('charge.venue', '=', to.venue),
        ]),
      )
      .where(one =>
        one.or([one('payment.shift', 'is', null), one('receipt.createdAt', '>', one.ref('shift.sealedAt'))]),
      );
  }
}

function readShares(em: Em, receipts: number[]) {
  if (receipts.length === 0) return [];
  return query(em)
    .selectFrom('share')
    .leftJoin('booking', 'booking.id', 'share.booking')
    .leftJoin('charge', 'charge.id', 'share.charge')
    .select(['share.receipt', 'share.amount', 'share.booking', 'share.charge'])
    .select(['booking.reference as bookingReference', 'charge.reference as chargeReference'])
    .where('share.receipt', 'in', receipts)
    .where('share.refund', 'is', null)
    .orderBy('share.id')
    .execute();
}

function readRefunds(em: Em, receipts: number[]) {
  if (receipts.length === 0) return [];
  return query(em)
    .selectFrom('refund')
    .select(['receipt', 'amount', 'reason', 'state'])
    .where('receipt', 'in', receipts)
    .orderBy('createdAt')
    .execute();
}
