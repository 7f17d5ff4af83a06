import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import {
  bookAndPay,
  change,
  decideRefund,
  NOTE,
  openOffice,
  owed,
  passResult,
  rowsOf,
  timesAsked,
  untilTrue,
} from '../support/office.ts';
import type { Tiketi } from '../support/tiketi.ts';

const MINUTE = 60_000;
const REVERSALS = '/mpesa/reversal';

test('a refund whose result never comes is uncertain after ten minutes: only a person ends it, with proof', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { refundId, send, untilRefund } = await owed(office);
  tiketi.fault('reversal-silent');
  await send();
  await tiketi.pass(9 * MINUTE);
  await untilRefund('requested');
  const close = (body: unknown) => manager.ask('POST', `/refunds/${refundId}/closings`, body);
  assert.equal(problemOf(await close({ state: 'done', proof: 'seen' })).code, 'not_possible_now', 'it is under way');
  await tiketi.pass(MINUTE + 1_000);
  await untilRefund('unknown');
  assert.equal(problemOf(await send()).code, 'not_possible_now');
  assert.equal(await timesAsked(tiketi, REVERSALS), 1);
  const [item] = await manager.worklist();
  assert.equal(item?.kind, 'refund_uncertain');
  assert.equal(problemOf(await close({ state: 'done' })).code, 'invalid_body', 'not without proof');
  assert.equal(problemOf(await close({ state: 'due', proof: NOTE })).code, 'invalid_body');
  assert.equal((await close({ state: 'done', proof: 'Statement of 22 November, line 7' })).status, 200);
  await untilRefund('done');
  assert.deepEqual(await manager.worklist(), []);
  assert.equal(problemOf(await close({ state: 'failed', proof: NOTE })).code, 'not_possible_now');
});

test('an uncertain refund that a person found not to have happened can be sent again', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { refundId, send, untilRefund } = await owed(office);
  tiketi.fault('reversal-error');
  await send();
  await untilRefund('unknown');
  assert.equal((await send()).status, 409);
  await manager.does('POST', `/refunds/${refundId}/closings`, { state: 'failed', proof: 'Not on the statement' });
  await send();
  await passResult(tiketi);
  await untilRefund('done');
  assert.equal(tiketi.simulator.ledger.reversals.length, 1);
});

test('a code that nobody knows ends nothing: after ten minutes a person looks', async t => {
  const office = await openOffice(t);
  const { send, untilRefund } = await owed(office);
  office.tiketi.fault('reversal-unlisted');
  await send();
  await passResult(office.tiketi);
  await untilRefund('requested');
  await office.tiketi.pass(11 * MINUTE);
  await untilRefund('unknown');
});

test('a result under a wrong token does not exist; one with the ids of another refund is set aside', async t => {
  const office = await openOffice(t);
  const { tiketi } = office;
  const { send, untilRefund } = await owed(office);
  tiketi.fault('reversal-timeout');
  await send();
  await passResult(tiketi);
  const result = (ConversationID: string) => ({
    Result: { ResultCode: 0, ConversationID, TransactionID: 'TKM0000001' },
  });
  const stranger = await tiketi.customer.ask('POST', `/callbacks/daraja/refunds/${'ab'.repeat(16)}`, result('AG_1'));
  assert.equal(stranger.status, 404);
  assert.equal((await tiketi.customer.ask('POST', resultPath(tiketi), result('AG_other'))).status, 200);
  await tiketi.server.idle();
  const [last] = await rowsOf<{ state: string }>(tiketi, 'select state from callback order by id desc limit 1');
  assert.equal(last?.state, 'quarantined');
  await untilRefund('requested');
});

test('whatever comes to the timeout address, the refund is still going', async t => {
  const office = await openOffice(t);
  const { tiketi } = office;
  const { send, untilRefund } = await owed(office);
  tiketi.fault('reversal-timeout');
  await send();
  await passResult(tiketi);
  for (const ResultCode of [1, 0, 'R000002']) {
    const body = { Result: { ResultCode, ResultDesc: 'The request timed out.' } };
    assert.equal((await tiketi.customer.ask('POST', `${resultPath(tiketi)}/timeout`, body)).status, 200);
    await tiketi.server.idle();
  }
  await untilRefund('requested');
});

test('money whose receipt number nobody knows yet cannot be sent back by the gateway', async t => {
  const { tiketi, manager } = await openOffice(t);
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  tiketi.fault('callback-lost');
  await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(40_000);
  await untilTrue(async () => (await tiketi.customer.see(booking.bookingId)).state === 'confirmed');
  const refundId = await decideRefund(manager, booking.bookingId);
  const answer = problemOf(await manager.ask('POST', `/refunds/${refundId}/requests`));
  assert.equal(answer.code, 'not_possible_now');
  assert.match(answer.detail, /receipt number/);
  assert.equal(await timesAsked(tiketi, REVERSALS), 0);
});

test('without an initiator money goes back by hand', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await bookAndPay(tiketi);
  const refundId = await decideRefund(manager, bookingId);
  for (const line of tiketi.server.parts.lines.values()) line.gateway = { ...line.gateway, refunds: null };
  assert.match(problemOf(await manager.ask('POST', `/refunds/${refundId}/requests`)).detail, /by hand/);
  await manager.does('POST', `/refunds/${refundId}/closings`, { state: 'done', proof: 'Cash, slip 12' });
  assert.equal((await tiketi.customer.see(bookingId)).refunds[0]?.state, 'done');
});

test('a crash between writing a refund down and sending it leaves it uncertain: it is never sent again', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { refundId, send, untilRefund } = await owed(office);
  const written = `state = 'requested', requestedAt = ${+tiketi.clock.now()}, callbackTokenHash = '${'t'.repeat(43)}'`;
  await change(tiketi, `update refund set ${written} where id = '${refundId}'`);
  await tiketi.restart();
  await tiketi.pass(11 * MINUTE);
  await untilRefund('unknown');
  assert.equal(problemOf(await send()).code, 'not_possible_now');
  assert.equal(await timesAsked(tiketi, REVERSALS), 0);
  assert.equal((await manager.worklist())[0]?.kind, 'refund_uncertain');
});

/** Where the gateway was told to send the newest result: only the simulator knows, by the timeout that it told. */
function resultPath(tiketi: Tiketi): string {
  const { pathname } = new URL(tiketi.simulator.parts.callbacks.at(-1)?.url ?? '');
  assert.ok(pathname.endsWith('/timeout'));
  return pathname.slice(0, -'/timeout'.length);
}
