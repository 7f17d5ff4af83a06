import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench, Setting } from './bench-kinds.ts';
import { PARTS, type Part } from './benches.ts';
import { keep, readKept, thisPlace } from './kept.ts';
import { measure } from './measure.ts';
import { ROOT } from './processes.ts';
import { STORES, type Store } from './stores.ts';
import { printTable, rowsOf } from './table.ts';
import { writePage } from './write-page.ts';

/**
 * How fast it is: `npm run bench [-- NAME …]`. `--quick` measures little and proves little; `--runs` says how often;
 * `--profile FOLDER` keeps what the processor did; `--postgres` takes that database instead of SQLite, and `--cluster`
 * measures several processes on it; `--write` writes docs/performance.md from all results of this machine, the newest of
 * each bench on each database, and `--only-write` measures nothing before.
 */
const flag = { type: 'boolean', default: false } as const;
const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ quick: flag, runs: text, profile: text, postgres: flag, cluster: flag, write: flag, 'only-write': flag },
  },
});
const part: Part = values.cluster ? PARTS.cluster : values.postgres ? PARTS.postgres : PARTS.sqlite;
const unknown = positionals.filter(name => !part.benches.some(bench => bench.name === name));
if (unknown.length > 0)
  throw new Error(`There is no bench ${unknown} here: take ${part.benches.map(({ name }) => name).join(', ')}`);
if (!values['only-write']) await measureAll(positionals.length === 0 ? part.benches : part.benches.filter(isNamed));
if (values.write || values['only-write']) writeFileSync(join(ROOT, 'docs/performance.md'), writePage(readKept));

function isNamed({ name }: Bench): boolean {
  return positionals.includes(name);
}

/** A bench that breaks something has no figures, and the others go on. */
async function measureAll(chosen: readonly Bench[]) {
  const place = thisPlace();
  const store = STORES[part.store]();
  const ended: { table?: string; broken?: string }[] = [];
  try {
    for (const bench of chosen)
      ended.push(await run(bench, store, place).catch(error => ({ broken: `${bench.name}: ${error.message}` })));
  } finally {
    await store.close();
  }
  for (const { table } of ended) if (table) console.log(table);
  for (const { broken } of ended) if (broken) console.error(broken);
  if (ended.some(({ broken }) => broken)) process.exitCode = 1;
}

async function run(bench: Bench, store: Store, place: ReturnType<typeof thisPlace>): Promise<{ table: string }> {
  const setting: Setting = {
    ...{ store, isQuick: values.quick, profileFolder: values.profile ?? null },
    say: progress => console.log(`  ${new Date().toTimeString().slice(0, 8)}  ${progress}`),
  };
  const runs = await measure(bench, setting, values.runs ? Number(values.runs) : values.quick ? 1 : undefined);
  if (!values.quick) keep(part, bench, { at: new Date().toISOString(), ...place, store: store.name, runs });
  return { table: printTable(`${bench.name}, ${store.name}`, rowsOf(bench, runs)) };
}
