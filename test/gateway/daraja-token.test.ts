import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUEUE_PATIENCE_MS, sendBudgetMs } from '../../server/gateway/send-budget.ts';
import * as s from './scripted-daraja.ts';

const HOUR_MS = 3_600_000;
const badToken = s.error(404, '404.001.03', 'Invalid Access Token');

test('fifty payments at once ask for one token', async t => {
  const { daraja, say, calls } = await s.openWorld(t);
  say(s.PUSH, s.json(200, s.ACCEPTED));
  const collected = await Promise.all(Array.from({ length: 50 }, () => daraja.collect(s.REQUEST)));
  assert.ok(collected.every(one => one.answer === 'accepted'));
  assert.equal(calls(s.PUSH).length, 50);
  const [oauth, ...more] = calls(s.OAUTH);
  assert.equal(more.length, 0);
  assert.equal(oauth?.method, 'GET');
  assert.equal(oauth?.path, '/oauth/v1/generate?grant_type=client_credentials');
  assert.equal(oauth?.headers.authorization, `Basic ${btoa('consumer-key-1:consumer-secret-2')}`);
  assert.equal(oauth?.body, '');
});

for (const [what, expiresIn, lifetimeMs] of [
  ['a string', '3599', 3_599_000],
  ['a number', 1800, 1_800_000],
  ['rubbish', 'soon', HOUR_MS],
  ['missing', undefined, HOUR_MS],
  ['null', null, HOUR_MS],
  ['a list', ['90'], HOUR_MS],
  ['nought', 0, HOUR_MS],
  ['negative', '-5', HOUR_MS],
  ['a minute', 60, HOUR_MS],
  ['a century', 3_155_760_000, HOUR_MS],
  ['empty', '', HOUR_MS],
] as const)
  test(`a token whose expires_in is ${what} is renewed two minutes before its end, and not earlier`, async t => {
    const { daraja, say, calls, clock } = await s.openWorld(t);
    const granted = { access_token: 'first', ...(expiresIn === undefined ? {} : { expires_in: expiresIn }) };
    say(s.OAUTH, s.json(200, granted), s.grant('second'));
    say(s.PUSH, s.json(200, s.ACCEPTED));
    await daraja.collect(s.REQUEST);
    clock.move(lifetimeMs - 120_001);
    await daraja.collect(s.REQUEST);
    assert.equal(calls(s.OAUTH).length, 1);
    clock.move(1);
    await Promise.all(Array.from({ length: 10 }, () => daraja.collect(s.REQUEST)));
    assert.equal(calls(s.OAUTH).length, 2);
    assert.equal(calls(s.PUSH).at(-1)?.headers.authorization, 'Bearer second');
  });

test('a token with a short life is used for half of it', async t => {
  const { daraja, say, calls, clock } = await s.openWorld(t);
  say(s.OAUTH, s.grant('first', 90), s.grant('second', 90));
  say(s.PUSH, s.json(200, s.ACCEPTED));
  await daraja.collect(s.REQUEST);
  clock.move(44_999);
  await daraja.collect(s.REQUEST);
  assert.equal(calls(s.OAUTH).length, 1);
  clock.move(1);
  await daraja.collect(s.REQUEST);
  assert.equal(calls(s.OAUTH).length, 2);
});

for (const [status, code, message] of [
  [404, '404.001.03', 'Invalid Access Token'],
  [400, '400.003.01', 'Invalid Access Token'],
  [401, '401.002.01', 'Error Occurred - Invalid Access Token - c0ffee'],
  [401, '401.003.01', 'Invalid token'],
] as const)
  test(`${code}: one new token, the same push once more, and it is accepted`, async t => {
    const { daraja, say, calls } = await s.openWorld(t);
    say(s.OAUTH, s.grant('first'), s.grant('second'));
    say(s.PUSH, s.error(status, code, message), s.json(200, s.ACCEPTED));
    assert.equal((await daraja.collect(s.REQUEST)).answer, 'accepted');
    const [first, second, ...more] = calls(s.PUSH);
    assert.equal(more.length, 0);
    assert.equal(calls(s.OAUTH).length, 2);
    assert.equal(first?.headers.authorization, 'Bearer first');
    assert.equal(second?.headers.authorization, 'Bearer second');
    assert.equal(second?.body, first?.body);
  });

test('a new token that is not taken either is a refusal after exactly two pushes', async t => {
  const { daraja, say, calls } = await s.openWorld(t);
  say(s.PUSH, badToken);
  assert.deepEqual(await daraja.collect(s.REQUEST), {
    answer: 'refused',
    reason: 'gateway_unavailable',
    code: '404.001.03',
    retry: { after: 'wait', seconds: 60 },
  });
  assert.equal(calls(s.PUSH).length, 2);
  assert.equal(calls(s.OAUTH).length, 2);
});

