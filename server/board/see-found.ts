import type { Found } from '../../shared/office/booking.ts';
import type { Vault } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';

type Seen = Omit<Found, 'foundBy'>;

interface Which {
  ids: string[];
  /** A payment that started before and is still open needs somebody. */
  openSince: Date;
}

export async function seeFoundBookings(em: Em, vault: Vault, { ids, openSince }: Which): Promise<Seen[]> {
  if (ids.length === 0) return [];
  const troubled = await troubledAmong(em, 'booking', { ids, openSince });
  const rows = await query(em)
    .selectFrom('booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .innerJoin('movie', 'movie.id', 'showing.movie')
    .select(['booking.id', 'reference', 'booking.state', 'quantity', 'booking.amount', 'booking.currency'])
    .select(['customerNameSealed', 'phoneMasked', 'booking.createdAt', 'title', 'startsAt', 'screen'])
    .where('booking.id', 'in', ids)
    .execute();
  return rows.map(row => ({
    kind: 'booking',
    id: row.id,
    reference: row.reference,
    state: row.state,
    needsAttention: troubled.has(row.id),
    title: row.title,
    startsAt: row.startsAt.toISOString(),
    screen: row.screen,
    quantity: row.quantity,
    total: { amount: row.amount, currency: row.currency },
    customerName: row.customerNameSealed && vault.open(row.customerNameSealed),
    phone: row.phoneMasked,
    createdAt: row.createdAt.toISOString(),
  }));
}

export async function seeFoundCharges(em: Em, { ids, openSince }: Which): Promise<Seen[]> {
  if (ids.length === 0) return [];
  const troubled = await troubledAmong(em, 'charge', { ids, openSince });
  const rows = await query(em)
    .selectFrom('charge')
    .select(['id', 'reference', 'state', 'amount', 'currency', 'purpose', 'createdAt'])
    .where('id', 'in', ids)
    .execute();
  return rows.map(row => ({
    kind: 'charge',
    id: row.id,
    reference: row.reference,
    state: row.state,
    needsAttention: troubled.has(row.id),
    title: row.purpose,
    startsAt: null,
    screen: null,
    quantity: 1,
    total: { amount: row.amount, currency: row.currency },
    customerName: null,
    phone: null,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** Which of them have money that is due back, that belongs to nothing yet, or that nobody knows of. */
async function troubledAmong(
  em: Em,
  column: 'booking' | 'charge',
  { ids, openSince }: Which,
): Promise<Set<string | null>> {
  const owed = await query(em)
    .selectFrom('refund')
    .select(`refund.${column} as id`)
    .where(`refund.${column}`, 'in', ids)
    .where('refund.state', '!=', 'done')
    .execute();
  const silent = await query(em)
    .selectFrom('payment')
    .select(`payment.${column} as id`)
    .where(`payment.${column}`, 'in', ids)
    .where('payment.state', 'in', UNRESOLVED)
    .where('payment.closedAt', 'is', null)
    .where(one => one.or([one('frozen', '=', true), one('startedAt', '<', openSince)]))
    .execute();
  const unallocated = await query(em)
    .selectFrom('payment')
    .innerJoin('receipt', 'receipt.payment', 'payment.id')
    .select(`payment.${column} as id`)
    .where(`payment.${column}`, 'in', ids)
    .where('receipt.allocation', '=', 'unallocated')
    .where('receipt.closedAt', 'is', null)
    .execute();
  return new Set([...owed, ...silent, ...unallocated].map(({ id }) => id));
}
