import { type Bench, type Row, type Setting, SIDES, type SideName, type Target } from './bench-kinds.ts';

const RUNS = 5;

/** What each side came to, run by run. */
export type Runs = Partial<Record<SideName, Record<string, number>[]>>;

/** One after another, again and again: whatever else this machine does meets all sides alike. */
export async function measure(bench: Bench, setting: Setting, runs = bench.runs ?? RUNS): Promise<Runs> {
  const all: Runs = {};
  for (let run = 1; run <= runs; run++)
    for (const side of SIDES) {
      const once = bench.sides[side];
      if (!once) continue;
      setting.say(`${bench.name}: ${side}, ${run} of ${runs}`);
      const figures = await once(setting);
      all[side] = [...(all[side] ?? []), figures];
      setting.say(`${bench.name}: ${side}, ${run} of ${runs}: ${told(bench, figures)}`);
    }
  return all;
}

function told({ rows }: Bench, figures: Record<string, number>): string {
  return rows
    .filter(({ figure }) => figures[figure] !== undefined)
    .map(({ figure, unit }) => `${figure} ${brief(figures[figure] ?? 0)} ${unit}`)
    .join(', ');
}

/** Three digits that say something. */
export function brief(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export interface Judged {
  row: Row;
  /** Medians. */
  ours: number;
  floor: number | null;
  naive: number | null;
  /** The least and the most of ours. */
  spread: [number, number];
  /** Medians of what ours was of another side in the same run. */
  ofFloor: number | null;
  ofNaive: number | null;
  /** The same for the figure that it is shown beside. */
  ofBeside: number | null;
  reached: boolean | null;
}

/** Null where a row has no figures: a bench may leave some out. */
export function judge(row: Row, runs: Runs): Judged | null {
  const values = (side: SideName, figure = row.figure) =>
    (runs[side] ?? []).map(figures => figures[figure]).filter(one => one !== undefined);
  const [ours, floor, naive] = [values('ours'), values('floor'), values('naive')];
  if (ours.length === 0) return null;
  const share = (others: number[]) =>
    others.length === 0 ? null : median(ours.map((one, run) => one / (others[run] ?? NaN)));
  const judged = {
    ...{ row, ours: median(ours), spread: [Math.min(...ours), Math.max(...ours)] as [number, number] },
    floor: floor.length === 0 ? null : median(floor),
    naive: naive.length === 0 ? null : median(naive),
    ...{ ofFloor: share(floor), ofNaive: share(naive) },
    ofBeside: row.beside ? share(values('ours', row.beside.figure)) : null,
  };
  const firm = row.targets.filter(({ aim }) => !aim);
  return { ...judged, reached: firm.length === 0 ? null : firm.every(target => isReached(target, judged)) };
}

function isReached({ than, least, most }: Target, { ours, ofFloor, ofNaive }: Omit<Judged, 'reached'>): boolean {
  const value = { figure: ours, floor: ofFloor, naive: ofNaive }[than];
  return value !== null && (least === undefined || value >= least) && (most === undefined || value <= most);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  return (low + high) / 2;
}
