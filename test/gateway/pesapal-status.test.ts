import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Sent } from '../../server/gateway/send.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import * as s from './scripted-pesapal.ts';

const FAILED = { ...s.COMPLETED, status_code: 2, payment_status_description: 'Failed', confirmation_code: '' };
const REVERSED = { ...s.COMPLETED, status_code: 3, payment_status_description: 'Reversed' };
const GOING = { outcome: 'going', why: 'not paid yet' };

/** What the adapter concludes from one body, over a network in memory. */
async function conclude(body: unknown, status = 200) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const pesapal = s.pesapalOver(async () => ({ result: 'answered', status, headers: {}, body: text }));
  return pesapal.ask(s.IDS);
}
const paid = async (change: object) => {
  const outcome = await conclude({ ...s.COMPLETED, ...change });
  return outcome.outcome === 'paid' ? outcome : assert.fail(outcome.outcome);
};

test('a question names the order as Pesapal calls it', async t => {
  const { pesapal, say, calls } = await s.openWorld(t);
  say(s.STATUS, s.json(200, s.COMPLETED));
  assert.deepEqual(await pesapal.ask({ ...s.IDS, trackingId: 'a b&c' }), { ...s.PAID, ids: s.IDS });
  assert.deepEqual(await pesapal.ask(s.IDS), s.PAID);
  const [odd, asked] = calls(s.STATUS);
  assert.equal(odd?.path, `${s.STATUS}?orderTrackingId=a%20b%26c`);
  assert.equal(asked?.method, 'GET');
  assert.equal(asked?.path, `${s.STATUS}?orderTrackingId=${s.IDS.trackingId}`);
  assert.equal(asked?.headers.authorization, 'Bearer first-token');
  assert.equal(asked?.headers.accept, 'application/json');
  assert.equal(asked?.body, '');
});

for (const [what, change] of [
  ['as recorded, with an error of nulls', {}],
  ['whose code is a text', { status_code: '1' }],
  ['with an error', { error: s.PENDING.error, status: '500' }],
  ['with null for an error', { error: null }],
  ['that is described as something else', { payment_status_description: 'INVALID' }],
  [
    'that is described in capitals, without a code',
    { status_code: undefined, payment_status_description: 'COMPLETED' },
  ],
  ['that is described in title case, with null for a code', { status_code: null }],
  ['without its names', { order_tracking_id: undefined, merchant_reference: '' }],
  ['whose id is in capitals', { order_tracking_id: s.IDS.trackingId.toUpperCase() }],
  ['without the newer fields', { account_number: undefined }],
] as const)
  for (const status of [200, 404, 429, 500])
    test(`a completed payment ${what} is paid, also under HTTP ${status}`, async () => {
      assert.deepEqual(await conclude({ ...s.COMPLETED, ...change }, status), s.PAID);
    });

for (const [what, change] of [
  ['another order', { order_tracking_id: '0-0' }],
  ['another reference', { merchant_reference: 'tiketi-X' }],
  ['our reference in other letters', { merchant_reference: s.IDS.requestId.toUpperCase() }],
] as const)
  test(`money of ${what} is told with the names it came under`, async () => {
    const { order_tracking_id, merchant_reference } = { ...s.COMPLETED, ...change };
    const ids = { trackingId: order_tracking_id, requestId: merchant_reference };
    assert.deepEqual(await conclude({ ...s.COMPLETED, ...change }), { ...s.PAID, ids });
    const other = { outcome: 'going', why: 'answer about another payment' };
    assert.deepEqual(await conclude({ ...FAILED, ...change }), other);
    assert.deepEqual(await conclude({ ...REVERSED, ...change }), other);
  });

for (const [amount, cents] of [
  [20_000, 2_000_000],
  [20_000.0, 2_000_000],
  ['20000.00', 2_000_000],
  [0.4, 40],
  [0.29, 29],
  [1_000.005, 100_001],
  [1_999.999, 200_000],
  [0, 0],
] as const)
  test(`an amount of ${JSON.stringify(amount)} is ${cents} cents, whatever we asked for`, async () => {
    assert.deepEqual((await paid({ amount })).amount, { amount: cents, currency: 'TZS' });
    assert.deepEqual((await paid({ amount, currency: 'usd' })).amount, { amount: cents, currency: 'USD' });
  });

for (const [amount, currency] of [
  [20_000, 'UGX'],
  [20_000, 'TZ'],
  [20_000, ''],
  [20_000, null],
  [20_000, ['TZS']],
  [-1, 'TZS'],
  [1e12, 'TZS'],
  ['1e3', 'TZS'],
  ['20,000', 'TZS'],
  ['', 'TZS'],
  [null, 'TZS'],
  [[20_000], 'TZS'],
  [true, 'TZS'],
] as const)
  test(`an amount of ${JSON.stringify([amount, currency])} is none of ours, but paid is paid`, async () => {
    assert.equal((await paid({ amount, currency })).amount, null);
  });

