import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPesapal } from '../../server/gateway/pesapal/pesapal.ts';
import type { Send } from '../../server/gateway/send.ts';
import { QUEUE_PATIENCE_MS, sendBudgetMs } from '../../server/gateway/send-budget.ts';
import { ManualClock } from '../support/manual-clock.ts';
import * as s from './scripted-pesapal.ts';

const MINUTE_MS = 60_000;
const WAIT = { after: 'wait', seconds: 60 };

test('fifty payments at once ask for one token, in the words of the documentation', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.ORDER, s.json(200, s.ORDERED));
  const collected = await Promise.all(Array.from({ length: 50 }, () => pesapal.collect(s.REQUEST)));
  assert.ok(collected.every(one => one.answer === 'accepted'));
  const [asked, ...more] = calls(s.TOKEN);
  assert.equal(more.length, 0);
  assert.equal(asked?.method, 'POST');
  assert.equal(asked?.headers.accept, 'application/json');
  assert.equal(asked?.headers['content-type'], 'application/json');
  assert.equal(asked?.headers.authorization, undefined);
  assert.deepEqual(JSON.parse(asked?.body ?? ''), {
    consumer_key: 'consumer-key-1',
    consumer_secret: 'consumer-secret-2',
  });
  assert.equal(calls(s.ORDER)[0]?.headers.authorization, 'Bearer first-token');
});

for (const [what, expiryDate, usedMs] of [
  ['in five minutes, as documented', '2025-11-08T13:16:00.0000000Z', 4 * MINUTE_MS],
  ['in an hour, as seen', '2025-11-08T14:11:00.1234567Z', 4 * MINUTE_MS],
  ['in three minutes', '2025-11-08T13:14:00Z', 2 * MINUTE_MS],
  ['in a minute', '2025-11-08T13:12:00Z', MINUTE_MS / 2],
  ['in the past, by another clock', '2025-11-08T13:10:00Z', 4 * MINUTE_MS],
  ['on a clock without a zone', '2025-11-08T13:12:00', 4 * MINUTE_MS],
  ['as a number', 1_762_607_520, 4 * MINUTE_MS],
  ['nowhere', null, 4 * MINUTE_MS],
] as const)
  test(`a token that ends ${what} is used for ${usedMs / 1_000} s, and not longer`, async t => {
    const { pesapal, say, calls, clock } = await s.openWorld(t);
    say(s.TOKEN, s.grant('one', expiryDate), s.grant('two', expiryDate));
    say(s.STATUS, s.json(200, s.PENDING));
    await pesapal.ask(s.IDS);
    clock.move(usedMs - 1);
    await pesapal.ask(s.IDS);
    assert.equal(calls(s.TOKEN).length, 1);
    clock.move(1);
    await Promise.all(Array.from({ length: 10 }, () => pesapal.ask(s.IDS)));
    assert.equal(calls(s.TOKEN).length, 2);
    assert.equal(calls(s.STATUS).at(-1)?.headers.authorization, 'Bearer two');
  });

test('another account, or another environment, has a token of its own', async t => {
  const { open, say, calls } = await s.openWorld(t);
  say(s.ORDER, s.json(200, s.ORDERED));
  await open().collect(s.REQUEST);
  await open({ consumerKey: 'consumer-key-3' }).collect(s.REQUEST);
  const keys = calls(s.TOKEN).map(({ body }) => JSON.parse(body).consumer_key);
  assert.deepEqual(keys, ['consumer-key-1', 'consumer-key-3']);
});

for (const [what, refusal] of [
  ['its code under HTTP 200', s.badBearer(200)],
  ['its code under HTTP 401', s.badBearer(401)],
  ['its code under HTTP 500', s.badBearer(500)],
  ['HTTP 401 and nothing else', s.text(401, '')],
] as const) {
  test(`${what}: one new token, the same order once more, and it is accepted`, async t => {
    const { pesapal, say, calls } = await s.openWorld(t);
    say(s.TOKEN, s.grant('one'), s.grant('two'));
    say(s.ORDER, refusal, s.json(200, s.ORDERED));
    assert.equal((await pesapal.collect(s.REQUEST)).answer, 'accepted');
    const [first, second, ...more] = calls(s.ORDER);
    assert.equal(more.length, 0);
    assert.equal(calls(s.TOKEN).length, 2);
    assert.equal(first?.headers.authorization, 'Bearer one');
    assert.equal(second?.headers.authorization, 'Bearer two');
    assert.equal(second?.body, first?.body);
  });

  test(`${what}, again with a new token: a refusal after exactly two orders, a question still open after two`, async t => {
    const { pesapal, say, calls } = await s.openWorld(t);
    say(s.ORDER, refusal);
    say(s.STATUS, refusal);
    const collected = await pesapal.collect(s.REQUEST);
    assert.equal(collected.answer, 'refused');
    assert.equal(collected.answer === 'refused' && collected.reason, 'gateway_unavailable');
    assert.deepEqual(collected.answer === 'refused' && collected.retry, WAIT);
    assert.equal((await pesapal.ask(s.IDS)).outcome, 'going');
    assert.equal(calls(s.ORDER).length, 2);
    assert.equal(calls(s.STATUS).length, 2);
  });
}

test('fifty questions whose token ran out under them share one new token', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.TOKEN, s.grant('one'), s.grant('two'), s.grant('three'));
  say(s.STATUS, (response, heard) =>
    (heard.headers.authorization === 'Bearer two' ? s.json(200, s.COMPLETED) : s.badBearer(500))(response, heard),
  );
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => pesapal.ask(s.IDS)));
  assert.ok(outcomes.every(one => one.outcome === 'paid'));
  assert.equal(calls(s.TOKEN).length, 2);
});

