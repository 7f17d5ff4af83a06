import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { readStatementLine } from '../../server/gateway/daraja/read-statement-line.ts';
import type { StatementLine } from '../../server/gateway/gateway.ts';
import * as s from './scripted-daraja.ts';

const HOUR_MS = 3_600_000;
const ROW = {
  transactionId: 'RKL51ZDR9Z',
  trxDate: '2021-06-28T05:13:00Z',
  msisdn: 722000000,
  sender: 'UAT2',
  transactiontype: 'c2b-pay-bill-debit',
  billreference: 'TK7M2P9QR',
  amount: '168.00',
  organizationname: 'Daraja Pull API Test',
};
const LINE: StatementLine = {
  receiptNumber: 'RKL51ZDR9Z',
  amount: { amount: 16_800, currency: 'KES' },
  accountReference: 'TK7M2P9QR',
  paidAt: new Date('2021-06-28T05:13:00Z'),
};
const row = (number: number) => ({ ...ROW, transactionId: `RKL51ZDR${String(number).padStart(4, '0')}` });
const rows = (count: number, from = 0) => Array.from({ length: count }, (_, at) => row(from + at));

const some = (...pages: unknown[]) =>
  s.json(200, { ResponseRefID: '26178-42530161-2', ResponseCode: '1000', ResponseMessage: 'Success', Response: pages });
const none = s.json(200, { ResponseRefID: '1', ResponseCode: '1001', ResponseMessage: 'None', Response: '[[]]' });

/** It is 09:24:08 in Nairobi. */
async function openStatement(t: TestContext) {
  const world = await s.openWorld(t, { statements: true });
  const { statement } = world.daraja;
  assert.ok(statement);
  const lastHour = () => statement(new Date(world.clock.now().getTime() - HOUR_MS), world.clock.now());
  return { ...world, statement, lastHour, fields: () => world.calls(s.STATEMENT).map(({ body }) => JSON.parse(body)) };
}

test('a statement is asked for on a clock in Nairobi, and again from the row where it ended', async t => {
  const { statement, say, fields, clock } = await openStatement(t);
  say(s.STATEMENT, some([ROW]), none);
  const from = new Date(clock.now().getTime() - HOUR_MS);
  assert.deepEqual(await statement(from, clock.now()), { lines: [LINE], stopped: null });
  const asked = { ShortCode: '174379', StartDate: '2021-06-28 08:24:08', EndDate: '2021-06-28 09:24:08' };
  assert.deepEqual(fields(), [
    { ...asked, OffSetValue: '0' },
    { ...asked, OffSetValue: '1' },
  ]);
});

test('the last second counts in full, and 48 hours are the most', async t => {
  const { statement, say, fields, clock } = await openStatement(t);
  say(s.STATEMENT, none);
  await statement(new Date(0), new Date(clock.now().getTime() + 1));
  assert.equal(fields()[0].StartDate, '2021-06-26 09:25:08');
  assert.equal(fields()[0].EndDate, '2021-06-28 09:24:09');
});

test('an empty time is not asked about', async t => {
  const { statement, calls, clock } = await openStatement(t);
  assert.deepEqual(await statement(clock.now(), new Date(0)), { lines: [], stopped: null });
  assert.equal(calls('/').length, 0);
});

test('a till has no statement, nor has an account without Pull Transactions', async t => {
  assert.equal((await s.openWorld(t, { statements: false })).daraja.statement, null);
  assert.equal((await s.openWorld(t, { statements: true, tillNumber: '600123' })).daraja.statement, null);
});

for (const [what, Response] of [
  ['a list in a list', [[ROW]]],
  ['a list', [ROW]],
  ['several lists', [[], [ROW], []]],
  ['a text', JSON.stringify([[ROW]])],
] as const)
  test(`${what} of rows is read`, async t => {
    const { lastHour, say } = await openStatement(t);
    say(s.STATEMENT, s.json(200, { ResponseCode: 1000, Response }), none);
    assert.deepEqual(await lastHour(), { lines: [LINE], stopped: null });
  });

