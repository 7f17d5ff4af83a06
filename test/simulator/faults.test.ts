import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { magicNumber } from '../../server/simulator/fault.ts';
import { FAULT_NAMES, type FaultName, faultCalled } from '../../server/simulator/faults.ts';
import { accepted, STORIES } from './fault-stories.ts';
import { type Said, type Simulated, simulate } from './simulated.ts';

for (const name of FAULT_NAMES)
  test(`${name}: ${faultCalled(name).sentence}`, async t => {
    const world = await simulate(t);
    const story = STORIES[name];
    await world.renewToken();
    assert.equal(summary(await world.push({ PhoneNumber: magicNumber(faultCalled(name)) })), story.push);
    await world.advance(11 * 60_000);
    assert.deepEqual(world.received.map(code), story.callbacks);
    if (story.looks) assert.match(world.received[0] ?? '', story.looks);
    await assertDebits(world, story.debits);
    for (const answer of story.queries ?? [])
      assert.equal(
        summary(await world.query(`ws_CO_22112026133400000${magicNumber(faultCalled(name)).slice(3)}`)),
        answer,
      );
  });

test('an armed fault does to any phone what its row says', async t => {
  for (const name of FAULT_NAMES.filter(meetsPush)) {
    const world = await simulate(t, { autoAnswer: true });
    await world.renewToken();
    await world.control('POST', '/faults', { fault: name });
    assert.equal(summary(await world.push()), STORIES[name].push, name);
    await world.advance(11 * 60_000);
    assert.deepEqual(world.received.map(code), STORIES[name].callbacks, name);
    await assertDebits(world, STORIES[name].debits);
  }
});

test('a fault’s result wins over the PIN, a cancellation over the fault’s result', async t => {
  const { control, renewToken, push } = await simulate(t, { sameAmountSeconds: 0 });
  await renewToken();
  await control('POST', '/faults', { fault: 'result-1019', times: 2 });
  await push();
  assert.equal((await control('POST', '/phones/0712345678/pin', { pin: '1234' })).body.resultCode, '1019');
  await push();
  assert.equal((await control('POST', '/phones/0712345678/cancel')).body.resultCode, '1032');
});

test('the callback can be there before the answer', async t => {
  for (const name of ['answer-after-callback', 'answer-after-failure'] as const) {
    const { renewToken, push, received } = await simulate(t);
    await renewToken();
    await push({ PhoneNumber: magicNumber(faultCalled(name)) });
    assert.equal(received.length, 1);
  }
});

test('a late callback is ten minutes late, not less', async t => {
  const { renewToken, push, advance, received } = await simulate(t);
  await renewToken();
  await push({ PhoneNumber: '254700000214' });
  await advance(600_000);
  assert.equal(received.length, 0);
  await advance(5_000);
  assert.equal(received.length, 1);
});

test('a slow answer comes after twelve seconds', async t => {
  const { renewToken, push, advance } = await simulate(t);
  await renewToken();
  const answer = push({ PhoneNumber: '254700000303' });
  await setTimeout(20); // Until the request is there.
  await advance(12_000);
  assert.equal(summary(await answer), accepted);
});

test('the receipt number of the payment before comes again, the ledger has one of its own', async t => {
  const world = await simulate(t);
  await world.renewToken();
  await world.push({ PhoneNumber: '254700000001' });
  await world.advance(10_000);
  await world.push({ PhoneNumber: '254700000225' });
  await world.advance(10_000);
  const [first, second] = world.received.map(body => /"MpesaReceiptNumber","Value":"(\w+)"/.exec(body)?.[1]);
  assert.equal(first, second);
  const receipts = world.simulator.ledger.debits.map(debit => debit.receiptNumber);
  assert.equal(new Set(receipts).size, 2);
});

