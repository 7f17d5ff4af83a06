import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as s from './scripted-pesapal.ts';

const invalidIpnId = s.error('InvalidIpnId', 'Invalid IPN Id');
const idsIn = (heard: { body: string }[]) => heard.map(({ body }) => JSON.parse(body).notification_id);

test('the notification URL is registered once, for POST, however many pay at once', async t => {
  const { pesapal, say, calls } = await s.openWorld(t, { ipnId: null });
  say(s.REGISTER, s.registered('ipn-1'), s.registered('ipn-2'));
  say(s.ORDER, s.json(200, s.ORDERED));
  const collected = await Promise.all(Array.from({ length: 50 }, () => pesapal.collect(s.REQUEST)));
  await pesapal.collect(s.REQUEST);
  assert.ok(collected.every(one => one.answer === 'accepted'));
  const [registration, ...more] = calls(s.REGISTER);
  assert.equal(more.length, 0);
  assert.equal(registration?.method, 'POST');
  assert.equal(registration?.headers.authorization, 'Bearer first-token');
  assert.deepEqual(JSON.parse(registration?.body ?? ''), {
    url: 'https://tickets.example/callbacks/pesapal/notified-here',
    ipn_notification_type: 'POST',
  });
  assert.deepEqual(new Set(idsIn(calls(s.ORDER))), new Set(['ipn-1']));
});

test('after a restart its id is remembered, and the list that Pesapal keeps is never asked', async t => {
  const { open, say, calls, memory } = await s.openWorld(t, { ipnId: null });
  say(s.REGISTER, s.registered('ipn-1'));
  say(s.LIST, s.json(200, []));
  say(s.ORDER, s.json(200, s.ORDERED));
  await open().collect(s.REQUEST);
  await open().collect(s.REQUEST);
  assert.equal(calls(s.REGISTER).length, 1);
  assert.equal(calls(s.LIST).length, 0);
  assert.deepEqual(idsIn(calls(s.ORDER)), ['ipn-1', 'ipn-1']);
  const [[name, value] = []] = memory.kept;
  assert.match(name ?? '', /^[\w-]{1,40}$/, 'a name that fits and tells nothing');
  assert.equal(value, 'ipn-1');
});

for (const [what, change] of [
  ['another account', { consumerKey: 'consumer-key-3' }],
  ['another URL', { notificationUrl: 'https://other.example/callbacks/pesapal/there' }],
] as const)
  test(`${what} registers for itself`, async t => {
    const { open, say, calls } = await s.openWorld(t, { ipnId: null });
    say(s.REGISTER, s.registered('ipn-1'), s.registered('ipn-2'));
    say(s.ORDER, s.json(200, s.ORDERED));
    await open().collect(s.REQUEST);
    await open(change).collect(s.REQUEST);
    await open().collect(s.REQUEST);
    assert.deepEqual(idsIn(calls(s.ORDER)), ['ipn-1', 'ipn-2', 'ipn-1']);
  });

test('another environment registers for itself', async t => {
  const sandbox = await s.openWorld(t, { ipnId: null });
  const other = await s.openWorld(t, { ipnId: null }, sandbox.memory);
  for (const { say, pesapal, calls } of [sandbox, other]) {
    say(s.REGISTER, s.registered('ipn-1'));
    say(s.ORDER, s.json(200, s.ORDERED));
    await pesapal.collect(s.REQUEST);
    assert.equal(calls(s.REGISTER).length, 1);
  }
});

for (const refusal of [invalidIpnId, s.error(null, 'Invalid IPN ID')])
  test('an id in the settings wins: nothing is registered or remembered, and its refusal is one for staff', async t => {
    const { pesapal, say, calls, memory } = await s.openWorld(t);
    say(s.ORDER, refusal);
    const collected = await pesapal.collect(s.REQUEST);
    assert.equal(collected.answer === 'refused' && collected.code, 'InvalidIpnId');
    assert.deepEqual(idsIn(calls(s.ORDER)), ['ipn-of-settings']);
    assert.equal(calls(s.REGISTER).length, 0);
    assert.equal(memory.kept.size, 0);
  });

for (const [what, refusal] of [
  ['by its code', invalidIpnId],
  ['by its code alone', s.error('InvalidIpnId', null, 500)],
  ['in words alone', s.error(null, 'Invalid IPN ID')],
] as const)
  test(`an id that is refused ${what} is registered anew, and the same order sent once more`, async t => {
    const { open, say, calls } = await s.openWorld(t, { ipnId: null });
    say(s.REGISTER, s.registered('ipn-1'), s.registered('ipn-2'));
    say(s.ORDER, refusal, s.json(200, s.ORDERED));
    assert.equal((await open().collect(s.REQUEST)).answer, 'accepted');
    const [first, second, ...more] = calls(s.ORDER);
    assert.equal(more.length, 0);
    assert.equal(second?.body, first?.body.replace('ipn-1', 'ipn-2'));
    await open().collect(s.REQUEST);
    assert.equal(calls(s.REGISTER).length, 2, 'the new id is remembered');
    assert.deepEqual(idsIn(calls(s.ORDER)), ['ipn-1', 'ipn-2', 'ipn-2']);
  });

