import assert from 'node:assert/strict';
import { test } from 'node:test';
import { live } from './history.ts';

const SEEDS = [3, 14, 15, 18, 55]; // The last two have a till.

test('a seed replays its history exactly, whatever was lived before it', async () => {
  const first = new Map<number, string>();
  for (const seed of SEEDS) first.set(seed, (await live(seed)).hash);
  for (const seed of SEEDS.toReversed()) {
    const again = await live(seed);
    assert.equal(again.hash, first.get(seed), again.timeline);
  }
  assert.equal(new Set(first.values()).size, SEEDS.length, 'and another seed is another history');
});
