import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countdown, createWords, preferredLanguage } from '../../client/kit/words.ts';
import { later, NOW } from './views.ts';

const now = new Date(NOW);
const en = createWords('en', 'Africa/Nairobi');
const sw = createWords('sw', 'Africa/Nairobi');
const abroad = createWords('en', 'Europe/London');

test('the first language that we speak is spoken, else English', () => {
  assert.equal(preferredLanguage(['fr-FR', 'sw-TZ', 'en']), 'sw');
  assert.equal(preferredLanguage(['en-KE', 'sw']), 'en');
  assert.equal(preferredLanguage(['swg', 'fr']), 'en');
});

test('times are the venue’s, and say so where the reader’s clock shows another', () => {
  assert.equal(en.localTime(NOW, 'Africa/Nairobi'), '15:00');
  assert.equal(abroad.localTime(NOW, 'Africa/Dar_es_Salaam'), '15:00 (Dar es Salaam time)');
});

test('days are the venue’s too: just before midnight in London it is tomorrow in Nairobi', () => {
  const evening = new Date('2026-11-22T21:30:00Z');
  assert.equal(abroad.shortDay('2026-11-22T22:00:00Z', 'Africa/Nairobi', evening), 'Today');
  assert.equal(en.shortDay(later(12 * 3_600), 'Africa/Nairobi', now), 'Tomorrow');
  assert.equal(en.day(NOW, 'Africa/Nairobi', now), 'Today, Sunday 22 November');
  assert.equal(sw.day(NOW, 'Africa/Nairobi', now), 'Leo, Jumapili, 22 Novemba');
});

test('few places are called the last', () => {
  assert.deepEqual([0, 1, 5, 10, 11].map(en.placesLeft), [
    'Sold out',
    'Last place',
    'Last 5 places',
    'Last 10 places',
    '11 places left',
  ]);
});

test('a countdown reaches zero when the time has come, and stays there', () => {
  const until = new Date(later(65));
  const at = (seconds: number) => countdown(until, new Date(later(seconds)));
  assert.deepEqual([at(0), at(59.5), at(64.999), at(65), at(99)], ['1:05', '0:06', '0:01', '0:00', '0:00']);
});

test('money is written with its currency, in whole shillings', () => {
  assert.equal(en.money({ amount: 2_700_000, currency: 'TZS' }), 'TZS\u00a027,000');
});