for (const code of ['SCJ8JQ26SW', '25478901234567', '6513008693186320103009', 'a-b_c.1/2:3+4', 'x'.repeat(40)])
  test(`a confirmation code ${code} is kept letter by letter`, async () => {
    assert.equal((await paid({ confirmation_code: ` ${code} ` })).receiptNumber, code);
    const reversed = await conclude({ ...REVERSED, confirmation_code: code });
    assert.deepEqual(reversed, { outcome: 'reversed', receiptNumber: code });
  });

for (const code of ['', ' ', null, undefined, 6.51300869e21, 25478901234567, {}, ['A'], 'x'.repeat(41), "X';--"])
  test(`a confirmation code ${JSON.stringify(code)?.slice(0, 20)} is none`, async () => {
    assert.equal((await paid({ confirmation_code: code })).receiptNumber, null);
    assert.deepEqual(await conclude({ ...REVERSED, confirmation_code: code }), {
      outcome: 'reversed',
      receiptNumber: null,
    });
  });

for (const date of ['2025-11-08T16:14:09', '2025-11-08T16:14:09.5', '2025-11-08T16:14:09.5031234'])
  test(`a date ${date} is read on a clock in East Africa`, async () => {
    assert.deepEqual((await paid({ created_date: date })).paidAt, new Date('2025-11-08T13:14:09Z'));
  });

for (const date of [
  '2025-02-31T16:14:09',
  '2025-11-08',
  '2025-11-08T16:14:09Z',
  'yesterday',
  '',
  null,
  1_762_607_520,
  {},
])
  test(`a date ${JSON.stringify(date)} is none`, async () => {
    assert.equal((await paid({ created_date: date })).paidAt, null);
  });

const failures: [code: unknown, reason: ReasonCode, kept: string][] = [
  ['request_terminated_by_user', 'cancelled_by_customer', 'request_terminated_by_user'],
  ['Cancelled', 'cancelled_by_customer', 'Cancelled'],
  ['insufficient_funds', 'insufficient_funds', 'insufficient_funds'],
  ['transaction_timed_out', 'expired', 'transaction_timed_out'],
  ['request_timeout', 'expired', 'request_timeout'],
  ['EXPIRED', 'expired', 'EXPIRED'],
  ['Do not honour', 'refused', 'Do not honour'],
  ['1032', 'refused', '1032'],
  ['constructor', 'refused', 'constructor'],
  ['', 'refused', '2'],
  [null, 'refused', '2'],
  [{}, 'refused', '2'],
  ['255712345678 has no money', 'refused', '2'],
  ['x'.repeat(500), 'refused', 'x'.repeat(40)],
];
for (const [code, reason, kept] of failures)
  test(`a failure because of ${JSON.stringify(code)?.slice(0, 30)} may be tried again now: ${reason}`, async () => {
    const failed = { outcome: 'failed', reason, code: kept, retry: { after: 'now' } };
    assert.deepEqual(await conclude({ ...FAILED, payment_status_code: code }), failed);
    assert.deepEqual(await conclude({ ...FAILED, status_code: '2', payment_status_code: code }, 500), failed);
    assert.deepEqual(await conclude({ ...FAILED, status_code: null, payment_status_code: code }), failed);
  });

const going: [what: string, body: unknown, why: string, status?: number][] = [
  ['pending, as recorded', s.PENDING, 'not paid yet'],
  ['pending, under HTTP 500', s.PENDING, 'not paid yet', 500],
  ['pending, without its error', { ...s.PENDING, error: null, status: '200' }, 'not paid yet'],
  ['pending, in a text', { ...s.PENDING, status_code: '0' }, 'not paid yet'],
  ['pending, described as completed', { ...s.COMPLETED, status_code: 0 }, 'not paid yet'],
  ['pending, told by its description', { ...s.PENDING, status_code: undefined }, 'not paid yet'],
  ['“Pending”', { ...s.PENDING, status_code: null, payment_status_description: 'Pending' }, 'not paid yet'],
  ['an error alone', { error: s.PENDING.error, status: '500' }, 'HTTP 200 payment_details_not_found'],
  ['an unknown code', { ...s.COMPLETED, status_code: 4 }, 'HTTP 200'],
  ['a negative code', { ...s.COMPLETED, status_code: -1 }, 'HTTP 200'],
  ['a code of many digits', { ...s.COMPLETED, status_code: '01' }, 'HTTP 200'],
  ['true for a code', { ...s.COMPLETED, status_code: true }, 'HTTP 200'],
  ['an empty code', { ...s.COMPLETED, status_code: '' }, 'HTTP 200'],
  ['a list for a code', { ...s.COMPLETED, status_code: [1] }, 'HTTP 200'],
  ['no code and no word for it', { ...s.COMPLETED, status_code: null, payment_status_description: 7 }, 'HTTP 200'],
  ['an unknown word', { ...s.COMPLETED, status_code: null, payment_status_description: 'PAID' }, 'HTTP 200'],
  ['a name that is none', { ...s.COMPLETED, merchant_reference: {} }, 'HTTP 200'],
  [
    'an expired token, again and again',
    { error: { code: 'invalid_api_credentials_provided' } },
    'HTTP 200 invalid_api_credentials_provided',
  ],
  ['a number as a code', { error: { code: '255712345678', message: '255712345678' } }, 'HTTP 500', 500],
  ['a page', '<html>', 'HTTP 200'],
  ['a page under 503', '<html>', 'HTTP 503', 503],
  ['nothing', '', 'HTTP 200'],
  ['null', 'null', 'HTTP 200'],
  ['a list', [s.COMPLETED], 'HTTP 200'],
];
for (const [what, body, why, status] of going)
  test(`a payment answered with ${what} is still going`, async () => {
    assert.deepEqual(await conclude(body, status), { outcome: 'going', why });
  });

