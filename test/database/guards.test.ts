import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { byCallback, paid } from '../support/evidence.ts';
import { openCore } from '../support/money-core.ts';

const OTHER_PHONE = '254712345679';
const TAKEN = /UNIQUE constraint failed|duplicate key value/;

/** Two bookings with a prompt open each, and one row copied onto another: what no code of ours would ever try. */
async function open(t: TestContext) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' } });
  const showing = await core.addShowing();
  const one = await core.bookAndPay(showing);
  const other = await core.bookAndPay(showing, OTHER_PHONE);
  const refuses = (sql: string, what: RegExp) => assert.rejects(core.change(sql), what);
  return { ...core, showing, one, other, refuses };
}

test('I5 the tables refuse to count a receipt number twice', async t => {
  const { one, other, settle, refuses } = await open(t);
  await settle(one.payment, byCallback(paid('P0AAAAAAA')));
  await settle(other.payment, byCallback(paid('P0BBBBBBB')));
  await refuses(`update receipt set number = 'P0AAAAAAA'`, TAKEN);
});

test('I6 the tables refuse a second live payment for a booking, and for a phone', async t => {
  const { one, refuses } = await open(t);
  await refuses(`update payment set booking = '${one.booking}'`, TAKEN);
  await refuses(`update payment set phoneHash = (select phoneHash from payment limit 1)`, TAKEN);
});

test('I5 I6 the tables refuse two payments under one token, one reference, one pair of ids or one key', async t => {
  const { refuses } = await open(t);
  for (const column of ['callbackTokenHash', 'accountReference', 'idsHash'])
    await refuses(`update payment set ${column} = (select ${column} from payment limit 1)`, TAKEN);
  await refuses(
    `update payment set live = false, booking = (select booking from payment limit 1), keyHash = 'the same'`,
    TAKEN,
  );
  await refuses(`update booking set keyHash = 'the same'`, TAKEN);
});

test('I1 the tables refuse more places than there are, and fewer than none', async t => {
  const { showing, refuses } = await open(t);
  await refuses(`update showing set held = capacity, sold = 1 where id = ${showing}`, /showing_never_oversold/);
  await refuses(`update showing set held = -1 where id = ${showing}`, /showing_counts_positive/);
});
