import * as v from 'valibot';
import {
  REPORTS_BY,
  type ReportBy,
  type SalesFigures,
  type SalesReport,
  SalesReportAnswer,
} from '../../shared/office/reports.ts';
import type { Person } from '../support/people.ts';

type Reader = Pick<Person, 'does'>;

export async function salesOf(who: Reader, by: ReportBy, wish = ''): Promise<SalesReport> {
  return v.parse(SalesReportAnswer, await who.does('GET', `/reports/${by}${wish}`)).report;
}

export async function allSalesOf(who: Reader, wish = ''): Promise<Record<ReportBy, SalesReport>> {
  const tables = await Promise.all(REPORTS_BY.map(async by => [by, await salesOf(who, by, wish)] as const));
  return Object.fromEntries(tables) as Record<ReportBy, SalesReport>;
}

/** The table in a few words: `cash 1000-0, 2+0 tickets, 0 in`. */
export function tell({ rows }: Pick<SalesReport, 'rows'>): string[] {
  return rows.map(row => `${nameOf(row.key)} ${tellFigures(row)}`);
}

export function tellFigures({ gross, givenBack, sold, complimentary, admitted }: SalesFigures): string {
  return `${gross / 100}-${givenBack / 100}, ${sold}+${complimentary} tickets, ${admitted} in`;
}

function nameOf(key: SalesReport['rows'][number]['key']): string {
  switch (key.of) {
    case 'showing':
      return key.screen;
    case 'day':
      return key.day;
    case 'method':
      return key.method;
    case 'cashier':
      return key.name;
    default:
      return key.of;
  }
}