for (const [what, body] of [
  ['1001', { ResponseCode: '1001' }],
  ['1001 as a number, and nothing in a list', { ResponseCode: 1001, Response: [[]] }],
  ['1001 and rubbish', { ResponseCode: '1001', Response: 'none' }],
  ['1000 and an empty list', { ResponseCode: '1000', Response: [] }],
] as const)
  test(`${what} is an empty statement`, async t => {
    const { lastHour, say, calls } = await openStatement(t);
    say(s.STATEMENT, s.json(200, body));
    assert.deepEqual(await lastHour(), { lines: [], stopped: null });
    assert.equal(calls(s.STATEMENT).length, 1);
  });

test('a statement of three pages has every line once', async t => {
  const { lastHour, say, fields } = await openStatement(t);
  // A payment came in between: what was the last row is now the first of the next page.
  say(s.STATEMENT, some(rows(100)), some(rows(100, 99)), some(rows(7, 199)), none);
  const { lines, stopped } = await lastHour();
  assert.equal(stopped, null);
  assert.deepEqual(
    lines.map(line => line.receiptNumber),
    rows(206).map(one => one.transactionId),
  );
  assert.deepEqual(
    fields().map(({ OffSetValue }) => OffSetValue),
    ['0', '100', '200', '207'],
  );
});

test('a page of nothing but bad rows is passed over', async t => {
  const { lastHour, say } = await openStatement(t);
  say(s.STATEMENT, some([null, { ...ROW, amount: 'x' }]), some([ROW]), none);
  assert.deepEqual(await lastHour(), { lines: [LINE], stopped: null });
});

test('a gateway that does not heed the offset is asked twice, not for ever', async t => {
  const { lastHour, say, calls } = await openStatement(t);
  say(s.STATEMENT, some([ROW]));
  assert.deepEqual(await lastHour(), { lines: [LINE], stopped: { why: 'the same rows again', slowDown: false } });
  assert.equal(calls(s.STATEMENT).length, 2);
});

test('a statement without end ends after twenty pages', async t => {
  const { lastHour, say, calls } = await openStatement(t);
  const pages = Array.from({ length: 30 }, (_, page) => some(rows(2, page * 2)));
  say(s.STATEMENT, ...pages);
  const { lines, stopped } = await lastHour();
  assert.equal(lines.length, 40);
  assert.deepEqual(stopped, { why: 'too many pages', slowDown: false });
  assert.equal(calls(s.STATEMENT).length, 20);
});

const failures: [what: string, answer: s.Answer, why: string, slowDown?: true][] = [
  ['a rate limit', s.spikeArrest(), 'HTTP 429', true],
  ['a bare rate limit', s.text(429, ''), 'HTTP 429', true],
  ['a spike', s.error(500, '500.003.02', 'Error Occurred: Spike Arrest Violation'), 'HTTP 500 500.003.02', true],
  ['a quota', s.error(500, '500.003.03', 'Quota Violation'), 'HTTP 500 500.003.03', true],
  ['an error of their own', s.error(500, '500.001.1001', 'Internal Server Error'), 'HTTP 500 500.001.1001'],
  ['an invalid field', s.error(400, '400.002.02', 'Bad Request - Invalid StartDate'), 'HTTP 400 400.002.02'],
  ['a token never taken', s.error(404, '404.001.03', 'Invalid Access Token'), 'HTTP 404 404.001.03'],
  ['a page of HTML', s.text(200, '<html>'), 'HTTP 200'],
  ['a firewall’s page', s.text(503, s.incapsula), 'HTTP 503'],
  ['nothing', s.text(200, ''), 'HTTP 200'],
  ['another code', s.json(200, { ResponseCode: '0', Response: [[ROW]] }), 'HTTP 200'],
  ['rows under HTTP 500', s.json(500, { ResponseCode: '1000', Response: [[ROW]] }), 'HTTP 500'],
  ['1000 and no rows', s.json(200, { ResponseCode: '1000' }), 'unreadable'],
  ['1000 and rubbish', s.json(200, { ResponseCode: '1000', Response: '<xml>' }), 'unreadable'],
];
for (const [what, answer, why, slowDown = false] of failures)
  test(`a statement answered with ${what} has stopped${slowDown ? ', and asks for patience' : ''}; earlier lines count`, async t => {
    const { lastHour, say } = await openStatement(t);
    say(s.STATEMENT, answer);
    assert.deepEqual(await lastHour(), { lines: [], stopped: { why, slowDown } });
    say(s.STATEMENT, some([ROW]), answer);
    assert.deepEqual(await lastHour(), { lines: [LINE], stopped: { why, slowDown } });
  });

