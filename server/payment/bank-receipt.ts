import type { Method } from '../../shared/views.ts';
import { isAlone } from '../database/lock.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';
import type { Paid, SettledPayment } from './evidence.ts';
import { touchReceipt } from './record-receipt.ts';

/** What became of a receipt: only a `new` one is money that was not counted yet. */
export type Banked =
  | { was: 'new'; receiptId: number }
  | { was: 'given its number' }
  | { was: 'known' }
  | { was: 'of another payment' }
  /** It was told of before, and somebody gave that to something else: whether this is the same money, they must say. */
  | { was: 'given elsewhere' };

/**
 * Counts one sum of money once. A number that was set aside before is counted by the evidence that fits; a payment that
 * a query called paid has one receipt without a number, and the first number that comes is that receipt's.
 */
export async function bankReceipt(em: Em, payment: SettledPayment, paid: Paid, now: Date): Promise<Banked> {
  const unnumbered = await findUnnumbered.first(em, { payment: payment.id });
  if (paid.receiptNumber === null) {
    if (await findDealtWith(em, payment)) return { was: 'known' };
    if (await findGivenAway(em, payment)) return { was: 'given elsewhere' };
    const waiting = payment.verifyUntil && (await setAside(em, payment));
    return waiting ? { was: 'new', receiptId: waiting.id } : insert(em, payment, paid, now);
  }
  const same = await findNumber(em, payment, paid.receiptNumber);
  if (same && same.allocation !== 'unallocated')
    return { was: same.payment === payment.id ? 'known' : 'of another payment' };
  if (unnumbered) {
    if (same) await query(em).deleteFrom('receipt').where('id', '=', same.id).execute(); // The same money, seen twice.
    await giveNumber(em, unnumbered.id, paid);
    return { was: 'given its number' };
  }
  if (same && isDealtWith(same)) return { was: same.payment === payment.id ? 'known' : 'of another payment' };
  return same ? takeOver(em, same, payment, paid) : insert(em, payment, paid, now);
}

/** Money that a person must look at: written down once, belonging to nothing. False: it is known, or says too little. */
export async function recordUnallocated(em: Em, payment: SettledPayment, paid: Paid, now: Date): Promise<boolean> {
  if (!paid.receiptNumber || !paid.amount) return false; // Nothing to write down; the callback itself is kept.
  if (await findNumber(em, payment, paid.receiptNumber)) return false;
  await query(em)
    .insertInto('receipt')
    .values({ ...row(payment, paid, now), allocation: 'unallocated' })
    .execute();
  return true;
}

/** The money of a payment that the gateway has not taken back: the one of that number, if there is one. What was counted goes before what was set aside. */
export function findKept(em: Em, paymentId: string, number: string | null) {
  return query(em)
    .selectFrom('receipt')
    .select('id')
    .where('payment', '=', paymentId)
    .where('reversedAt', 'is', null)
    .$if(number !== null, one => one.where(row => row.or([row('number', '=', number), row('number', 'is', null)])))
    .orderBy(one => one.case().when('allocation', '=', 'unallocated').then(1).else(0).end())
    .orderBy('id')
    .executeTakeFirst();
}

const findUnnumbered = prepared((em, { payment }: { payment: string }) =>
  query(em)
    .selectFrom('receipt')
    .select('id')
    .where('payment', '=', payment)
    .where('allocation', '!=', 'unallocated')
    .where('number', 'is', null),
);

/** Also by a person, or by the gateway itself: what was closed or went back is not counted again, whoever tells of it. */
function findDealtWith(em: Em, payment: SettledPayment) {
  return query(em)
    .selectFrom('receipt')
    .select('id')
    .where('payment', '=', payment.id)
    .where(one =>
      one.or([
        one('allocation', '!=', 'unallocated'),
        one('closedAt', 'is not', null),
        one('reversedAt', 'is not', null),
      ]),
    )
    .executeTakeFirst();
}

function findGivenAway(em: Em, { id }: SettledPayment) {
  return query(em).selectFrom('receipt').select('id').where('cameFor', '=', id).limit(1).executeTakeFirst();
}

function isDealtWith({ closedAt, reversedAt }: { closedAt: Date | null; reversedAt: Date | null }): boolean {
  return closedAt !== null || reversedAt !== null;
}

/** What came from a doubtful address and waits for a query to agree. */
function setAside(em: Em, payment: SettledPayment) {
  return query(em)
    .selectFrom('receipt')
    .select('id')
    .where('payment', '=', payment.id)
    .where('allocation', '=', 'unallocated')
    .where('amount', '=', payment.amount)
    .executeTakeFirst();
}

function findNumber(em: Em, { gateway }: SettledPayment, number: string) {
  return findByNumber.first(em, { gateway, number });
}

const findByNumber = prepared(
  (em, { gateway, number }: { gateway: Method; number: string }) =>
    query(em)
      .selectFrom('receipt')
      .select(['id', 'payment', 'cameFor', 'allocation', 'closedAt', 'reversedAt'])
      .where('gateway', '=', gateway)
      .where('number', '=', number)
      .$if(!isAlone(em), one => one.forNoKeyUpdate()), // Another payment may be about to take it over.
);

async function insert(em: Em, payment: SettledPayment, paid: Paid, now: Date): Promise<Banked> {
  const { id } = await insertReceipt.one(em, { ...row(payment, paid, now), allocation: 'unallocated' });
  return { was: 'new', receiptId: id };
}

type NewReceipt = ReturnType<typeof row> & { allocation: 'unallocated' };

const insertReceipt = prepared((em, receipt: NewReceipt) =>
  query(em).insertInto('receipt').values(receipt).returning('id'),
);

async function giveNumber(em: Em, receiptId: number, { receiptNumber, paidAt }: Paid) {
  await query(em).updateTable('receipt').set({ number: receiptNumber, paidAt }).where('id', '=', receiptId).execute();
}

type Known = NonNullable<Awaited<ReturnType<typeof findNumber>>>;

async function takeOver(
  em: Em,
  { id: receiptId, ...same }: Known,
  payment: SettledPayment,
  paid: Paid,
): Promise<Banked> {
  const { amount, currency } = paid.amount ?? payment;
  const cameFor = same.payment === payment.id ? same.cameFor : same.payment;
  await query(em)
    .updateTable('receipt')
    .set({ payment: payment.id, cameFor, amount, currency, paidAt: paid.paidAt })
    .where('id', '=', receiptId)
    .execute();
  await touchReceipt(em, receiptId);
  return { was: 'new', receiptId };
}

/** A query tells no amount: then it is what was asked for. */
function row(payment: SettledPayment, { receiptNumber, amount, paidAt }: Paid, now: Date) {
  const sum = amount ?? payment;
  return {
    gateway: payment.gateway,
    number: receiptNumber,
    payment: payment.id,
    amount: sum.amount,
    currency: sum.currency,
    paidAt,
    createdAt: now,
  };
}
