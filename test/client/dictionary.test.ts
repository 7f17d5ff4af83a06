import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSentence, SENTENCES, type SentenceKey } from '../../client/kit/dictionary.ts';
import { WITH_CHARGES } from '../../client/kit/dictionary-of-charges.ts';
import type { ProblemCode } from '../../shared/problem.ts';
import { REASONS } from '../../shared/reasons.ts';

const CLIENT = join(import.meta.dirname, '../../client');
const SAME_IN_BOTH: SentenceKey[] = ['gateway_daraja', 'gateway_pesapal']; // Names.
/** What the routes for customers answer; all else would be a mistake of ours, and is called that. */
const MET_BY_CUSTOMERS: ProblemCode[] = [
  'invalid_body',
  'invalid_phone',
  'too_many_places',
  'gateway_not_offered',
  'not_found',
  'sold_out',
  'showing_over',
  'payment_in_progress',
  'already_paid',
  'hold_lapsed',
  'retry_too_soon',
  'too_many_holds',
  'too_many_requests',
  'internal',
];

for (const [key, { en, sw }] of Object.entries({ ...WITH_CHARGES, ...REASONS }))
  test(`“${key}” is said in both languages, with the same words to fill in`, () => {
    assert.ok(en.trim() && sw.trim());
    assert.deepEqual(placeholders(sw), placeholders(en));
    if (!SAME_IN_BOTH.some(same => same === key)) assert.notEqual(sw, en);
  });

for (const code of [...MET_BY_CUSTOMERS, 'no_answer', 'not_cancelled'])
  test(`the problem “${code}” has a sentence of its own`, () => assert.ok(isSentence(`problem_${code}`)));

test('no sentence stands in the dictionary unused', () => {
  const source = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !/dictionary(-of-charges)?\.ts$/.test(file))
    .map(file => readFileSync(join(CLIENT, file), 'utf8'))
    .join('\n');
  const composed = [...source.matchAll(/`(\w*)\$\{[^}]+\}(\w*)`/g)].map(
    ([, before, after]) => [before, after] as const,
  );
  const isComposed = (key: string) =>
    composed.some(
      ([before = '', after = '']) => before + after !== '' && key.startsWith(before) && key.endsWith(after),
    );
  const unused = Object.keys(WITH_CHARGES).filter(key => !source.includes(`'${key}'`) && !isComposed(key));
  assert.deepEqual(unused, []);
});

test('whoever books a film fetches no sentence about charges, and none is said twice', () => {
  const pagesOfBookings = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('.ts') && !file.startsWith('charge/') && !file.startsWith('kit/dictionary'),
  );
  for (const file of pagesOfBookings)
    assert.ok(!readFileSync(join(CLIENT, file), 'utf8').includes('dictionary-of'), file);
  const said = [...readFileSync(join(CLIENT, 'kit/dictionary-of-charges.ts'), 'utf8').matchAll(/^ {2}(\w+):/gm)];
  assert.ok(said.length > 30);
  for (const [, key = ''] of said) assert.ok(!(key in SENTENCES), key);
});

function placeholders(sentence: string): string[] {
  return [...new Set(sentence.match(/\{\w+\}/g))].sort();
}
