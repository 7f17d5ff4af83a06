import type { Bench, Row, Target } from './bench-kinds.ts';
import { brief, type Judged, judge, type Runs } from './measure.ts';

export const HEADINGS = [
  'what',
  'ours',
  'from–to',
  'floor',
  'of the floor',
  'naive',
  'of naive',
  'must reach',
  'reached',
];

/** The rows of a bench, as text. */
export function rowsOf(bench: Bench, runs: Runs): string[][] {
  return bench.rows
    .map(row => judge(row, runs))
    .filter(judged => judged !== null)
    .map(cells);
}

function cells({ row, ours, spread, floor, naive, ofFloor, ofNaive, reached }: Judged): string[] {
  const value = (figure: number | null) => (figure === null ? '' : `${brief(figure)} ${row.unit}`);
  return [
    row.what,
    value(ours),
    `${brief(spread[0])}–${brief(spread[1])}`,
    value(floor),
    share(ofFloor, row),
    value(naive),
    ofNaive === null ? '' : `${brief(ofNaive)} ×`,
    row.targets.map(target => targetText(target, row)).join('; '),
    reached === null ? '' : reached ? 'yes' : 'no',
  ];
}

/** Throughput as a part of the floor's; what should be little as a multiple of it. */
function share(ofFloor: number | null, { unit }: Row): string {
  if (ofFloor === null) return '';
  return unit === '/s' ? `${Math.round(ofFloor * 100)} %` : `${brief(ofFloor)} ×`;
}

function targetText({ than, least, most, aim }: Target, row: Row): string {
  const sign = least === undefined ? '≤' : '≥';
  const bound = least ?? most ?? 0;
  if (than === 'figure') return `${aim ? 'aim: ' : ''}${sign} ${bound.toLocaleString('en')} ${row.unit}`;
  return `${sign} ${than === 'floor' ? `${share(bound, row)} of the floor` : `${bound} × naive`}`;
}

/** For a terminal. */
export function printTable(title: string, rows: string[][]): string {
  const all = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) => Math.max(...all.map(row => (row[column] ?? '').length)));
  const lines = all.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return `\n${title}\n${lines.map(line => `  ${line.trimEnd()}`).join('\n')}\n`;
}

/** For a page. */
export function markdownTable(rows: string[][]): string {
  const line = (row: string[]) => `| ${row.join(' | ')} |`;
  return [line(HEADINGS), line(HEADINGS.map(() => '---')), ...rows.map(line)].join('\n');
}
