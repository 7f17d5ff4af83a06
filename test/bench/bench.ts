import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Setting } from './bench-kinds.ts';
import { cluster } from './benches/cluster.ts';
import { BENCHES } from './benches.ts';
import { measure, type Runs } from './measure.ts';
import { STORES } from './stores.ts';
import { printTable, rowsOf } from './table.ts';
import { hereAndNow, type Kept, writePage } from './write-page.ts';

const RESULTS = join(import.meta.dirname, 'results');

/**
 * How fast it is: `npm run bench [-- NAME …]`. `--quick` measures little and proves little; `--runs` says how often;
 * `--profile FOLDER` keeps what the processor did; `--postgres` takes that database instead of SQLite, and `--cluster` measures several processes on it; `--write` writes
 * docs/performance.md from all results of this machine, the newest of each bench.
 */
const flag = { type: 'boolean', default: false } as const;
const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: flag, write: flag, runs: text, profile: text, postgres: flag, cluster: flag },
});
const all = values.cluster ? [cluster] : values.postgres ? BENCHES.map(onlyOurs) : BENCHES;
const chosen = all.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const kind = values.postgres || values.cluster ? 'postgres' : 'sqlite';
const unknown = positionals.filter(name => !all.some(bench => bench.name === name));
if (unknown.length > 0) throw new Error(`There is no bench ${unknown}: take ${all.map(({ name }) => name).join(', ')}`);

mkdirSync(RESULTS, { recursive: true });
const store = STORES[kind]();
const setting: Setting = {
  ...{ store, isQuick: values.quick, profileFolder: values.profile ?? null },
  say: progress => console.log(`  ${new Date().toTimeString().slice(0, 8)}  ${progress}`),
};
const tables: string[] = [];
const broken: string[] = [];
try {
  for (const bench of chosen) await run(bench);
} finally {
  await store.close();
}
for (const table of tables) console.log(table);
for (const failure of broken) console.error(failure);
if (broken.length > 0) process.exitCode = 1;
if (values.write) writePage(BENCHES, readKept);

/** A bench that breaks something has no figures, and the others go on. */
async function run(bench: Bench) {
  try {
    const runs = await measure(bench, setting, values.runs ? Number(values.runs) : values.quick ? 1 : undefined);
    tables.push(printTable(`${bench.name}, ${store.name}`, rowsOf(bench, runs)));
    if (!values.quick) keep(bench, runs);
  } catch (error) {
    broken.push(`${bench.name}: ${error instanceof Error ? error.message : error}`);
  }
}

/** What we are measured against knows SQLite only. */
function onlyOurs({ sides: { ours }, ...bench }: Bench): Bench {
  return { ...bench, sides: { ...(ours && { ours }) } };
}

function fileOf({ name }: Bench): string {
  return join(RESULTS, `${name}-${kind}.json`);
}

function keep(bench: Bench, runs: Runs) {
  const kept: Kept = { ...hereAndNow(), store: store.name, runs };
  writeFileSync(fileOf(bench), JSON.stringify(kept, null, 2));
}

function readKept(bench: Bench): Kept | null {
  try {
    return JSON.parse(readFileSync(fileOf(bench), 'utf8'));
  } catch {
    return null; // Never measured here.
  }
}
