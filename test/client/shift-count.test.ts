import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CashCount } from '../../client/till/shift-count.ts';
import { dayAfter, dayOf } from '../../client/till/shift-day.ts';
import { SHIFT_SENTENCES } from '../../client/till/shift-words.ts';
import { CURRENCIES } from '../../shared/money.ts';

test('a drawer is the sum of its notes; what is not typed is none, and what is no number is wrong', () => {
  const count = new CashCount('KES');
  count.type(100_000, '3');
  count.type(5_000, ' 4 ');
  count.type(2_000, '');
  assert.deepEqual([count.total, count.isAllRight], [320_000, true]);
  assert.deepEqual(count.counts, [
    { denomination: 100_000, count: 3 },
    { denomination: 5_000, count: 4 },
  ]);
  for (const wrong of ['x', '-1', '1.5', '1234567', '1e3']) {
    count.type(100_000, wrong);
    assert.deepEqual([count.isAllRight, count.total], [false, 20_000], wrong);
  }
});

test('every money has its notes, the largest first, in whole cents', () => {
  for (const currency of CURRENCIES) {
    const { denominations } = new CashCount(currency);
    assert.ok(denominations.every(value => Number.isSafeInteger(value) && value > 0));
    assert.deepEqual(
      denominations,
      denominations.toSorted((one, other) => other - one),
    );
  }
});

test('a venue’s day goes from six to six by its own clock', () => {
  const at = (time: string) => dayOf(new Date(`2026-11-22T${time}Z`), 'Africa/Nairobi'); // Three hours ahead.
  assert.deepEqual([at('02:59:59'), at('03:00:00'), at('22:30:00')], ['2026-11-21', '2026-11-22', '2026-11-22']);
  assert.deepEqual([dayAfter('2026-11-30', 1), dayAfter('2026-01-01', -1)], ['2026-12-01', '2025-12-31']);
});

test('the pages of shifts are said in both languages, with the same words to fill in', () => {
  const filled = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [key, { en, sw }] of Object.entries(SHIFT_SENTENCES)) {
    assert.ok(en.trim() && sw.trim(), key);
    assert.deepEqual(filled(en), filled(sw), key);
  }
});
