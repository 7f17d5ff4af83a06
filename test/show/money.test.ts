import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney } from '../../shared/money.ts';

const show = (amount: number, locale = 'en-GB', currency: 'KES' | 'TZS' = 'KES') =>
  formatMoney({ amount, currency }, locale).replace(/\u00a0/g, '_');

test('prices are whole shillings with their currency, never broken across lines', () => {
  assert.equal(show(50_000), 'KES_500');
  assert.equal(show(135_000), 'KES_1,350');
  assert.equal(show(1_500_000, 'en-GB', 'TZS'), 'TZS_15,000');
  assert.equal(show(0), 'KES_0');
  assert.equal(show(12_345_678_900), 'KES_123,456,789');
});

test('cents appear only if there are any, and then both digits', () => {
  assert.equal(show(135_050), 'KES_1,350.50');
  assert.equal(show(1), 'KES_0.01');
  assert.equal(show(-2_990), 'KES_-29.90');
});

test('Swahili readers get the same amount', () => {
  for (const amount of [50_000, 135_000, 135_050])
    assert.equal(show(amount, 'sw-KE').replace(/\D/g, ''), show(amount).replace(/\D/g, ''));
});
