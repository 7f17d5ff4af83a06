import { wholeShillings } from '../../shared/money.ts';
import type { Behind, ReportView } from '../../shared/office/shifts.ts';

const BYTE_ORDER_MARK = '\ufeff'; // By it, spreadsheets know that the text is UTF-8.
const FORMULA = /^[=+\-@\t\r]/; // A spreadsheet would run these; an apostrophe in front makes them text.

/** One row for each line behind each figure, so that a spreadsheet can add it all up again. Amounts are in whole units. */
export function csvOf(report: ReportView): string {
  const rows = [
    ['figure', 'shift', 'sale', 'reference', 'what', 'amount', 'currency', 'at'],
    ...sectionsOf(report).flatMap(([name, behind]) => behind.map(one => rowOf(name, one, report.currency))),
  ];
  return `${BYTE_ORDER_MARK}${rows.map(row => row.map(cell).join(',')).join('\r\n')}\r\n`;
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
    ...report.match.differences.map(({ name, behind }): [string, Behind[]] => [`difference: ${name}`, behind]),
  ];
}

function rowOf(figure: string, { shiftId, saleId, reference, what, amount, at }: Behind, currency: string) {
  return [figure, shiftId, saleId, reference, what, wholeShillings(amount), currency, at];
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
