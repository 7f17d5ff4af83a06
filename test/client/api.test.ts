import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { type Answered, NO_ANSWER, understand } from '../../client/kit/api.ts';
import { isRefusal, troubleSentence } from '../../client/kit/trouble-words.ts';
import { createWords } from '../../client/kit/words.ts';
import { later, NOW } from './views.ts';

const Thing = v.object({ name: v.string() });
const words = createWords('en', 'Africa/Nairobi');
const now = new Date(NOW);
const date = { Date: now.toUTCString() };

test('an answer is what the schema says, with the server’s own time', async () => {
  const answer = await understand(Response.json({ name: 'a thing', more: 1 }, { headers: date }), Thing);
  assert.deepEqual(answer, { value: { name: 'a thing' }, now: date.Date });
});

test('an answer of another shape, or none, is no answer', async () => {
  assert.deepEqual(await understand(Response.json({ title: 1 }), Thing), { trouble: NO_ANSWER });
  assert.deepEqual(await understand(new Response('<html>', { status: 502 }), Thing), { trouble: NO_ANSWER });
});

test('a problem names the fields and the places left', async () => {
  const body = { code: 'sold_out', placesLeft: 2, errors: [{ path: 'quantity', message: 'too many' }], title: '' };
  const { code, fields, placesLeft } = troubleOf(await understand(Response.json(body, { status: 409 }), Thing));
  assert.deepEqual([code, fields, placesLeft], ['sold_out', ['quantity'], 2]);
});

test('“try again in” is counted by the server’s clock: from the body, else from the headers', async () => {
  const inBody = Response.json({ code: 'retry_too_soon', retryAfter: later(90) }, { status: 429 });
  assert.equal(troubleOf(await understand(inBody, Thing)).retryAt?.toISOString(), later(90));
  const headers = { ...date, 'Retry-After': '60' };
  const inHeaders = Response.json({ code: 'too_many_requests' }, { status: 429, headers });
  assert.equal(troubleOf(await understand(inHeaders, Thing)).retryAt?.toISOString(), later(60));
  const nowhere = Response.json({ code: 'too_many_requests' }, { status: 429 });
  assert.equal(troubleOf(await understand(nowhere, Thing)).retryAt, null);
});

test('each problem is told in plain words', () => {
  const say = (code: string, change = {}) => troubleSentence({ ...NO_ANSWER, code, ...change }, words, now);
  assert.equal(say('sold_out', { placesLeft: 3 }), 'Only 3 places left. Choose fewer.');
  assert.match(say('sold_out', { placesLeft: 0 }), /^Every place is taken/);
  assert.match(say('retry_too_soon', { retryAt: new Date(later(75)) }), /in 1:15\.$/);
  assert.match(say('invalid_phone'), /Write it like 0712 345 678\.$/);
  assert.match(say('something_new'), /^Something went wrong on our side/);
});

test('only a refusal says that nothing was done', () => {
  assert.ok(isRefusal({ ...NO_ANSWER, code: 'hold_lapsed' }));
  assert.ok(!isRefusal(NO_ANSWER));
  assert.ok(!isRefusal({ ...NO_ANSWER, code: 'internal' }));
});

function troubleOf<T>(answer: Answered<T>) {
  assert.ok('trouble' in answer);
  return answer.trouble;
}