test('fifty payments whose token ran out under them share one new token', async t => {
  const { daraja, say, calls } = await s.openWorld(t);
  say(s.OAUTH, s.grant('first'), s.grant('second'), s.grant('third'));
  say(s.PUSH, (response, heard) =>
    (heard.headers.authorization === 'Bearer second' ? s.json(200, s.ACCEPTED) : badToken)(response, heard),
  );
  const collected = await Promise.all(Array.from({ length: 50 }, () => daraja.collect(s.REQUEST)));
  assert.ok(collected.every(one => one.answer === 'accepted'));
  assert.equal(calls(s.OAUTH).length, 2);
});

test('a late complaint about an old token does not end the new one', async t => {
  const { daraja, say, calls, asked } = await s.openWorld(t);
  say(s.OAUTH, s.grant('first'), s.grant('second'), s.grant('third'));
  let complain = () => {};
  say(
    s.PUSH,
    (response, heard) => {
      complain = () => badToken(response, heard);
    },
    badToken,
    s.json(200, s.ACCEPTED),
  );
  const slow = daraja.collect(s.REQUEST);
  await asked(s.PUSH);
  assert.equal((await daraja.collect(s.REQUEST)).answer, 'accepted');
  complain();
  assert.equal((await slow).answer, 'accepted');
  assert.equal(calls(s.OAUTH).length, 2);
});

test('a push that is lost after its token was renewed is unknown, not refused', async t => {
  const { daraja, say } = await s.openWorld(t);
  say(s.PUSH, badToken, s.reset);
  assert.equal((await daraja.collect(s.REQUEST)).answer, 'unknown');
});

const failures: [what: string, answer: s.Answer, code: string][] = [
  ['wrong credentials and no body', s.text(400, ''), 'oauth:HTTP 400'],
  ['no Basic header', s.error(400, '400.008.01', 'Invalid Authentication passed'), 'oauth:HTTP 400'],
  ['a wrong grant type', s.error(400, '400.008.02', 'Invalid grant type passed'), 'oauth:HTTP 400'],
  ['a firewall’s page', s.text(503, s.incapsula), 'oauth:HTTP 503'],
  ['a page under 200', s.text(200, s.incapsula), 'oauth:unreadable'],
  ['a rate limit', s.spikeArrest(), 'oauth:HTTP 429'],
  ['no token', s.json(200, { expires_in: '3599' }), 'oauth:unreadable'],
  ['an empty token', s.grant(''), 'oauth:unreadable'],
  ['a token that would split the header', s.grant('a\r\nX-Evil: 1'), 'oauth:unreadable'],
  ['a token that is a number', s.json(200, { access_token: 7 }), 'oauth:unreadable'],
  ['a lost connection', s.reset, 'oauth:(UND_ERR_SOCKET|ECONNRESET)'],
];
for (const [what, answer, code] of failures)
  test(`OAuth that ends in ${what} is a refusal, and nothing is pushed`, async t => {
    const { daraja, say, calls } = await s.openWorld(t);
    say(s.OAUTH, answer);
    const collected = await daraja.collect(s.REQUEST);
    assert.equal(collected.answer, 'refused');
    if (collected.answer !== 'refused') return;
    assert.equal(collected.reason, 'gateway_unavailable');
    assert.match(collected.code, new RegExp(`^${code}$`));
    assert.equal(calls(s.PUSH).length, 0);
  });

test('OAuth that never answers is a refusal when its time is over', async t => {
  const { daraja, say, asked, clock, calls } = await s.openWorld(t);
  say(s.OAUTH, s.hang);
  const collecting = daraja.collect(s.REQUEST);
  await asked(s.OAUTH);
  clock.move(20_000);
  const collected = await collecting;
  assert.equal(collected.answer === 'refused' && collected.code, 'oauth:timeout');
  assert.equal(calls(s.PUSH).length, 0);
});

test('a failed OAuth is not remembered: the next payment asks again', async t => {
  const { daraja, say, calls } = await s.openWorld(t);
  say(s.OAUTH, s.text(503, ''), s.grant('second'));
  say(s.PUSH, s.json(200, s.ACCEPTED));
  assert.equal((await daraja.collect(s.REQUEST)).answer, 'refused');
  assert.equal((await daraja.collect(s.REQUEST)).answer, 'accepted');
  assert.equal(calls(s.OAUTH).length, 2);
});

test('no payment takes longer than four times the time of one call', async t => {
  const { daraja, say, asked, clock } = await s.openWorld(t);
  const answers: (() => void)[] = [];
  const lateBy =
    (answer: s.Answer): s.Answer =>
    (response, heard) =>
      void answers.push(() => answer(response, heard));
  say(s.OAUTH, lateBy(s.grant('first')), lateBy(s.grant('second')));
  say(s.PUSH, lateBy(badToken), s.hang);
  const started = clock.now().getTime();
  const collecting = daraja.collect(s.REQUEST);
  for (const [path, times] of [
    [s.OAUTH, 1],
    [s.PUSH, 1],
    [s.OAUTH, 2],
  ] as const) {
    await asked(path, times);
    clock.move(19_999);
    answers.shift()?.();
  }
  await asked(s.PUSH, 2);
  clock.move(20_000);
  assert.deepEqual(await collecting, { answer: 'unknown', why: 'timeout' });
  assert.ok(clock.now().getTime() - started <= sendBudgetMs(20_000) - QUEUE_PATIENCE_MS);
});