test('a statement that is lost, late or not allowed to ask has stopped', async t => {
  const { lastHour, say, asked, clock } = await openStatement(t);
  say(s.OAUTH, s.text(400, ''), s.grant('second'));
  say(s.STATEMENT, s.reset, s.hang);
  assert.deepEqual(await lastHour(), { lines: [], stopped: { why: 'oauth:HTTP 400', slowDown: false } });
  assert.equal((await lastHour()).lines.length, 0);
  const asking = lastHour();
  await asked(s.STATEMENT, 2);
  clock.move(20_000);
  assert.deepEqual(await asking, { lines: [], stopped: { why: 'timeout', slowDown: false } });
});

test('a page may have megabytes, but not without end', async t => {
  const { lastHour, say } = await openStatement(t);
  say(s.STATEMENT, some(rows(9_000)), none);
  assert.equal((await lastHour()).lines.length, 9_000);
  say(s.STATEMENT, s.text(200, ' '.repeat(4 * 1_024 * 1_024 + 1)));
  assert.deepEqual((await lastHour()).stopped, { why: 'too_large', slowDown: false });
});

for (const [what, change, line] of [
  ['a number for an amount', { amount: 168 }, {}],
  ['a blank around the reference', { billreference: ' TK7M2P9QR ' }, {}],
  ['a number for a reference', { billreference: 37207636392 }, { accountReference: '37207636392' }],
  ['no reference', { billreference: undefined }, { accountReference: '' }],
  ['a list for a reference', { billreference: ['TK7M2P9QR'] }, { accountReference: '' }],
  ['an endless reference', { billreference: 'x'.repeat(500) }, { accountReference: 'x'.repeat(64) }],
  ['another type of payment', { transactiontype: 'Pay Bill Online' }, {}],
  ['no type', { transactiontype: undefined }, {}],
  ['a date with a zone', { trxDate: '2021-06-28T08:13:00+03:00' }, {}],
  ['a date with thousandths', { trxDate: '2021-06-28T05:13:00.000Z' }, {}],
  ['a date without a zone', { trxDate: '2021-06-28T08:13:00' }, {}],
  ['a date with a blank', { trxDate: '2021-06-28 08:13:00' }, {}],
  ['a date in digits', { trxDate: 20210628081300 }, {}],
  ['no date', { trxDate: undefined }, { paidAt: null }],
  ['a date that is none', { trxDate: '2021-13-28T05:13:00Z' }, { paidAt: null }],
  ['a date in words', { trxDate: 'yesterday' }, { paidAt: null }],
] as const)
  test(`a row with ${what} is a line`, () => {
    assert.deepEqual(readStatementLine({ ...ROW, ...change }), { ...LINE, ...line });
  });

for (const bad of [
  ...[undefined, null, 7, 'row', [], {}, [ROW]],
  { ...ROW, transactionId: undefined },
  { ...ROW, transactionId: 'rkl51zdr9z' },
  { ...ROW, transactionId: 1234567890 },
  { ...ROW, amount: undefined },
  { ...ROW, amount: '0.00' },
  { ...ROW, amount: '-168.00' },
  { ...ROW, amount: '1,168.00' },
  { ...ROW, amount: '1.005' },
  { ...ROW, transactiontype: 'c2b-pay-bill-Reversal' },
])
  test(`${String(JSON.stringify(bad)).slice(0, 60)} … is no line`, () => {
    assert.equal(readStatementLine(bad), undefined);
  });

test('whatever a row is, nothing is thrown, and a line has a number and an amount', () => {
  const odd = fc.record({
    transactionId: fc.oneof(fc.constant('RKL51ZDR9Z'), fc.anything()),
    amount: fc.oneof(fc.constant('5.00'), fc.anything()),
    billreference: fc.anything(),
    trxDate: fc.anything(),
    transactiontype: fc.anything(),
  });
  fc.assert(
    fc.property(fc.oneof(odd, fc.anything()), one => {
      const line = readStatementLine(one);
      if (line === undefined) return;
      assert.match(line.receiptNumber, /^[A-Z0-9]{6,20}$/);
      assert.ok(Number.isSafeInteger(line.amount.amount) && line.amount.amount > 0);
      assert.ok(line.paidAt === null || !Number.isNaN(line.paidAt.getTime()));
    }),
    { numRuns: 2_000 },
  );
});
