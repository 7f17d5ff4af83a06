import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createDaraja } from '../../server/gateway/daraja/daraja.ts';
import type { RefundRequest, Refunds } from '../../server/gateway/gateway.ts';
import { createSend } from '../../server/gateway/send.ts';
import { magicNumber } from '../../server/simulator/fault.ts';
import { type FaultName, faultCalled } from '../../server/simulator/faults.ts';
import type { SettingsInput } from '../../server/simulator/settings.ts';
import { simulate } from '../simulator/simulated.ts';
import { settingsFor, TOKEN } from './scripted-daraja.ts';

const HOUR_MS = 3_600_000;

/** The real adapter before the simulated gateway, over real HTTP. */
async function meet(t: TestContext, change: SettingsInput = {}, password?: string) {
  const world = await simulate(t, change);
  const { clock, settings, certificatePem: certificate } = world.simulator;
  const { send, close } = createSend({ clock });
  t.after(close);
  const daraja = createDaraja(
    settingsFor(world.url, {
      consumerKey: settings.consumerKey,
      consumerSecret: settings.consumerSecret,
      passkey: settings.passkey,
      initiator: { name: settings.initiatorName, password: password ?? settings.initiatorPassword, certificate },
      callbackUrl: world.receiver.url,
      refundCallbackUrl: `${world.receiver.url}/refunds`,
      statements: true,
    }),
    { send, clock },
  );
  const { refunds, statement } = daraja;
  assert.ok(refunds && statement);
  const pay = async (phone: string, accountReference = 'TK7M2P9QR') => {
    const amount = { amount: 135_000, currency: 'KES' as const };
    const collected = await daraja.collect({
      amount,
      phone,
      email: null,
      paymentId: 'a'.repeat(32),
      callbackToken: TOKEN,
      accountReference,
    });
    await world.advance(60_000);
    world.received.length = 0;
    return collected;
  };
  const lastHour = () => statement(new Date(clock.now().getTime() - HOUR_MS), clock.now());
  return { ...world, daraja, refunds, pay, lastHour };
}
type Met = Awaited<ReturnType<typeof meet>>;

function refundOf({ simulator }: Met): RefundRequest {
  const [debit] = simulator.ledger.debits;
  assert.ok(debit);
  return {
    receiptNumber: debit.receiptNumber,
    amount: { amount: 135_000, currency: 'KES' },
    callbackToken: TOKEN,
    by: 'Asha',
  };
}

const outcomes = (refunds: Refunds, received: string[]) =>
  received.map(body => {
    const outcome = refunds.readCallback?.(JSON.parse(body))?.outcome;
    if (outcome?.outcome === 'failed') return `failed ${outcome.code}`;
    return outcome?.outcome === 'going' ? `going: ${outcome.why}` : (outcome?.outcome ?? 'nothing');
  });

test('a payment is given back, and the result names both movements', async t => {
  const world = await meet(t);
  await world.pay('254700000001');
  const request = refundOf(world);
  const answer = await world.refunds.send(request);
  assert.equal(answer.answer, 'accepted');
  await world.advance(2_000);
  const [reversal] = world.simulator.ledger.reversals;
  assert.equal(reversal?.originalReceiptNumber, request.receiptNumber);
  assert.deepEqual(world.refunds.readCallback?.(JSON.parse(world.received[0] ?? '')), {
    conversationId: answer.answer === 'accepted' && answer.conversationId,
    outcome: {
      outcome: 'done',
      receiptNumber: reversal?.receiptNumber,
      originalReceiptNumber: request.receiptNumber,
    },
  });
  assert.equal(world.simulator.parts.callbacks.at(-1)?.url, `${world.receiver.url}/refunds/${TOKEN}`);
});

test('a second refund of the same payment is done too, and moves nothing', async t => {
  const world = await meet(t);
  await world.pay('254700000001');
  for (const _ of [1, 2]) {
    await world.refunds.send(refundOf(world));
    await world.advance(2_000);
  }
  assert.deepEqual(outcomes(world.refunds, world.received), ['done', 'done']);
  assert.equal(world.simulator.ledger.reversals.length, 1);
});

