import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashLoop } from './crash-loop.ts';

const INSTANTS = [
  'before the commit of a booking',
  'before the commit of a payment',
  'before the commit of a callback',
  'after the commit of a callback',
  'after the push is answered',
] as const;

test('I2 I3 I5 I7 I8 I10 I11 I12 I13 killed five times under load, the server stands by everything that it said, and all money is found', async t => {
  const { reached, promised, accounts } = await crashLoop({
    kills: INSTANTS.length,
    seed: 5,
    instants: [...INSTANTS],
    hitsMax: 4,
    patienceMs: 30_000, // Of a slow machine: each of them is met as soon as somebody pays.
  });
  t.diagnostic(JSON.stringify({ promised, accounts }));
  assert.deepEqual(Object.keys(reached).sort(), [...INSTANTS].sort(), 'it died where it was told to');
  assert.ok(promised.bookings > 0 && promised.payments > 0 && promised.callbacks > 0, 'it had promised something');
  assert.ok(accounts.applied > 0, 'money had come');
});
