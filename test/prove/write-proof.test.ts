import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MUTANTS } from '../mutants/mutants.ts';
import type { Verdict } from '../mutants/run-mutants.ts';
import { PLEDGES } from './invariants.ts';
import { joinParts } from './parts.ts';
import { writeProof } from './write-proof.ts';

const noticed = (mutant: Verdict['mutant']): Verdict => ({ mutant, noticed: mutant.killedBy, slept: [], ms: 0 });
const stage = {
  name: 'A stage',
  command: 'npm run prove',
  checks: ['I8' as const],
  figures: '7 | 8 of something',
  details: [],
  seconds: 1.4,
  at: '2026-11-22T12:00:00.000Z',
  commit: 'c0ffee1',
};

test('every promise of the design has its guard, its tests and the deliberate bugs that they notice', () => {
  const page = writeProof({ stages: [stage], verdicts: MUTANTS.map(noticed) });
  for (const { id, says } of PLEDGES) assert.ok(page.includes(`| ${id} | ${says} | \`server/`), id);
  assert.equal(PLEDGES.length, 16);
  assert.match(page, /A stage \| 7 \\\| 8 of something \| 1 \| 2026-11-22 12:00, `c0ffee1` \| `npm run prove`/);
});

test('a proof that was done in parts is one: its figures are added up, and whichever states it is of are named', () => {
  const parts = [
    { ...stage, figures: '10,000 seeds, 0 broken', details: ['query 500: 1,200', 'kills: 3'] },
    { ...stage, figures: '5,000 seeds, 0 broken', details: ['query 500: 7'], commit: 'c0ffee2' },
    { ...stage, figures: '1 seeds, 0 broken', details: [] },
    { ...stage, name: 'Another' },
  ];
  const [whole, other] = joinParts(parts);
  assert.equal(other?.name, 'Another');
  assert.deepEqual(
    [whole?.figures, whole?.details, whole?.commit],
    ['15,001 seeds, 0 broken', ['query 500: 1,207', 'kills: 3'], 'c0ffee1, c0ffee2'],
  );
});

test('a promise without a bug that breaks it, or a guard that is gone, is no proof', () => {
  const others = MUTANTS.filter(({ breaks }) => !breaks.includes('I7')).map(noticed);
  assert.throws(() => writeProof({ stages: [], verdicts: others }), /I7: no deliberate bug breaks it/);
});
