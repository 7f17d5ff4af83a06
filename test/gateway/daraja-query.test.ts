import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReasonCode } from '../../shared/reasons.ts';
import * as s from './scripted-daraja.ts';

const told = (ResultCode: unknown, more: object = {}) => ({
  ResponseCode: '0',
  ResponseDescription: 'The service request has been accepted successfully',
  MerchantRequestID: s.IDS.requestId,
  CheckoutRequestID: s.IDS.trackingId,
  ResultCode,
  ResultDesc: 'Something in words',
  ...more,
});
const PAID = { outcome: 'paid', receiptNumber: null, amount: null, paidAt: null };

test('a query names the payment and signs with its own time', async t => {
  const { daraja, say, calls, clock } = await s.openWorld(t);
  say(s.QUERY, s.json(200, told('0')));
  clock.move(14 * 3_600_000 + 36 * 60_000);
  assert.deepEqual(await daraja.ask(s.IDS), PAID);
  const query = JSON.parse(calls(s.QUERY)[0]?.body ?? '');
  assert.deepEqual(query, {
    BusinessShortCode: '174379',
    Password: btoa(`174379${s.PASSKEY}20210629000008`),
    Timestamp: '20210629000008',
    CheckoutRequestID: s.IDS.trackingId,
  });
});

for (const code of ['0', 0, ' 0 '])
  test(`a query's result ${JSON.stringify(code)} is paid, without receipt number and amount`, async t => {
    const { daraja, say } = await s.openWorld(t);
    say(s.QUERY, s.json(200, told(code)));
    assert.deepEqual(await daraja.ask(s.IDS), PAID);
  });

const terminal: [code: string, reason: ReasonCode, retry: number | 'now' | 'no'][] = [
  ['1', 'insufficient_funds', 'now'],
  ['2', 'amount_not_allowed', 'no'],
  ['3', 'amount_not_allowed', 'no'],
  ['4', 'limit_exceeded', 'no'],
  ['8', 'refused', 'no'],
  ['17', 'duplicate_request', 120],
  ['1019', 'expired', 'now'],
  ['1025', 'gateway_unavailable', 60],
  ['1031', 'phone_unreachable', 60],
  ['1032', 'cancelled_by_customer', 'now'],
  ['1036', 'phone_unreachable', 60],
  ['1037', 'phone_unreachable', 60],
  ['2001', 'wrong_pin', 'now'],
  ['2028', 'refused', 'no'],
  ['8006', 'pin_locked', 'no'],
  ['SFC_IC0003', 'refused', 'no'],
];
for (const [code, reason, retry] of terminal)
  test(`a query's result ${code} is a failure, as a string and as a number: ${reason}`, async t => {
    const { daraja, say } = await s.openWorld(t);
    const failed = {
      outcome: 'failed',
      reason,
      code,
      retry: typeof retry === 'number' ? { after: 'wait', seconds: retry } : { after: retry },
    };
    say(s.QUERY, s.json(200, told(` ${code}`)), s.json(200, told(Number(code) || code)));
    assert.deepEqual(await daraja.ask(s.IDS), failed);
    assert.deepEqual(await daraja.ask(s.IDS), failed);
  });

for (const code of [
  '4999',
  4999,
  '26',
  '1001',
  '9999',
  '2006',
  '21',
  '31337',
  '',
  null,
  [],
  {},
  true,
  '00',
  '0.0',
  '__proto__',
  'constructor',
])
  test(`a query's result ${JSON.stringify(code)} ends nothing`, async t => {
    const { daraja, say } = await s.openWorld(t);
    say(s.QUERY, s.json(200, told(code)));
    const outcome = await daraja.ask(s.IDS);
    assert.equal(outcome.outcome, 'going');
    assert.equal(outcome.outcome === 'going' && outcome.slowDown, undefined);
  });

