import type { Context } from 'koa';

/** Null is an empty cell. Numbers are written with a point; whatever is a date is text such as `2026-11-22 20:30:00`. */
export type Cell = string | number | null;

const BYTE_ORDER_MARK = '\ufeff'; // By it, spreadsheets know that the text is UTF-8.
/** A spreadsheet would run these, some also behind blanks, or as wide as Chinese letters; an apostrophe in front makes them text. */
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** A table as RFC 4180 has it, that every spreadsheet opens as it was meant. */
export function writeCsv(rows: readonly (readonly Cell[])[]): string {
  return BYTE_ORDER_MARK + rows.map(row => `${row.map(writeCell).join(',')}\r\n`).join('');
}

/** To be kept as a file. */
export function sendCsv(ctx: Context, rows: readonly (readonly Cell[])[], name: string): void {
  ctx.body = writeCsv(rows);
  ctx.type = 'text/csv; charset=utf-8';
  ctx.set('Content-Disposition', `attachment; filename="${name}.csv"`);
}

function writeCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
