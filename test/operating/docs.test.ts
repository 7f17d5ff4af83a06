import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as v from 'valibot';
import { openTiketi } from '../support/tiketi.ts';
import { scrapeText } from './scrape.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const Dashboard = v.object({
  panels: v.array(v.object({ title: v.string(), targets: v.array(v.object({ expr: v.string() })) })),
});
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, one = '']) => one);

const alerts = read('docs/operating/alerts.yml');
const alertNames = all(alerts, /^ +- alert: (\w+)$/gm);
const { panels } = v.parse(Dashboard, JSON.parse(read('docs/operating/dashboard.json')));
const asked = [...all(alerts, /^ +expr: (.*)$/gm), ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr))];

test('every figure that an alert or the dashboard asks for is really there, and so is every one of its labels', async t => {
  const tiketi = await openTiketi(t, { METRICS_PORT: '0' });
  const text = await scrapeText(tiketi.server.metricsPort);
  const known = new Set(all(text, /^# TYPE (\w+) /gm));
  const histograms = new Set(all(text, /^# TYPE (\w+) histogram$/gm));
  const isThere = (name: string) =>
    known.has(name) || histograms.has(name.replace(/_(bucket|sum|count)$/, '')) || name === 'up';
  const names = new Set(asked.flatMap(expr => all(expr, /\b((?:tiketi|nodejs|process)_\w+)/g)));
  assert.ok(names.size > 25, `only ${names.size} figures are asked for`);
  assert.deepEqual(
    [...names].filter(name => !isThere(name)),
    [],
  );
  const own = [...known].filter(name => name.startsWith('tiketi'));
  assert.deepEqual(
    own.filter(name => ![...names].some(one => one.startsWith(name))),
    [],
    'figures that nobody looks at',
  );
});

test('what alerts and dashboard choose by happens', () => {
  const happenings = read('server/model/audit-entry.ts');
  const chosen = asked.flatMap(expr => all(expr, /happening=~?"([\w|]+)"/g)).flatMap(names => names.split('|'));
  assert.ok(chosen.length > 5);
  assert.deepEqual(
    chosen.filter(name => !happenings.includes(`| '${name}'`)),
    [],
  );
});

test('every alert says what to do, and its line stands in the instructions', () => {
  const instructions = read('docs/operating/README.md');
  assert.ok(alertNames.length >= 10);
  assert.equal(all(alerts, /^ +runbook: (.{40,}\.)$/gm).length, alertNames.length);
  assert.deepEqual(
    alertNames.filter(name => !instructions.includes(`| ${name} |`)),
    [],
  );
});

test('every setting that the instructions name is one', () => {
  const schema = read('server/settings/schema.ts');
  const named = all(read('docs/operating/README.md'), /`([A-Z]+(?:_[A-Z]+)+)[`=]/g);
  assert.ok(named.length > 5);
  assert.deepEqual(
    named.filter(name => !schema.includes(`  ${name}: `)),
    [],
  );
});