test('a new id that is refused too is a refusal after exactly two orders', async t => {
  const { pesapal, say, calls } = await s.openWorld(t, { ipnId: null });
  say(s.REGISTER, s.registered('ipn-1'), s.registered('ipn-2'));
  say(s.ORDER, invalidIpnId);
  assert.deepEqual(await pesapal.collect(s.REQUEST), {
    answer: 'refused',
    reason: 'gateway_unavailable',
    code: 'InvalidIpnId',
    retry: { after: 'no' },
  });
  assert.equal(calls(s.ORDER).length, 2);
  assert.equal(calls(s.REGISTER).length, 2);
});

test('fifty orders refused for their id share one new registration', async t => {
  const { pesapal, say, calls } = await s.openWorld(t, { ipnId: null });
  say(s.REGISTER, s.registered('ipn-1'), s.registered('ipn-2'), s.registered('ipn-3'));
  say(s.ORDER, (response, { body }) =>
    (body.includes('ipn-2') ? s.json(200, s.ORDERED) : invalidIpnId)(response, { body } as never),
  );
  const collected = await Promise.all(Array.from({ length: 50 }, () => pesapal.collect(s.REQUEST)));
  assert.ok(collected.every(one => one.answer === 'accepted'));
  assert.equal(calls(s.REGISTER).length, 2);
});

test('where another process has registered meanwhile, its id is used', async t => {
  const { pesapal, say, calls, memory } = await s.openWorld(t, { ipnId: null });
  say(s.REGISTER, s.registered('ipn-1'), s.registered('ipn-9'));
  say(s.ORDER, s.json(200, s.ORDERED), invalidIpnId, s.json(200, s.ORDERED));
  await pesapal.collect(s.REQUEST);
  for (const name of memory.kept.keys()) memory.kept.set(name, 'ipn-2');
  assert.equal((await pesapal.collect(s.REQUEST)).answer, 'accepted');
  assert.deepEqual(idsIn(calls(s.ORDER)), ['ipn-1', 'ipn-1', 'ipn-2']);
  assert.equal(calls(s.REGISTER).length, 1);
});

test('a memory that fails costs registrations, not payments', async t => {
  const { open, say, calls, memory } = await s.openWorld(t, { ipnId: null });
  memory.read = async () => assert.fail('unreadable');
  memory.write = async () => assert.fail('full');
  say(s.REGISTER, s.registered('ipn-1'));
  say(s.ORDER, s.json(200, s.ORDERED));
  const pesapal = open();
  for (const _ of [1, 2]) assert.equal((await pesapal.collect(s.REQUEST)).answer, 'accepted');
  assert.equal(calls(s.REGISTER).length, 1);
});

const NEVER = { after: 'no' };
const WAIT = { after: 'wait', seconds: 60 };
const failures: [what: string, answer: s.Answer, code: RegExp, retry: object][] = [
  ['a URL that is none', s.error('invalid_url', 'The specified url provided is invalid'), /^invalid_url$/, NEVER],
  ['an unknown code', s.error('something_new'), /^ipn:HTTP 200 something_new$/, WAIT],
  ['no id', s.json(200, { url: 'x', error: null, status: '200' }), /^ipn:HTTP 200$/, WAIT],
  ['an id that is a number', s.json(200, { ipn_id: 7, status: '200' }), /^ipn:HTTP 200$/, WAIT],
  ['an error of their own', s.text(500, '<html>'), /^ipn:HTTP 500$/, WAIT],
  ['a token that is never taken', s.badBearer(200), /^invalid_api_credentials_provided$/, WAIT],
  ['a lost connection', s.reset, /^ipn:(UND_ERR_SOCKET|ECONNRESET)$/, WAIT],
];
for (const [what, answer, code, retry] of failures)
  test(`a registration that ends in ${what} is a refusal: nothing was ordered, and the next payment tries again`, async t => {
    const { pesapal, say, calls, memory } = await s.openWorld(t, { ipnId: null });
    say(s.REGISTER, answer);
    say(s.ORDER, s.json(200, s.ORDERED));
    const collected = await pesapal.collect(s.REQUEST);
    assert.equal(collected.answer, 'refused');
    if (collected.answer !== 'refused') return;
    assert.equal(collected.reason, 'gateway_unavailable');
    assert.match(collected.code, code);
    assert.deepEqual(collected.retry, retry);
    assert.equal(calls(s.ORDER).length, 0);
    assert.equal(memory.kept.size, 0);
    say(s.REGISTER, s.registered('ipn-1'));
    assert.equal((await pesapal.collect(s.REQUEST)).answer, 'accepted');
  });

test('a registration that is not answered in time is a refusal', async t => {
  const { pesapal, say, asked, clock, calls } = await s.openWorld(t, { ipnId: null });
  say(s.REGISTER, s.hang);
  const collecting = pesapal.collect(s.REQUEST);
  await asked(s.REGISTER);
  clock.move(20_000);
  const collected = await collecting;
  assert.equal(collected.answer === 'refused' && collected.code, 'ipn:timeout');
  assert.equal(calls(s.ORDER).length, 0);
});

test('a registration whose token ran out is made once more with a new one', async t => {
  const { pesapal, say, calls } = await s.openWorld(t, { ipnId: null });
  say(s.TOKEN, s.grant('one'), s.grant('two'));
  say(s.REGISTER, s.badBearer(500), s.registered('ipn-1'));
  say(s.ORDER, s.json(200, s.ORDERED));
  assert.equal((await pesapal.collect(s.REQUEST)).answer, 'accepted');
  assert.equal(calls(s.TOKEN).length, 2);
});
