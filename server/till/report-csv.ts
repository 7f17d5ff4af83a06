import { wholeShillings } from '../../shared/money.ts';
import type { Behind, ReportView, What } from '../../shared/office/shift-report.ts';
import type { Cell } from '../http/csv.ts';
import { writtenIn } from '../show/venue-time.ts';

const SIDES = {
  counted: 'counted in the drawer',
  expected: 'what the drawer should hold',
  terminal: 'as the card terminal has it',
  booked: 'by card, as booked',
};

/**
 * One row for each line behind each figure, so that a spreadsheet can add it all up again. Amounts are in whole units, times
 * by the venue's clock.
 */
export function tableOf(report: ReportView): Cell[][] {
  return [
    ['figure', 'shift', 'sale', 'reference', 'what', 'amount', 'currency', 'at'],
    ...sectionsOf(report).flatMap(([name, behind]) => behind.map(one => rowOf(name, one, report))),
  ];
}

function sectionsOf(report: ReportView): [string, Behind[]][] {
  const { drawer } = report;
  return [
    ...report.methods.map(({ method, taken }): [string, Behind[]] => [`received: ${method}`, taken.behind]),
    ['granted', report.granted.behind],
    ['for places', report.places.behind],
    ['for charges', report.charges.behind],
    ['goes back', report.goesBack.behind],
    ['belongs to nothing yet', report.unallocated.behind],
    ['drawer: float', drawer.float.behind],
    ['drawer: cash taken', drawer.cashTaken.behind],
    ['drawer: given back', drawer.givenBack.behind],
    ['drawer: paid in', drawer.paidIn.behind],
    ['drawer: paid out', drawer.paidOut.behind],
    ['drawer: drops', drawer.drops.behind],
    ...report.match.differences.map(({ name, behind }): [string, Behind[]] => [
      `difference: ${name.replaceAll('_', ' ')}`,
      behind,
    ]),
  ];
}

function rowOf(figure: string, { shiftId, saleId, reference, what, amount, at }: Behind, report: ReportView): Cell[] {
  const { currency, timeZone } = report;
  const moment = writtenIn(timeZone, new Date(at));
  return [figure, shiftId, saleId, reference, sentenceOf(what), wholeShillings(amount), currency, moment];
}

function sentenceOf(what: What): string {
  switch (what.kind) {
    case 'receipt':
      return `${what.method} ${what.number ?? 'without a number yet'}`;
    case 'booking':
    case 'charge':
      return `${what.kind} ${what.reference}`;
    case 'refund':
      return `refund: ${what.reason.replaceAll('_', ' ')}, ${what.state}`;
    case 'taken_back':
      return 'taken back by the gateway';
    case 'line':
      return `line ${what.line}, ${what.entry.replaceAll('_', ' ')}${what.reason === null ? '' : `: ${what.reason}`}`;
    default:
      return SIDES[what.kind];
  }
}
