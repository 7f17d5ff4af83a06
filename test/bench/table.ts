import type { Bench, Row, Target } from './bench-kinds.ts';
import { brief, type Judged, judge, type Runs } from './measure.ts';

const HEADINGS = [
  ...['what', 'ours', 'from–to', 'floor', 'of the floor', 'naive', 'of naive', 'ratio', 'must reach', 'reached'],
];

/** What a row is also shown as a multiple of, from another measurement. */
export type Beside = (row: Row) => { figure: number; called: string } | null;

/** The rows of a bench, as text. */
export function rowsOf(bench: Bench, runs: Runs, beside: Beside = () => null): string[][] {
  return bench.rows
    .map(row => judge(row, runs))
    .filter(judged => judged !== null)
    .map(judged => cells(judged, beside));
}

function cells(judged: Judged, beside: Beside): string[] {
  const { row, ours, spread, floor, naive, ofFloor, ofNaive, reached } = judged;
  const value = (figure: number | null) => (figure === null ? '' : `${brief(figure)} ${row.unit}`);
  return [
    row.what,
    value(ours),
    `${brief(spread[0])}–${brief(spread[1])}`,
    value(floor),
    share(ofFloor, row),
    value(naive),
    ofNaive === null ? '' : `${brief(ofNaive)} ×`,
    ratioText(judged, beside(row)),
    row.targets.map(target => targetText(target, row)).join('; '),
    reached === null ? '' : reached ? 'yes' : 'no',
  ];
}

/** Throughput as a part of the floor's; what should be little as a multiple of it. */
function share(ofFloor: number | null, { unit }: Row): string {
  if (ofFloor === null) return '';
  return unit === '/s' ? `${Math.round(ofFloor * 100)} %` : `${brief(ofFloor)} ×`;
}

function ratioText({ row, ours, ofBeside }: Judged, beside: ReturnType<Beside>): string {
  if (row.beside && ofBeside !== null) return `${brief(ofBeside)} × ${row.beside.called}`;
  return beside ? `${brief(ours / beside.figure)} × ${beside.called}` : '';
}

function targetText({ than, least, most, aim }: Target, row: Row): string {
  const sign = least === undefined ? '≤' : '≥';
  const bound = least ?? most ?? 0;
  if (than === 'figure') return `${aim ? 'aim: ' : ''}${sign} ${bound.toLocaleString('en')} ${row.unit}`;
  return `${sign} ${than === 'floor' ? `${share(bound, row)} of the floor` : `${bound} × naive`}`;
}

/** For a terminal. */
export function printTable(title: string, rows: string[][]): string {
  const all = said(rows);
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map(row => (row[column] ?? '').length)));
  const lines = all.map(row => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return `\n${title}\n${lines.map(line => `  ${line.trimEnd()}`).join('\n')}\n`;
}

/** For a page. */
export function markdownTable(rows: string[][]): string {
  const [headings = [], ...others] = said(rows);
  const line = (row: string[]) => `| ${row.join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...others.map(line)].join('\n');
}

/** With headings, and without columns in which nothing stands: not every bench has a floor. */
function said(rows: string[][]): string[][] {
  const isSaid = HEADINGS.map((_, column) => rows.some(row => row[column] !== ''));
  return [HEADINGS, ...rows].map(row => row.filter((_, column) => isSaid[column]));
}
