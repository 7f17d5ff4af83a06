import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phoneProblem } from '../../client/kit/fields.ts';
import { looksLikeMobile } from '../../shared/phone.ts';

const RIGHT = [
  '0712 345 678',
  '+254 712-345-678',
  '254712345678',
  '712345678',
  '00254712345678',
  '0110 345678',
  '+254 0712345678',
];
const UNFINISHED = ['', '0', '07', '+254', '+254 712', '0712 345 67'];
const WRONG = ['0712 345 6789', '0812 345 678', '07x', 'wanjiku@example.com', '+255 712 345 6789'];

for (const typed of RIGHT)
  test(`“${typed}” is a mobile number of Kenya`, () => assert.equal(looksLikeMobile(typed, 'KE'), 'yes'));
for (const typed of UNFINISHED)
  test(`“${typed}” may become one`, () => assert.equal(looksLikeMobile(typed, 'KE'), 'maybe'));
for (const typed of WRONG) test(`“${typed}” can never be one`, () => assert.equal(looksLikeMobile(typed, 'KE'), 'no'));

test('Tanzanian numbers begin otherwise', () => {
  assert.equal(looksLikeMobile('0622 345 678', 'TZ'), 'yes');
  assert.equal(looksLikeMobile('0622 345 678', 'KE'), 'no');
  assert.equal(looksLikeMobile('0112 345 678', 'TZ'), 'no');
});

test('a wrong number is pointed out at once, an unfinished one when the field is left, an empty one never', () => {
  assert.equal(phoneProblem('07x', 'KE', false), 'problem_invalid_phone');
  assert.equal(phoneProblem('0712', 'KE', false), null);
  assert.equal(phoneProblem('0712', 'KE', true), 'phoneShort');
  assert.equal(phoneProblem(' ', 'KE', true), null);
});
