import { setImmediate } from 'node:timers/promises';
import type { ReportBy, SalesFigures, SalesReport, SalesRow } from '../../shared/office/reports.ts';
import { METHODS } from '../../shared/views.ts';
import type { Em } from '../model/entities.ts';
import { boundsOf } from '../till/day-report.ts';
import { daysOf, type Period } from './period-asked.ts';
import { readSales } from './read-sales.ts';

export interface Venue {
  id: number;
  name: string;
  timeZone: string;
  currency: SalesReport['currency'];
}

/** The sales of a period in one table, day by day: a year is read in many small steps, between which others are served. */
export async function drawUpSales(
  em: Em,
  { venue, by, period }: { venue: Venue; by: ReportBy; period: Period },
  now: Date,
): Promise<SalesReport> {
  const rows = new Map<string, SalesRow>();
  for (const day of daysOf(period)) {
    const scope = { venueId: venue.id, ...boundsOf(venue.timeZone, day) };
    for (const row of await readSales(em, by, day, scope)) {
      const name = nameOf(row);
      const known = rows.get(name);
      rows.set(name, known ? { key: row.key, ...add(known, row) } : row);
    }
    await setImmediate();
  }
  const told = [...rows.values()].filter(row => row.key.of === 'day' || isSomething(row));
  return {
    now: now.toISOString(),
    by,
    ...{ venueId: venue.id, venue: venue.name, timeZone: venue.timeZone, currency: venue.currency },
    ...period,
    rows: told.sort((one, other) => orderOf(one).localeCompare(orderOf(other))),
    total: told.reduce<SalesFigures>(add, NOTHING),
  };
}

const NOTHING = { gross: 0, givenBack: 0, net: 0, sold: 0, complimentary: 0, admitted: 0 };

function add(one: SalesFigures, other: SalesFigures): SalesFigures {
  return {
    gross: one.gross + other.gross,
    givenBack: one.givenBack + other.givenBack,
    net: one.net + other.net,
    sold: one.sold + other.sold,
    complimentary: one.complimentary + other.complimentary,
    admitted: one.admitted + other.admitted,
  };
}

function isSomething({ gross, givenBack, sold, complimentary, admitted }: SalesFigures): boolean {
  return [gross, givenBack, sold, complimentary, admitted].some(figure => figure !== 0);
}

/** Of two rows about the same thing. */
function nameOf({ key }: SalesRow): string {
  switch (key.of) {
    case 'showing':
      return `showing ${key.showingId}`;
    case 'method':
      return `method ${key.method} ${key.network}`;
    case 'cashier':
      return `cashier ${key.staffId}`;
    case 'day':
      return `day ${key.day}`;
    case 'charges':
    case 'nothing':
    case 'online':
      return key.of;
  }
}

/** Showings and days as time goes, cashiers by name; what is none of them comes last. */
function orderOf({ key }: SalesRow): string {
  switch (key.of) {
    case 'showing':
      return `1 ${key.startsAt} ${key.title} ${key.showingId}`;
    case 'method':
      return `1 ${METHODS.indexOf(key.method)} ${key.network}`;
    case 'cashier':
      return `1 ${key.name}`;
    case 'day':
      return `1 ${key.day}`;
    case 'charges':
    case 'online':
      return '2';
    case 'nothing':
      return '3';
  }
}
