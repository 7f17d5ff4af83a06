import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { ManualClock } from '../support/manual-clock.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function bucket(perSecond: number) {
  const clock = new ManualClock('2026-11-22T12:00:00.000Z');
  return { clock, tokens: new TokenBucket(clock, perSecond) };
}

const takeAll = (tokens: TokenBucket) => {
  let taken = 0;
  while (tokens.take()) taken += 1;
  return taken;
};

test('a bucket gives a second’s worth at once, then so many a second, and saves up no more', () => {
  const { clock, tokens } = bucket(20);
  assert.equal(takeAll(tokens), 20);
  clock.move(49);
  assert.equal(tokens.has(), false);
  clock.move(1);
  assert.equal(takeAll(tokens), 1);
  clock.move(MINUTE);
  assert.equal(takeAll(tokens), 20);
});

test('five a minute is one every twelve seconds, and one is saved up', () => {
  const { clock, tokens } = bucket(5 / 60);
  assert.equal(takeAll(tokens), 1);
  clock.move(12 * SECOND - 1);
  assert.equal(tokens.take(), false);
  clock.move(1);
  assert.equal(tokens.take(), true);
  clock.move(10 * MINUTE);
  assert.equal(takeAll(tokens), 1);
});

test('looking takes nothing', () => {
  const { tokens } = bucket(1);
  assert.deepEqual([tokens.has(), tokens.has(), tokens.take(), tokens.has()], [true, true, true, false]);
});

test('those who wait are served in their order, at the bucket’s pace', async () => {
  const { clock, tokens } = bucket(2);
  const served: string[] = [];
  const wait = (name: string) => tokens.wait(10 * SECOND).then(granted => granted && served.push(name));
  for (const name of ['a', 'b', 'c', 'd', 'e']) void wait(name);
  await setImmediate();
  assert.deepEqual(served, ['a', 'b']);
  assert.equal(tokens.take(), false, 'nobody overtakes them');
  for (const [name] of [['c'], ['d'], ['e']] as const) {
    clock.move(499);
    await setImmediate();
    assert.notEqual(served.at(-1), name);
    clock.move(1);
    await setImmediate();
    assert.equal(served.at(-1), name);
  }
});

test('whoever would wait too long is told at once, and takes nobody’s turn', async () => {
  const { clock, tokens } = bucket(1);
  takeAll(tokens);
  assert.equal(await tokens.wait(999), false);
  assert.equal(await tokens.wait(999), false);
  const patient = tokens.wait(1_000);
  clock.move(1_000);
  assert.equal(await patient, true);
});

test('"too many requests" empties it and halves its pace, again and again, down to an eighth', () => {
  const { clock, tokens } = bucket(1);
  for (const [seconds] of [[2], [4], [8], [8]] as const) {
    tokens.slowDown();
    clock.move(seconds * SECOND - 1);
    assert.equal(tokens.has(), false, `${seconds} s`);
    clock.move(1);
    assert.equal(tokens.has(), true, `${seconds} s`);
  }
});

test('a minute without complaint doubles the pace again, and so on up to the usual one', () => {
  const { clock, tokens } = bucket(1);
  for (let complaint = 0; complaint < 3; complaint++) tokens.slowDown();
  clock.move(MINUTE + 1);
  for (const seconds of [4, 2, 1]) {
    takeAll(tokens);
    clock.move(seconds * SECOND - 1);
    assert.equal(tokens.has(), false, `${seconds} s`);
    clock.move(1);
    assert.equal(tokens.take(), true, `${seconds} s`);
    clock.move(MINUTE);
  }
});

test('three quiet minutes make up for three complaints, though nobody asked for anything meanwhile', () => {
  const { clock, tokens } = bucket(1);
  for (let complaint = 0; complaint < 3; complaint++) tokens.slowDown();
  clock.move(3 * MINUTE + 1);
  takeAll(tokens);
  clock.move(SECOND);
  assert.equal(tokens.take(), true);
});

test('a clock that was set back stops nothing', () => {
  const { clock, tokens } = bucket(1);
  takeAll(tokens);
  clock.move(-10 * MINUTE);
  assert.equal(tokens.has(), false);
  clock.move(SECOND);
  assert.equal(tokens.take(), true);
});
