import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Bench } from './bench-kinds.ts';
import { PARTS, type Part } from './benches.ts';
import type { Kept } from './kept.ts';
import type { Runs } from './measure.ts';
import { writePage } from './write-page.ts';

const STORE = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
const MEASURED = { sqlite: '2026-11-20T08:00', postgres: '2026-11-21T09:00', cluster: '2026-11-22T10:00' };
const COMMIT = { sqlite: 'c0ffee1', postgres: 'c0ffee2', cluster: 'c0ffee3+' };
const all = Object.values<Part>(PARTS).flatMap(({ benches }) => benches);

/** As if everything had been measured, a little every time. */
function measured(part: Part, bench: Bench): Kept {
  const kind = nameOf(part);
  const figures = Object.fromEntries(
    bench.rows.map(({ figure }, at) => [figure, part.store === 'sqlite' ? 200 : 90 + at]),
  );
  const runs: Runs = Object.fromEntries(Object.keys(bench.sides).map(side => [side, [figures]]));
  const place = { cores: 4, processor: 'A processor', node: 'v24.12.0', commit: COMMIT[kind] };
  return { ...place, at: `${MEASURED[kind]}:30.000Z`, store: STORE[part.store], runs };
}

function nameOf(part: Part): keyof typeof PARTS {
  const [name] = Object.entries<Part>(PARTS).find(([, one]) => one === part) ?? [];
  return name as keyof typeof PARTS;
}

/** From the heading of a part to the next one. */
function partOf(page: string, { title }: Part): string {
  return page.split(/^## /m).find(text => text.startsWith(`${title}\n`)) ?? '';
}

function sectionOf(part: string, { name }: Bench): string {
  return part.split(/^### /m).find(text => text.startsWith(`${name}\n`)) ?? '';
}

test('the page says of each figure on which database, machine and commit, and when, it was measured', () => {
  const page = writePage(measured);
  for (const [kind, part] of Object.entries<Part>(PARTS))
    for (const bench of part.benches) {
      const section = sectionOf(partOf(page, part), bench);
      const when = MEASURED[kind as keyof typeof PARTS].replace('T', ' ');
      const where = `${STORE[part.store]}, 4 cores (A processor), Node v24.12.0, ${when} UTC, of \`${COMMIT[kind as keyof typeof PARTS]}\`, 1 run.`;
      assert.ok(section.includes(where), `${kind} ${bench.name}: ${section}`);
      for (const { what } of bench.rows) assert.ok(section.includes(`| ${what} |`), `${kind} ${bench.name}: ${what}`);
    }
});

test('what limits a bench is said once, on however many databases it was measured', () => {
  const lines = writePage(measured).split('\n');
  for (const { name, limits } of new Map(all.map(bench => [bench.name, bench])).values())
    assert.equal(lines.filter(line => line === limits.replaceAll('\n', ' ')).length, 1, name);
});

test('on PostgreSQL a figure is seen beside the one on SQLite, of several processes beside one', () => {
  const page = writePage(measured);
  const { sqlite, postgres, cluster } = PARTS;
  const row = (part: Part, bench: string, what: string) =>
    sectionOf(partOf(page, part), { name: bench } as Bench)
      .split('\n')
      .find(line => line.startsWith(`| ${what} |`));
  assert.equal(
    row(postgres, 'hold', 'on one showing'),
    '| on one showing | 90.0 /s | 90.0–90.0 | 0.45 × SQLite | aim: ≥ 1,500 /s |',
  );
  assert.match(row(sqlite, 'hold', 'on one showing') ?? '', /\| 100 % \|/);
  assert.match(row(cluster, 'cluster', 'holds on one showing, processes: 2') ?? '', /\| 1\.01 × one process \|/);
});

test('what was never measured here is not on the page', () => {
  const page = writePage((part, bench) =>
    bench.name === 'pay' && part === PARTS.postgres ? measured(part, bench) : null,
  );
  assert.deepEqual(page.match(/^##+ .*$/gm), ['## PostgreSQL', '### pay']);
  assert.match(page, /Three commits and some forty statements/);
  assert.doesNotMatch(page, /× SQLite/);
});
