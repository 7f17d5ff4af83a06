import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { readQueryAnswer } from '../../server/gateway/daraja/read-query-answer.ts';
import { byCallback, byQuery, failed, paid, tell } from '../support/evidence.ts';
import { assertInvariants } from '../support/invariants.ts';
import { openCore } from '../support/money-core.ts';

const IDS = { trackingId: 'ws_CO_1', requestId: 'm-1' };
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A prompt was opened at 0 s and ends at 90 s; `at` moves the clock to so many milliseconds after that. */
async function pending(t: TestContext, settings: Record<string, string> = {}) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off', ...settings } });
  const { booking, payment } = await core.bookAndPay(await core.addShowing());
  const opened = +core.clock.now();
  return {
    ...core,
    booking,
    payment,
    at: (ms: number) => core.clock.move(opened + ms - +core.clock.now()),
    query: (outcome: Parameters<typeof byQuery>[0]) => core.settle(payment, byQuery(outcome)),
    async expect(story: string) {
      assert.equal(tell(await core.see(booking)), story);
      await assertInvariants(core.database.read());
    },
  };
}

test('a query’s success counts from a third of the prompt’s time after the push, not a moment before', async t => {
  const { at, query, expect } = await pending(t);
  at(30 * SECOND - 1);
  assert.equal((await query(paid(null, null))).verdict, 'ignored');
  await expect('held, pending');
  at(30 * SECOND);
  assert.equal((await query(paid(null, null))).verdict, 'settled');
  await expect('confirmed with 2 tickets, paid, no number applied 100000');
});

test('the waits follow the prompt’s time when that is set otherwise', async t => {
  const { at, query, expect } = await pending(t, { PROMPT_SECONDS: '30' });
  at(10 * SECOND - 1);
  await query(paid(null, null));
  await expect('held, pending');
  await query(failed());
  at(30 * SECOND);
  await query(failed());
  await expect('held, failed');
});

test('I5 the receipt number that was pending is filled in by later evidence: that is no second receipt', async t => {
  const { at, query, settle, payment, expect } = await pending(t);
  at(60 * SECOND);
  await query(paid(null, null));
  await query(paid(null, null));
  await expect('confirmed with 2 tickets, paid, no number applied 100000');
  await settle(payment, byCallback(paid('A1')));
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
  await settle(payment, byCallback(paid('A1')));
  await query(paid(null, null));
  await expect('confirmed with 2 tickets, paid, A1 applied 100000');
});

test('a query’s failure that was said once is only remembered', async t => {
  const { at, query, expect } = await pending(t);
  at(100 * SECOND);
  assert.equal((await query(failed())).verdict, 'ignored');
  await expect('held, pending');
});

test('a query’s failure counts when it is said again a sixth of the prompt’s time later, not a moment before', async t => {
  const { at, query, expect } = await pending(t);
  at(100 * SECOND);
  await query(failed());
  at(115 * SECOND - 1);
  assert.equal((await query(failed())).verdict, 'ignored');
  await expect('held, pending');
  at(115 * SECOND);
  assert.equal((await query(failed())).verdict, 'settled');
  await expect('held, failed');
});

test('a query’s failure does not count before the prompt is over, however often it is said', async t => {
  const { at, query, expect } = await pending(t);
  for (const seconds of [20, 40, 60, 80, 89.999]) {
    at(seconds * SECOND);
    assert.equal((await query(failed())).verdict, 'ignored');
  }
  await expect('held, pending');
  at(90 * SECOND);
  assert.equal((await query(failed())).verdict, 'settled');
  await expect('held, failed');
});

test('two different failures do not confirm each other', async t => {
  const { at, query, expect } = await pending(t);
  for (const [seconds, code] of [
    [100, '1032'],
    [120, '1037'],
    [140, '1032'],
  ] as const) {
    at(seconds * SECOND);
    await query(failed(code));
  }
  await expect('held, pending');
});

test('a query’s failure adds nothing once a callback has come', async t => {
  const { at, query, settle, payment, expect, booking, see } = await pending(t);
  await settle(payment, byCallback(failed('1032')));
  for (const seconds of [100, 120]) {
    at(seconds * SECOND);
    assert.equal((await query(failed('1037'))).verdict, 'ignored');
  }
  await expect('held, failed');
  assert.equal((await see(booking)).payment?.reason, 'cancelled_by_customer');
});

test('a success by query beats a failure that a callback or a query had told', async t => {
  for (const no of [byCallback(failed()), byQuery(failed())]) {
    const { at, query, settle, payment, expect } = await pending(t);
    at(100 * SECOND);
    await settle(payment, no);
    at(120 * SECOND);
    await settle(payment, no);
    await expect('held, failed');
    await query(paid(null, null));
    await expect('confirmed with 2 tickets, paid, no number applied 100000');
  }
});

test('a payment that only queries called failed is asked about again after 5 minutes and after an hour, then never', async t => {
  const { at, janitor, expect, gateway, booking, see, clock } = await pending(t, { DARAJA_QUERIES_PER_MINUTE: '60' });
  gateway.answer = () => failed('1037');
  const opened = +clock.now();
  for (let seconds = 0; (await see(booking)).payment?.state !== 'failed'; seconds += 1) {
    at(seconds * SECOND);
    await janitor();
    assert.ok(seconds < 300);
  }
  const failedAt = +clock.now() - opened;
  const askedBefore = gateway.asked.length;
  for (const [ms, asked] of [
    [5 * MINUTE - 1, 0],
    [5 * MINUTE, 1],
    [HOUR - 1, 1],
    [HOUR, 2],
    [2 * HOUR, 2],
    [8 * 24 * HOUR, 2],
  ] as const) {
    at(failedAt + ms);
    await janitor();
    assert.equal(gateway.asked.length - askedBefore, asked, `${ms / 1_000} s after it failed`);
  }
  await expect('lapsed, failed');
  assert.equal((await see(booking)).payment?.nextCheckAt, null);
});

test('I9 4999, "being processed", 429, unlisted codes and silence are still going: nothing fails', async t => {
  const answer = (status: number, body: unknown) =>
    readQueryAnswer(
      { result: 'answered', status, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) },
      IDS,
    );
  const told = (ResultCode: string) => answer(200, { ResponseCode: '0', ...IDS, ResultCode, ResultDesc: '…' });
  const goings = [
    told('4999'),
    told('7777'),
    told('26'),
    answer(500, { errorCode: '500.001.1001', errorMessage: 'The transaction is being processed' }),
    answer(429, 'Too many requests'),
    answer(503, '<html>'),
    answer(200, 'nothing that anybody can read'),
    readQueryAnswer({ result: 'unanswered', why: 'timeout' }, IDS),
    readQueryAnswer({ result: 'not_sent', why: 'ECONNREFUSED' }, IDS),
  ];
  const { at, settle, payment, expect } = await pending(t);
  for (const [index, outcome] of goings.flatMap(one => [one, one, one]).entries()) {
    at((100 + index * 20) * SECOND);
    const { verdict } = await settle(payment, byQuery(outcome));
    assert.equal(verdict, 'ignored', JSON.stringify(outcome));
  }
  await expect('held, pending');
});