const NEVER = { after: 'no' };
const failures: [what: string, answer: s.Answer, code: RegExp, retry: object][] = [
  [
    'a wrong key or secret',
    s.error('invalid_consumer_key_or_secret_provided'),
    /^invalid_consumer_key_or_secret_provided$/,
    NEVER,
  ],
  [
    'a token and an error together',
    s.json(200, { ...s.granted('one'), error: { code: 'x' } }),
    /^token:HTTP 200 x$/,
    WAIT,
  ],
  ['an empty token', s.grant(''), /^token:HTTP 200$/, WAIT],
  ['a token that would split the header', s.grant('a\r\nX-Evil: 1'), /^token:HTTP 200$/, WAIT],
  ['a token that is a number', s.json(200, { token: 7 }), /^token:HTTP 200$/, WAIT],
  ['a page', s.text(503, '<html>'), /^token:HTTP 503$/, WAIT],
  [
    'a path that is none',
    s.json(404, { message: 'No HTTP resource was found that matches the request URI' }),
    /^token:HTTP 404$/,
    WAIT,
  ],
  ['a lost connection', s.reset, /^token:(UND_ERR_SOCKET|ECONNRESET)$/, WAIT],
];
for (const [what, answer, code, retry] of failures)
  test(`a token request that ends in ${what} is a refusal, and nothing is ordered`, async t => {
    const { pesapal, say, calls } = await s.openWorld(t);
    say(s.TOKEN, answer);
    const collected = await pesapal.collect(s.REQUEST);
    assert.equal(collected.answer, 'refused');
    if (collected.answer !== 'refused') return;
    assert.equal(collected.reason, 'gateway_unavailable');
    assert.match(collected.code, code);
    assert.deepEqual(collected.retry, retry);
    assert.equal(calls(s.ORDER).length, 0);
  });

test('a failed token request is not remembered: the next payment asks again', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.TOKEN, s.json(200, { ...s.granted('one'), token: null }), s.grant('two'));
  say(s.ORDER, s.json(200, s.ORDERED));
  assert.equal((await pesapal.collect(s.REQUEST)).answer, 'refused');
  assert.equal((await pesapal.collect(s.REQUEST)).answer, 'accepted');
  assert.equal(calls(s.TOKEN).length, 2);
});

test('a token that never comes is a refusal when its time is over', async t => {
  const { pesapal, say, asked, clock, calls } = await s.openWorld(t);
  say(s.TOKEN, s.hang);
  const collecting = pesapal.collect(s.REQUEST);
  await asked(s.TOKEN);
  clock.move(20_000);
  const collected = await collecting;
  assert.equal(collected.answer === 'refused' && collected.code, 'token:timeout');
  assert.equal(calls(s.ORDER).length, 0);
});

test('no payment takes longer than the send budget, whatever is slow and whatever must be done again', async () => {
  const calls = fc.array(
    fc.record({
      ms: fc.oneof(fc.constantFrom(0, 10_000, 19_999, 20_000), fc.nat(20_000)),
      refusal: fc.constantFrom<(string | null)[]>(null, null, 'invalid_api_credentials_provided', 'InvalidIpnId'),
      livesMs: fc.constantFrom(1, 20_000, 60_000, 300_000),
    }),
    { minLength: 20, maxLength: 20 },
  );
  const slow = { ms: 19_999, refusal: null as string | null, livesMs: 1 };
  const secondId = [
    { ...slow, ms: 0, livesMs: 20_000 },
    { ...slow, ms: 0 },
    { ...slow, refusal: 'InvalidIpnId' },
    slow,
  ];
  const slowAgain = [{ ...slow, refusal: 'invalid_api_credentials_provided' }, slow, slow, slow, slow, slow];
  const examples: [(typeof slow)[]][] = [[[...secondId, ...slowAgain]]];
  const budgetMs = sendBudgetMs(20_000) - QUEUE_PATIENCE_MS;
  await fc.assert(
    fc.asyncProperty(calls, async calls => {
      const script = [...calls];
      const clock = new ManualClock(s.NOW);
      const endsAt = clock.now().getTime() + budgetMs;
      const send: Send = async ({ url, timeoutMs }) => {
        const { ms, refusal, livesMs } = script.shift() ?? assert.fail('more calls than anybody can wait for');
        clock.move(Math.min(ms, timeoutMs));
        if (ms >= timeoutMs) return { result: 'unanswered', why: 'timeout' };
        const expiryDate = new Date(clock.now().getTime() + livesMs).toISOString();
        const success = { ...s.granted('sesame', expiryDate), ...s.ORDERED, ipn_id: `ipn-${script.length}` };
        const isTokenAsked = url.endsWith('RequestToken');
        const body = refusal && !isTokenAsked ? { error: { code: refusal }, status: '500' } : success;
        return { result: 'answered', status: 200, headers: {}, body: JSON.stringify(body) };
      };
      const settings = s.settingsFor('http://gateway.invalid', { ipnId: null });
      await createPesapal(settings, { send, clock, memory: new s.OpenMemory() }).collect(s.REQUEST);
      assert.ok(clock.now().getTime() <= endsAt, `${clock.now().getTime() - endsAt} ms too late`);
    }),
    { numRuns: 5_000, examples },
  );
});