const going: [what: string, answer: s.Answer, why: string, slowDown?: true][] = [
  ['being processed', s.error(500, '500.001.1001', 'The transaction is being processed'), 'HTTP 500 500.001.1001'],
  ['asked too early', s.error(400, '400.002.02', 'Bad Request - Invalid CheckoutRequestID'), 'HTTP 400 400.002.02'],
  ['a paid result under HTTP 500', s.json(500, told('0')), 'HTTP 500'],
  ['a failure under HTTP 400', s.json(400, told('1032')), 'HTTP 400'],
  ['wrong credentials', s.error(500, '500.001.1001', 'Wrong credentials'), 'HTTP 500 500.001.1001'],
  ['a rate limit', s.spikeArrest(), 'HTTP 429', true],
  ['a bare rate limit', s.text(429, ''), 'HTTP 429', true],
  ['a spike', s.error(500, '500.003.02', 'Error Occurred: Spike Arrest Violation'), 'HTTP 500 500.003.02', true],
  ['a busy system', s.error(500, '500.003.02', 'System is busy.'), 'HTTP 500 500.003.02', true],
  ['a quota', s.error(500, '500.003.03', 'Quota Violation'), 'HTTP 500 500.003.03', true],
  ['a page', s.text(200, '<html>'), 'HTTP 200'],
  ['a firewall’s page', s.text(403, s.incapsula), 'HTTP 403'],
  ['nothing', s.text(200, ''), 'HTTP 200'],
  ['no result', s.json(200, { ResponseCode: '0' }), 'HTTP 200'],
  ['a ResponseCode other than 0', s.json(200, told('1032', { ResponseCode: '1' })), 'query not accepted'],
  [
    'another payment’s result',
    s.json(200, told('0', { CheckoutRequestID: 'ws_CO_1' })),
    'answer about another payment',
  ],
  ['a token that is never taken', s.error(404, '404.001.03', 'Invalid Access Token'), 'HTTP 404 404.001.03'],
];
for (const [what, answer, why, slowDown] of going)
  test(`a query answered with ${what} is still going${slowDown ? ', and asks for patience' : ''}`, async t => {
    const { daraja, say } = await s.openWorld(t);
    say(s.QUERY, answer);
    assert.deepEqual(await daraja.ask(s.IDS), { outcome: 'going', why, ...(slowDown ? { slowDown } : {}) });
  });

test('a query whose token ran out is asked once more with a new one', async t => {
  const { daraja, say, calls } = await s.openWorld(t);
  say(s.QUERY, s.error(400, '400.003.01', 'Invalid Access Token'), s.json(200, told('1032')));
  assert.equal((await daraja.ask(s.IDS)).outcome, 'failed');
  assert.equal(calls(s.QUERY).length, 2);
  assert.equal(calls(s.OAUTH).length, 2);
});

test('a query that is lost, late or not allowed to ask is still going', async t => {
  const { daraja, say, asked, clock } = await s.openWorld(t);
  say(s.OAUTH, s.text(400, ''), s.grant('second'));
  say(s.QUERY, s.reset, s.hang);
  assert.deepEqual(await daraja.ask(s.IDS), { outcome: 'going', why: 'oauth:HTTP 400' });
  assert.equal((await daraja.ask(s.IDS)).outcome, 'going');
  const asking = daraja.ask(s.IDS);
  await asked(s.QUERY, 2);
  clock.move(20_000);
  assert.deepEqual(await asking, { outcome: 'going', why: 'timeout' });
});

test('what a query says of itself never carries a number or an id', async t => {
  const { daraja, say } = await s.openWorld(t);
  const { trackingId } = s.IDS;
  say(s.QUERY, s.json(500, { requestId: trackingId, errorCode: '254712345678', errorMessage: trackingId }));
  assert.deepEqual(await daraja.ask(s.IDS), { outcome: 'going', why: 'HTTP 500' });
  say(s.QUERY, s.json(200, told('254712345678')));
  assert.deepEqual(await daraja.ask(s.IDS), { outcome: 'going', why: 'unlisted result' });
});
