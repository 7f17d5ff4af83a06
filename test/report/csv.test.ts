import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Cell, writeCsv } from '../../server/http/csv.ts';
import { wholeShillings } from '../../shared/money.ts';

const TEXT = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '\t', ' ', "'", ';', '=', '+', '-', '@', '1', 'é', '＝') }),
);
const CELL: fc.Arbitrary<Cell> = fc.oneof(TEXT, fc.integer().map(wholeShillings), fc.constant(null));
const TABLE = fc.array(fc.array(CELL, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });
const STARTS_FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

test('whatever is written can be read back: text as it was, or behind an apostrophe, and numbers as numbers', () => {
  fc.assert(
    fc.property(TABLE, rows => {
      const read = readCsv(writeCsv(rows));
      assert.deepEqual(
        read,
        rows.map(row => row.map(written)),
      );
      for (const [at, row] of rows.entries())
        for (const [column, cell] of row.entries())
          if (typeof cell === 'number') assert.equal(Number(read[at]?.[column]), cell);
    }),
    { numRuns: 500 },
  );
});

test('no cell of text begins as a formula does, wherever it stands', () => {
  fc.assert(
    fc.property(TABLE, rows => {
      for (const [at, row] of readCsv(writeCsv(rows)).entries())
        for (const [column, text] of row.entries())
          if (typeof rows[at]?.[column] !== 'number') assert.doesNotMatch(text, STARTS_FORMULA);
    }),
    { numRuns: 500 },
  );
});

for (const text of ['=1+1', '+1', '-1+2', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '＝1', '=cmd|"/c calc"!A1'])
  test(`${JSON.stringify(text)} is text to a spreadsheet`, () => {
    assert.equal(readCsv(writeCsv([[text, 'next']]))[0]?.[0], `'${text}`);
  });

test('a negative number stays a number, and so does half a shilling', () => {
  assert.equal(writeCsv([[-100, 0.5, 1_234_567.25, 0]]), '\ufeff-100,0.5,1234567.25,0\r\n');
});

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return STARTS_FORMULA.test(cell) ? `'${cell}` : cell;
}

/** RFC 4180, read by somebody else than who wrote it. */
function readCsv(file: string): string[][] {
  assert.ok(file.startsWith('\ufeff') && file.endsWith('\r\n'));
  const rows: string[][] = [];
  let rest = file.slice(1);
  let row: string[] = [];
  while (rest !== '') {
    const [all = '', quoted, plain, end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? [];
    assert.notEqual(all, '', `not CSV: ${JSON.stringify(rest)}`);
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    rest = rest.slice(all.length);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
