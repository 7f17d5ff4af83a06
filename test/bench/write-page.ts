import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench-kinds.ts';
import type { Runs } from './measure.ts';
import { ROOT } from './processes.ts';
import { markdownTable, rowsOf } from './table.ts';

/** The results of one bench, and where they come from. */
export interface Kept {
  at: string;
  cores: number;
  processor: string;
  node: string;
  store: string;
  runs: Runs;
}

export function hereAndNow(): Omit<Kept, 'store' | 'runs'> {
  const processor = cpus()[0]?.model ?? 'unknown';
  return { at: new Date().toISOString(), cores: availableParallelism(), processor, node: process.version };
}

const INTRODUCTION = `# How fast it is

Written by \`npm run bench -- --write\`; nothing here is typed by hand but the paragraphs below the tables, which stand beside the benches in [test/bench/](../test/bench/bench.ts). The load comes from other processes on the same machine, so the processor is shared with it: ratios say more than figures.

*Ours* is the server as it is started, in one process, with every commit on the disk before anybody is answered. The *floor* is the same HTTP, the same commits and the same statements with nothing of ours around them: what no design on these libraries can beat by much. *Naive* is how one would write it first: entities, one unit of work and one commit a request; or a browser that asks every five seconds. They run in turn, again and again, each time on a database of its own; figures are medians, ratios are medians of what was measured side by side. After each load the invariants are checked in the database: a figure with a broken one is not printed.
`;

export function writePage(benches: readonly Bench[], read: (bench: Bench) => Kept | null): void {
  const parts = benches.flatMap(bench => {
    const kept = read(bench);
    return kept ? [sectionOf(bench, kept)] : [];
  });
  writeFileSync(join(ROOT, 'docs/performance.md'), `${INTRODUCTION}\n${parts.join('\n')}`);
  console.log(`docs/performance.md has ${parts.length} of ${benches.length} benches`);
}

function sectionOf(bench: Bench, { at, cores, processor, node, store, runs }: Kept): string {
  const times = runs.ours?.length ?? 0;
  const where = `${store}, ${cores} cores (${processor}), Node ${node}, ${at.slice(0, 10)}, ${times} ${times === 1 ? 'run' : 'runs'}.`;
  return `## ${bench.name}

${bench.about} ${where}

${markdownTable(rowsOf(bench, runs))}

${bench.limits.replaceAll('\n', ' ').replaceAll('  ', '\n\n')}
`;
}
