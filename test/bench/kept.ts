import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { stateOfProject } from '../prove/kept.ts';
import type { Bench } from './bench-kinds.ts';
import type { Part } from './benches.ts';
import type { Runs } from './measure.ts';

const RESULTS = join(import.meta.dirname, 'results'); // Ignored by git: the page is what is kept for ever.

/** The results of one bench, and where they come from. */
export interface Kept {
  at: string;
  /** A + behind it: files differed from it. What was kept first does not say it. */
  commit?: string;
  cores: number;
  processor: string;
  node: string;
  store: string;
  runs: Runs;
}

/** Asked before anything is measured: what is measured is what was there at the beginning. */
export function thisPlace(): Omit<Kept, 'at' | 'store' | 'runs'> {
  const processor = cpus()[0]?.model ?? 'unknown';
  return { commit: stateOfProject(), cores: availableParallelism(), processor, node: process.version };
}

/** The newest of each bench on each database. */
export function keep(part: Part, bench: Bench, kept: Kept): void {
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(fileOf(part, bench), JSON.stringify(kept, null, 2));
}

/** Null: never measured here. */
export function readKept(part: Part, bench: Bench): Kept | null {
  try {
    return JSON.parse(readFileSync(fileOf(part, bench), 'utf8'));
  } catch {
    return null;
  }
}

function fileOf({ store }: Part, { name }: Bench): string {
  return join(RESULTS, `${name}-${store}.json`);
}