test('with a new token the push passes that the old one could not carry, every time', async t => {
  for (const phone of ['254700000501', '254700000502', '254700000503', '254700000507']) {
    const world = await simulate(t, { sameAmountSeconds: 0 });
    await world.renewToken();
    for (const round of [1, 2]) {
      assert.notEqual(summary(await world.push({ PhoneNumber: phone })), accepted);
      assert.match(summary(await world.push({ PhoneNumber: phone })), /^404 404.001.03/, 'the old token is dead');
      await world.renewToken();
      assert.equal(summary(await world.push({ PhoneNumber: phone })), accepted);
      await world.advance(10_000);
      await assertDebits(world, round);
    }
  }
});

test('some numbers refuse every token', async t => {
  const { renewToken, push } = await simulate(t);
  for (const _ of [1, 2, 3]) {
    await renewToken();
    assert.match(summary(await push({ PhoneNumber: '254700000504' })), /^404 404.001.03/);
  }
});

test('OAuth is down, refuses the keys or counts in numbers, once', async t => {
  const { renewToken, push, control, url } = await simulate(t);
  const authorization = `Basic ${btoa('simulated-consumer-key:simulated-consumer-secret')}`;
  const oauth = async () => {
    const answer = await fetch(`${url}/oauth/v1/generate?grant_type=client_credentials`, {
      headers: { authorization },
    });
    return `${answer.status} ${(await answer.text()).replace(/"access_token":"\w+",/, '')}`;
  };
  const faults = {
    'oauth-down': /^503 <html>/,
    'oauth-credentials': /^400 $/,
    'oauth-numeric-expiry': /^200 \{"expires_in":3599\}$/,
  };
  for (const [fault, expected] of Object.entries(faults)) {
    await control('POST', '/faults', { fault });
    assert.match(await oauth(), expected);
    assert.equal(await oauth(), '200 {"expires_in":"3599"}');
    await renewToken();
    await push({ PhoneNumber: magicNumber(faultCalled(fault as FaultName)) });
    assert.match(await oauth(), expected);
    assert.equal(await oauth(), '200 {"expires_in":"3599"}');
  }
});

test('magic numbers are mobile numbers, and each is one row’s own', () => {
  const numbers = FAULT_NAMES.map(name => magicNumber(faultCalled(name)));
  assert.equal(new Set(numbers).size, numbers.length);
  for (const number of numbers) assert.match(number, /^254700000\d{3}$/);
});

function summary(said: Said): string {
  if (typeof said === 'string') return said;
  const { status, text, body } = said;
  if (text === '') return `${status} empty`;
  if (text.startsWith('<html>')) return `${status} html`;
  if ('fault' in body) return `${status} fault`;
  if ('Envelope' in body) return `${status} xml`;
  if ('errorCode' in body) return `${status} ${body.errorCode} ${body.errorMessage}`;
  if ('ResultCode' in body) return String(body.ResultCode);
  if (body.ResponseCode === 0) return 'accepted with a number';
  if (body.ResponseCode !== '0') return `${status} with ResponseCode ${body.ResponseCode}`;
  return body.CheckoutRequestID ? accepted : 'accepted without id';
}

function meetsPush(name: FaultName): boolean {
  const { oauth, reversal, statement } = faultCalled(name);
  return oauth === undefined && reversal === undefined && statement === undefined;
}

function code(callback: string): string {
  return /"ResultCode":([^,]+),/.exec(callback)?.[1] ?? '?';
}

/** The ledger has what left the phones, to the shilling, and nothing else. */
async function assertDebits({ control, simulator }: Simulated, count: number): Promise<void> {
  const { debits } = (await control('GET', '/ledger')).body as { debits: { amount: number; phone: string }[] };
  assert.deepEqual(
    debits.map(debit => debit.amount),
    Array(count).fill(1350),
  );
  for (const { phone } of debits)
    assert.match(simulator.phones.find(phone)?.messages[0]?.text ?? '', /confirmed\. You paid KES 1,350\.00/);
}
