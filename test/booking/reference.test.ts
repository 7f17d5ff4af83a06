import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFraction, randomHex, randomReadable, systemRandom } from '../../shared/random.ts';
import { openCore } from '../support/money-core.ts';
import { seededRandom } from '../support/seeded-random.ts';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

test('a reference has eight letters that nobody mistakes for another, and each is a booking’s own', async t => {
  const { hold, addShowing, read } = await openCore(t);
  const showing = await addShowing({ capacity: 1_000 });
  await Promise.all(Array.from({ length: 300 }, () => hold(showing, 1)));
  const references = (await read<{ reference: string }>('select reference from booking')).map(row => row.reference);
  assert.equal(new Set(references).size, 300);
  for (const reference of references) assert.match(reference, /^[2-9A-HJKMNP-Z]{8}$/);
});

test('every letter of a reference is equally likely', () => {
  const everyByte = (count: number) => {
    const bytes = Uint8Array.from({ length: count }, (_, at) => (next + at) % 256);
    next += count;
    return bytes;
  };
  let next = 0;
  const counts = new Map<string, number>();
  const codes = randomReadable(everyByte, 248 * 10); // Ten times each byte value that is used.
  for (const letter of codes) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  assert.deepEqual([...counts.keys()].sort().join(''), ALPHABET);
  assert.deepEqual([...new Set(counts.values())], [80]);
});

test('with real chance no letter is favoured either, at any place', () => {
  for (const place of [0, 7]) {
    const counts = new Map<string, number>();
    const codes = 31_000;
    for (let code = 0; code < codes; code++) {
      const letter = randomReadable(seeded, 8)[place] ?? '';
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    const expected = codes / ALPHABET.length;
    const chiSquared = [...ALPHABET].reduce(
      (sum, letter) => sum + ((counts.get(letter) ?? 0) - expected) ** 2 / expected,
      0,
    );
    assert.ok(chiSquared < 70, `χ² = ${chiSquared}`); // 30 degrees of freedom: beyond 70 once in 20,000 fair draws.
  }
});

const seeded = seededRandom(2026);

test('ids and tokens are 128 bits of lower-case hex, and no two are alike', () => {
  const ids = Array.from({ length: 1_000 }, () => randomHex(systemRandom));
  assert.ok(ids.every(id => /^[0-9a-f]{32}$/.test(id)));
  assert.equal(new Set(ids).size, ids.length);
  assert.equal(
    randomHex(count => new Uint8Array(count).fill(0), 4),
    '00000000',
  );
  assert.equal(
    randomHex(count => new Uint8Array(count).fill(255), 2),
    'ffff',
  );
});

test('a fraction is never 1', () => {
  assert.equal(
    randomFraction(count => new Uint8Array(count)),
    0,
  );
  const most = randomFraction(count => new Uint8Array(count).fill(255));
  assert.ok(most < 1 && most > 0.999_999);
});