test('too many questions are a reason to slow down, but what is told with them counts', async () => {
  assert.deepEqual(await conclude('', 429), { outcome: 'going', why: 'HTTP 429', slowDown: true });
  assert.deepEqual(await conclude(s.PENDING, 429), { ...GOING, slowDown: true });
  assert.equal((await conclude(FAILED, 429)).outcome, 'failed');
});

test('a question that is lost, late or not allowed to ask is still going', async t => {
  const { pesapal, say, asked, clock } = await s.openWorld(t);
  say(s.TOKEN, s.error('invalid_consumer_key_or_secret_provided'), s.grant('second'));
  say(s.STATUS, s.reset, s.text(200, 'x'.repeat(70_000)), s.hang);
  const credentials = { outcome: 'going', why: 'invalid_consumer_key_or_secret_provided' };
  assert.deepEqual(await pesapal.ask(s.IDS), credentials);
  assert.equal((await pesapal.ask(s.IDS)).outcome, 'going');
  assert.deepEqual(await pesapal.ask(s.IDS), { outcome: 'going', why: 'too_large' });
  const asking = pesapal.ask(s.IDS);
  await asked(s.STATUS, 3);
  clock.move(20_000);
  assert.deepEqual(await asking, { outcome: 'going', why: 'timeout' });
});

test('what it answers is its own account of the payment, and a failed one may still turn out to be paid', async t => {
  const { pesapal, say } = await s.openWorld(t);
  assert.equal(pesapal.answers, 'statement');
  say(s.STATUS, s.json(200, s.PENDING), s.json(200, FAILED), s.json(200, s.COMPLETED), s.json(200, REVERSED));
  const outcomes = [];
  for (const _ of [1, 2, 3, 4]) outcomes.push((await pesapal.ask(s.IDS)).outcome);
  assert.deepEqual(outcomes, ['going', 'failed', 'paid', 'reversed']);
});

test('whatever comes back, only a code of 1 is money, only 2 a failure, only 3 money gone, and no secret is told', async () => {
  const code = fc.oneof(fc.constantFrom(0, 1, 2, 3, '0', '1', '2', '3', ' 1', '01', null, true, [1]), fc.jsonValue());
  const some = (value: unknown) => fc.oneof(fc.constant(value), fc.jsonValue());
  const word = fc.constantFrom('Completed', 'FAILED', 'Reversed', 'INVALID', 'paid', 'for 255712345678');
  const status = fc.record(
    {
      status_code: code,
      payment_status_description: word,
      payment_status_code: fc.oneof(word, fc.jsonValue()),
      order_tracking_id: some(s.IDS.trackingId),
      merchant_reference: some(s.IDS.requestId),
      confirmation_code: some('SCJ8JQ26SW'),
      amount: some(20_000),
      currency: some('TZS'),
      created_date: some('2025-11-08T16:14:09.5'),
      error: some({ code: 'payment_details_not_found', message: '255712345678' }),
      status: some('200'),
    },
    { requiredKeys: ['status_code'] },
  );
  const answered = fc.record({
    result: fc.constant('answered'),
    status: fc.integer({ min: 200, max: 599 }),
    headers: fc.constant({}),
    body: fc.oneof(
      fc.string(),
      fc.json(),
      status.map(one => JSON.stringify(one)),
    ),
  }) as fc.Arbitrary<Extract<Sent, { result: 'answered' }>>;
  const meaning = { paid: ['1', 'completed'], failed: ['2', 'failed'], reversed: ['3', 'reversed'] };
  await fc.assert(
    fc.asyncProperty(answered, async sent => {
      const outcome = await s.pesapalOver(async () => sent).ask(s.IDS);
      if (outcome.outcome === 'going' || outcome.outcome === 'failed')
        assert.doesNotMatch(JSON.stringify(outcome), s.SECRETS);
      if (outcome.outcome === 'going') return;
      const { status_code, payment_status_description } = JSON.parse(sent.body);
      const told = status_code ?? payment_status_description;
      assert.ok(typeof told === 'string' || typeof told === 'number');
      assert.ok(meaning[outcome.outcome].includes(String(told).trim().toLowerCase()));
    }),
    { numRuns: 2_000 },
  );
});