test('a wrong password gives nothing back', async t => {
  const world = await meet(t, {}, 'Wrong#1');
  await world.pay('254700000001');
  await world.refunds.send(refundOf(world));
  await world.advance(2_000);
  assert.deepEqual(outcomes(world.refunds, world.received), ['failed 2001']);
  assert.equal(world.simulator.ledger.reversals.length, 0);
});

const REFUNDS: [fault: FaultName, answer: string, outcomes: string[], givenBack: number][] = [
  ['reversal-insufficient', 'accepted', ['failed 1'], 0],
  ['reversal-not-allowed', 'accepted', ['failed 21'], 0],
  ['reversal-already', 'accepted', ['done'], 1],
  ['reversal-unknown', 'accepted', ['failed R000002'], 0],
  ['reversal-initiator', 'accepted', ['failed 2001'], 0],
  ['reversal-locked', 'accepted', ['failed 8006'], 0],
  ['reversal-unlisted', 'accepted', ['going: result 7777'], 0],
  ['reversal-one-parameter', 'accepted', ['done'], 1],
  ['reversal-strings', 'accepted', ['done'], 1],
  ['reversal-timeout', 'accepted', ['nothing', 'done'], 1],
  ['reversal-silent', 'accepted', [], 1],
  ['reversal-twice', 'accepted', ['done', 'done'], 1],
  ['reversal-reset', 'unknown', ['done'], 1],
  ['reversal-reset-silent', 'unknown', [], 1],
  ['reversal-error', 'unknown', [], 0],
  ['reversal-spike', 'refused', [], 0],
];
for (const [name, answer, expected, givenBack] of REFUNDS)
  test(`${name}: ${faultCalled(name).sentence}`, async t => {
    const world = await meet(t);
    await world.pay(magicNumber(faultCalled(name)));
    assert.equal((await world.refunds.send(refundOf(world))).answer, answer);
    await world.advance(120_000);
    assert.deepEqual(outcomes(world.refunds, world.received), expected);
    assert.equal(world.simulator.ledger.reversals.length, givenBack);
  });

test('a statement finds the payments of which neither answer nor callback came', async t => {
  const world = await meet(t, { statementRows: 2 });
  assert.deepEqual(await world.lastHour(), { lines: [], stopped: null });
  await world.pay('254700000001', 'TK1');
  assert.equal((await world.pay('254700000306', 'TK2')).answer, 'unknown');
  await world.pay('254700000132', 'TK3');
  await world.pay('254700000215', 'TK4');
  assert.deepEqual(await world.lastHour(), {
    lines: world.simulator.ledger.debits.map(({ receiptNumber, accountReference, at }) => ({
      receiptNumber,
      amount: { amount: 135_000, currency: 'KES' },
      accountReference,
      paidAt: new Date(Math.floor(at.getTime() / 1_000) * 1_000),
    })),
    stopped: null,
  });
  assert.deepEqual(
    world.simulator.ledger.debits.map(debit => debit.accountReference),
    ['TK1', 'TK2', 'TK4'],
  );
});

const STATEMENTS: [fault: FaultName, lines: number, stopped: object | null][] = [
  ['statement-empty', 0, null],
  ['statement-odd', 1, null],
  ['statement-error', 0, { why: 'HTTP 500 500.001.1001', slowDown: false }],
  ['statement-rate', 0, { why: 'HTTP 429', slowDown: true }],
];
for (const [name, lines, stopped] of STATEMENTS)
  test(`${name}: ${faultCalled(name).sentence}`, async t => {
    const world = await meet(t);
    await world.pay(magicNumber(faultCalled(name)));
    const first = await world.lastHour();
    assert.deepEqual([first.lines.length, first.stopped], [lines, stopped]);
    assert.equal((await world.lastHour()).lines[0]?.receiptNumber, world.simulator.ledger.debits[0]?.receiptNumber);
  });

test('statement-slow: the statement stops after the time for one call, the next one tells', async t => {
  const world = await meet(t);
  await world.pay('254700000905');
  const asking = world.lastHour();
  while (world.simulator.faults.armed.length > 0) await new Promise(setImmediate);
  await world.advance(20_000);
  assert.deepEqual(await asking, { lines: [], stopped: { why: 'timeout', slowDown: false } });
  assert.equal((await world.lastHour()).lines.length, 1);
});
