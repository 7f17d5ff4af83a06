import type { SalesReport } from '../../shared/office/reports.ts';
import { nameBar, nameRow, type ReportWords, writePeriod } from './row-words.ts';

const LYING_MAX = 20; // Below that, a list of bars is longer than a phone.

/** What a chart draws: of each bar all that was received, and what stayed of it, in minor units. */
export interface Bars {
  bars: { names: string[]; gross: number; net: number }[];
  /** Days stand side by side, as time goes; everything else lies one below the other, because it has names. */
  standing: boolean;
  /** The chart in words. */
  description: string;
  write(amount: number): string;
  /** Without the currency, for an axis. */
  writeShort(amount: number): string;
}

/** Null where there is nothing to draw. Of too many, only the largest are drawn. */
export function barsOf(report: SalesReport, words: ReportWords): Bars | null {
  const standing = report.by === 'day';
  const sorted = report.rows.toSorted((one, other) => other.gross - one.gross).filter(({ gross }) => gross > 0);
  const [most] = sorted;
  if (!most) return null;
  const drawn = standing ? report.rows : report.rows.filter(row => sorted.slice(0, LYING_MAX).includes(row));
  const write = (amount: number) => words.money({ amount, currency: report.currency });
  return {
    bars: drawn.map(({ key, gross, net }) => ({ names: nameBar(key, report, words), gross, net })),
    standing,
    description: words.say('chart', {
      title: words.say(`title_${report.by}`),
      period: writePeriod(report, words),
      total: write(report.total.net),
      most: words.say('mostOf', {
        label: nameRow(most.key, report, words).filter(Boolean).join(', '),
        amount: write(most.net),
      }),
    }),
    write,
    writeShort: amount => write(amount).replace(/^\S+\s/, ''),
  };
}
