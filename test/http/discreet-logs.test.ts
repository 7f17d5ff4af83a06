import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbackPath } from '../support/callbacks.ts';
import { PHONE } from '../support/customer.ts';
import { assertDiscreet, secretsOf } from '../support/discreet.ts';
import { bookAndPay, payInSilence } from '../support/office.ts';
import { ownProcess } from '../support/own-process.ts';
import { openTiketi } from '../support/tiketi.ts';

test('S3 S22 the watch that every test keeps over the log knows all tokens, keys and phones, and notices each', async t => {
  const tiketi = await openTiketi(t);
  await bookAndPay(tiketi);
  await tiketi.pass(180_000);
  await payInSilence(tiketi);
  const secrets = secretsOf(tiketi.simulator);
  const { passkey, consumerSecret } = tiketi.simulator.settings;
  for (const secret of [callbackPath(tiketi).slice(-32), PHONE.slice(3), passkey, consumerSecret]) {
    assert.ok(secrets.includes(secret));
    assert.throws(() => assertDiscreet(['{"msg":"fine"}', `{"msg":"${secret}"}`], secrets), /was logged/);
  }
  assert.ok(secrets.length >= 8, 'both tokens, the gateway’s own and all keys');
  assertDiscreet(['{"msg":"fine"}'], secrets);
});

test('S3 S22 a server in a process of its own is as discreet, at its most talkative', async t => {
  const { customer, simulator, logged } = await ownProcess(t, { LOG_LEVEL: 'trace' });
  simulator.change({ autoAnswer: true });
  const { bookingId } = await customer.book((await customer.payableShowing()).showingId, 1, { phone: PHONE });
  const watch = await customer.watch(bookingId);
  await customer.pay(bookingId);
  await watch.untilState('confirmed');
  await customer.ask('POST', `/callbacks/daraja/${'0'.repeat(32)}`, { phone: PHONE });
  assert.match(logged.join(''), /Tiketi is open/, 'what it said was heard');
  assertDiscreet(logged, secretsOf(simulator));
});
