import type { ReportBy, SalesKey, SalesRow } from '../../shared/office/reports.ts';
import type { Em } from '../model/entities.ts';
import { type Scope, withLines } from './read-lines.ts';

type Lines = ReturnType<typeof sums>;
type Sums = Awaited<ReturnType<Lines['execute']>>[number];

/** The sales of one day as one table; its key says of which day. */
export function readSales(em: Em, by: ReportBy, day: string, scope: Scope): Promise<SalesRow[]> {
  switch (by) {
    case 'showing':
      return byShowing(em, scope);
    case 'day':
      return byDay(em, day, scope);
    case 'method':
      return byMethod(em, scope);
    case 'cashier':
      return byCashier(em, scope);
  }
}

async function byShowing(em: Em, scope: Scope): Promise<SalesRow[]> {
  const rows = await sums(em, scope)
    .leftJoin('booking', 'booking.id', 'line.booking')
    .leftJoin('showing', 'showing.id', 'booking.showing')
    .leftJoin('movie', 'movie.id', 'showing.movie')
    .select(['showing.id', 'movie.title', 'showing.startsAt', 'showing.screen'])
    .select(one => one.fn.count<number>('line.charge').as('charges'))
    .groupBy(['showing.id', 'movie.title', 'showing.startsAt', 'showing.screen'])
    .groupBy(one => one('line.charge', 'is', null))
    .execute();
  return rows.map(row => rowOf(keyOf(row), row));

  function keyOf({ id, title, startsAt, screen, charges }: (typeof rows)[number]): SalesKey {
    if (id !== null && title !== null && startsAt !== null && screen !== null)
      return { of: 'showing', showingId: id, title, startsAt: startsAt.toISOString(), screen };
    return { of: Number(charges) > 0 ? 'charges' : 'nothing' };
  }
}

/** A day on which nothing was sold is a row too. */
async function byDay(em: Em, day: string, scope: Scope): Promise<SalesRow[]> {
  return [rowOf({ of: 'day', day }, await sums(em, scope).executeTakeFirstOrThrow())];
}

async function byMethod(em: Em, scope: Scope): Promise<SalesRow[]> {
  const rows = await sums(em, scope).select(['method', 'network']).groupBy(['method', 'network']).execute();
  return rows.map(({ method, network, ...row }) => rowOf({ of: 'method', method, network }, row));
}

async function byCashier(em: Em, scope: Scope): Promise<SalesRow[]> {
  const rows = await sums(em, scope)
    .select('staff')
    .select(one => one.fn.max('line.cashier').as('name'))
    .groupBy('staff')
    .execute();
  return rows.map(({ staff, name, ...row }) =>
    rowOf(staff === null || name === null ? { of: 'online' } : { of: 'cashier', staffId: staff, name }, row),
  );
}

function sums(em: Em, scope: Scope) {
  return withLines(em, scope)
    .selectFrom('line')
    .select(one => [
      one.fn.sum<number | null>('line.gross').as('gross'),
      one.fn.sum<number | null>('line.givenBack').as('givenBack'),
      one.fn.sum<number | null>('line.sold').as('sold'),
      one.fn.sum<number | null>('line.complimentary').as('complimentary'),
      one.fn.sum<number | null>('line.admitted').as('admitted'),
    ]);
}

/** Some databases answer sums as text, and those of nothing as null. */
function rowOf(key: SalesKey, row: Sums): SalesRow {
  const gross = Number(row.gross ?? 0);
  const givenBack = Number(row.givenBack ?? 0);
  return {
    key,
    ...{ gross, givenBack, net: gross - givenBack },
    sold: Number(row.sold ?? 0),
    complimentary: Number(row.complimentary ?? 0),
    admitted: Number(row.admitted ?? 0),
  };
}
