import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSentence, SENTENCES, type SentenceKey } from '../../client/kit/dictionary.ts';
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

for (const [key, { en, sw }] of Object.entries({ ...SENTENCES, ...REASONS }))
  test(`“${key}” is said in both languages, with the same words to fill in`, () => {
    assert.ok(en.trim() && sw.trim());
    assert.deepEqual(placeholders(sw), placeholders(en));
    if (!SAME_IN_BOTH.some(same => same === key)) assert.notEqual(sw, en);
  });

for (const code of [...MET_BY_CUSTOMERS, 'no_answer'])
  test(`the problem “${code}” has a sentence of its own`, () => assert.ok(isSentence(`problem_${code}`)));

test('no sentence stands in the dictionary unused', () => {
  const source = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('dictionary.ts'))
    .map(file => readFileSync(join(CLIENT, file), 'utf8'))
    .join('\n');
  const composed = [...source.matchAll(/`(\w*)\$\{[^}]+\}(\w*)`/g)].map(
    ([, before, after]) => [before, after] as const,
  );
  const isComposed = (key: string) =>
    composed.some(
      ([before = '', after = '']) => before + after !== '' && key.startsWith(before) && key.endsWith(after),
    );
  const unused = Object.keys(SENTENCES).filter(key => !source.includes(`'${key}'`) && !isComposed(key));
  assert.deepEqual(unused, []);
});

function placeholders(sentence: string): string[] {
  return [...new Set(sentence.match(/\{\w+\}/g))].sort();
}
