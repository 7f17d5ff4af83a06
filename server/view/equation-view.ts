import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Currency } from '../../shared/money.ts';
import type { Equation, EquationReceipt, EquationTerm } from '../../shared/office/exceptions.ts';
import { type Em, query } from '../model/entities.ts';
import { GAP, moneyOfReceipts, type Span } from './equation/money-of-receipts.ts';

const SLICE = 5_000; // Receipts that SQLite adds up in about 15 ms, while nobody else is served.
const RECEIPTS_MAX = 500; // Of one term, the newest: whoever wants more has the reports.

/**
 * Where all money is that was received: applied, due back, given back, or belonging to nothing. Each receipt must come to
 * its own amount, so that no two mistakes hide each other; those that do not are counted as `broken`.
 */
export async function seeEquations(em: Em, span: Span): Promise<Equation[]> {
  if (span.from !== undefined) return inOrder(await sumUp(em, span));
  let sums: Equation[] = [];
  for await (const slice of slicesOf(em)) sums = add(sums, await sumUp(em, { ...span, slice }));
  return inOrder(sums);
}

/** All receipts that there are, the newest first; between two slices customers and gateways have their turn. */
async function* slicesOf(em: Em): AsyncGenerator<[number, number]> {
  const { last } = await query(em)
    .selectFrom('receipt')
    .select(one => one.fn.max('id').as('last'))
    .executeTakeFirstOrThrow();
  for (let upTo = Number(last ?? 0); upTo > 0; upTo -= SLICE) {
    yield [upTo - SLICE, upTo];
    await setImmediate();
  }
}

/** Each receipt stands for itself, so sums of slices are the sum, whatever happens between them. */
function add(sums: Equation[], more: Equation[]): Equation[] {
  const keyOf = ({ venueId, currency }: Equation) => `${venueId ?? 0} ${currency}`;
  const all = new Map(sums.map(one => [keyOf(one), one]));
  for (const one of more) {
    const known = all.get(keyOf(one));
    all.set(keyOf(one), known ? added(known, one) : one);
  }
  return [...all.values()];
}

/** What is nobody's comes last. */
function inOrder(sums: Equation[]): Equation[] {
  const rank = ({ venueId }: Equation) => venueId ?? Number.POSITIVE_INFINITY;
  return sums.sort((one, other) => rank(one) - rank(other) || one.currency.localeCompare(other.currency));
}

function added(one: Equation, other: Equation): Equation {
  const sum = (of: 'broken' | EquationTerm) => one[of] + other[of];
  const [received, applied, due] = [sum('received'), sum('applied'), sum('due')];
  return {
    ...one,
    received,
    applied,
    due,
    refunded: sum('refunded'),
    unallocated: sum('unallocated'),
    broken: sum('broken'),
  };
}

async function sumUp(em: Em, span: Span): Promise<Equation[]> {
  const rows = await query(em)
    .selectFrom(moneyOfReceipts(em, span).as('one'))
    .leftJoin('venue', 'venue.id', 'one.venueId')
    .select(['one.venueId', 'venue.name as venue', 'one.currency'])
    .select(({ fn }) => [
      fn.sum<number>('one.received').as('received'),
      fn.sum<number>('one.applied').as('applied'),
      fn.sum<number>('one.due').as('due'),
      fn.sum<number>('one.refunded').as('refunded'),
      fn.sum<number>('one.unallocated').as('unallocated'),
      fn.sum<number>(sql`case when ${GAP} = 0 then 0 else 1 end`).as('broken'),
    ])
    .groupBy(['one.venueId', 'venue.name', 'one.currency'])
    .execute();
  return rows.map(({ venueId, venue, currency, ...sums }) => ({
    ...{ venueId, venue, currency },
    received: Number(sums.received),
    applied: Number(sums.applied),
    due: Number(sums.due),
    refunded: Number(sums.refunded),
    unallocated: Number(sums.unallocated),
    broken: Number(sums.broken),
  }));
}

interface Term {
  currency: Currency;
  /** `broken`: those that do not add up, by how much they do not. */
  term: EquationTerm | 'broken';
}

/** The receipts that one sum is made of, the newest first. */
export async function seeTerm(em: Em, span: Span, term: Term): Promise<EquationReceipt[]> {
  if (span.from !== undefined) return readTerm(em, span, term);
  const receipts: EquationReceipt[] = [];
  for await (const slice of slicesOf(em)) {
    receipts.push(...(await readTerm(em, { ...span, slice }, term)));
    if (receipts.length >= RECEIPTS_MAX) break;
  }
  return receipts.slice(0, RECEIPTS_MAX);
}

async function readTerm(em: Em, span: Span, { currency, term }: Term): Promise<EquationReceipt[]> {
  const part = term === 'broken' ? GAP : sql<number>`${sql.ref(`one.${term}`)}`;
  const rows = await query(em)
    .selectFrom(moneyOfReceipts(em, span).as('one'))
    .select(['one.id', 'one.number', 'one.method', 'one.createdAt', 'one.reference', 'one.bookingId', 'one.received'])
    .select(part.as('part'))
    .where('one.currency', '=', currency)
    .where(part, '!=', 0)
    .orderBy('one.id', 'desc')
    .limit(RECEIPTS_MAX)
    .execute();
  return rows.map(row => ({
    receiptId: row.id,
    number: row.number,
    method: row.method,
    at: row.createdAt.toISOString(),
    reference: row.reference,
    bookingId: row.bookingId,
    amount: row.received,
    part: Number(row.part),
  }));
}
