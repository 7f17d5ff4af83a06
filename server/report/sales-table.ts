import { wholeShillings } from '../../shared/money.ts';
import { NETWORK_MARKS } from '../../shared/networks.ts';
import type { ReportBy, SalesKey, SalesReport, SalesRow } from '../../shared/office/reports.ts';
import type { Cell } from '../http/csv.ts';
import { writtenIn } from '../show/venue-time.ts';

const FIGURES = ['tickets sold', 'complimentary', 'admitted', 'gross', 'given back', 'net', 'currency'];
const ABOUT: Record<ReportBy, string[]> = {
  showing: ['starts at', 'title', 'screen'],
  day: ['day'],
  method: ['method', 'network'],
  cashier: ['cashier'],
};

/** For a spreadsheet: instants by the venue's clock, amounts in whole units. A sum is not in it: that is what it can make. */
export function tableOf({ by, rows, timeZone, currency }: SalesReport): Cell[][] {
  return [[...ABOUT[by], ...FIGURES], ...rows.map(row => [...about(row.key, timeZone), ...figuresOf(row), currency])];
}

function about(key: SalesKey, timeZone: string): Cell[] {
  switch (key.of) {
    case 'showing':
      return [writtenIn(timeZone, new Date(key.startsAt)), key.title, key.screen];
    case 'charges':
      return [null, 'other than places', null];
    case 'nothing':
      return [null, 'for nothing, goes back', null];
    case 'day':
      return [key.day];
    case 'method':
      return [key.method, key.network && NETWORK_MARKS[key.network].name];
    case 'cashier':
      return [key.name];
    case 'online':
      return ['online'];
  }
}

function figuresOf({ sold, complimentary, admitted, gross, givenBack, net }: SalesRow): Cell[] {
  return [sold, complimentary, admitted, ...[gross, givenBack, net].map(wholeShillings)];
}
