import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import * as v from 'valibot';
import { Behaviour } from '../../server/simulator/settings.ts';
import { faultTables } from './fault-tables.ts';

const page = await readFile(new URL('../../docs/simulator.md', import.meta.url), 'utf8');

test('the page about the simulator lists every fault, its magic number and what it does', () => {
  assert.ok(page.includes(faultTables()), `docs/simulator.md should contain:\n\n${faultTables()}`);
});

test('the page about the simulator lists every setting with its default', () => {
  for (const [name, value] of Object.entries(v.getDefaults(Behaviour)))
    assert.ok(page.includes(`| \`${name}\` | ${value} |`), name);
});
