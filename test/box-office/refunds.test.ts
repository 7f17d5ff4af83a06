import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import {
  bookAndPay,
  decideRefund,
  NOTE,
  openOffice,
  owed,
  passResult,
  payTooLate,
  rowsOf,
  timesAsked,
  until,
} from '../support/office.ts';

const REVERSALS = '/mpesa/reversal';

test('money that came too late is due, a manager sends it, and the customer’s page says when it is back', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { bookingId, refunds, state } = await payTooLate(tiketi);
  assert.equal(state, 'lapsed');
  assert.deepEqual(refunds, [{ amount: { amount: 100_000, currency: 'KES' }, state: 'due', reason: 'late_payment' }]);
  const due = (await manager.worklist()).find(({ kind }) => kind === 'refund_due');
  assert.equal(due?.bookingId, bookingId);
  assert.ok(due?.receiptNumber);
  const watch = await tiketi.customer.watch(bookingId);
  await manager.does('POST', `/refunds/${due?.refundId}/requests`);
  await watch.until(view => view.refunds[0]?.state === 'requested');
  await passResult(tiketi);
  await watch.until(view => view.refunds[0]?.state === 'done');
  const { debits, reversals } = tiketi.simulator.ledger;
  assert.deepEqual(
    reversals.map(({ originalReceiptNumber, amount }) => ({ originalReceiptNumber, amount })),
    [{ originalReceiptNumber: debits[0]?.receiptNumber, amount: 1_000 }],
  );
  const [row] = await rowsOf<{ proof: string }>(tiketi, 'select proof from refund');
  assert.equal(row?.proof, reversals[0]?.receiptNumber, 'the number of the money that went back is kept');
  assert.deepEqual(await manager.worklist(), []);
});

test('a booking that is given back loses tickets and places at once, and the places can be sold again', async t => {
  const { tiketi, manager } = await openOffice(t);
  const showing = await tiketi.addShowing({ capacity: 2 });
  const { bookingId } = await bookAndPay(tiketi, showing);
  const watch = await tiketi.customer.watch(bookingId);
  assert.equal(problemOf(await tiketi.customer.tryToBook({ showingId: showing, quantity: 1 })).code, 'sold_out');
  await decideRefund(manager, bookingId);
  const refunded = await watch.untilState('refunded');
  assert.deepEqual(
    refunded.tickets.map(({ state }) => state),
    ['void', 'void'],
  );
  assert.equal(refunded.refunds[0]?.reason, 'staff_decision');
  await tiketi.customer.book(showing, 2);
  const again = await manager.ask('POST', '/refunds', { bookingId, note: NOTE });
  assert.equal(problemOf(again).code, 'not_possible_now');
});

test('of twenty who give a booking back at once one does, and of twenty who send the money one does', async t => {
  const { tiketi, manager } = await openOffice(t);
  const { bookingId } = await bookAndPay(tiketi);
  const decided = await Promise.all(
    Array.from({ length: 20 }, () => manager.ask('POST', '/refunds', { bookingId, note: NOTE })),
  );
  assert.equal(decided.filter(({ status }) => status === 201).length, 1);
  const [refund] = await rowsOf<{ id: string }>(tiketi, 'select id from refund');
  const sent = await Promise.all(
    Array.from({ length: 20 }, () => manager.ask('POST', `/refunds/${refund?.id}/requests`)),
  );
  assert.equal(sent.filter(({ status }) => status === 202).length, 1);
  for (const other of sent.filter(({ status }) => status !== 202))
    assert.equal(problemOf(other).code, 'not_possible_now');
  await passResult(tiketi);
  await until(tiketi, bookingId, view => view.refunds[0]?.state === 'done');
  assert.equal(problemOf(await manager.ask('POST', `/refunds/${refund?.id}/requests`)).code, 'not_possible_now');
  assert.equal(await timesAsked(tiketi, REVERSALS), 1);
  assert.equal(tiketi.simulator.ledger.reversals.length, 1);
});

test('a refund that the gateway refuses has failed, stays on the list, and can be sent again', async t => {
  const office = await openOffice(t);
  const { tiketi, manager } = office;
  const { send, untilRefund } = await owed(office);
  tiketi.fault('reversal-not-allowed');
  assert.equal((await send()).status, 202);
  await passResult(tiketi);
  await untilRefund('failed');
  const [item] = await manager.worklist();
  assert.equal(item?.next, 'Nothing: a manager must send it again, or pay by hand');
  assert.equal(tiketi.simulator.ledger.reversals.length, 0);
  assert.equal((await send()).status, 202);
  await passResult(tiketi);
  await untilRefund('done');
  assert.equal(tiketi.simulator.ledger.reversals.length, 1);
});

test('a second request whose answer is lost is settled by its own result, not confused with the first', async t => {
  const office = await openOffice(t);
  const { tiketi } = office;
  const { send, untilRefund } = await owed(office);
  tiketi.fault('reversal-insufficient');
  await send();
  await passResult(tiketi);
  await untilRefund('failed');
  tiketi.fault('reversal-reset');
  await send();
  await untilRefund('unknown');
  await passResult(tiketi);
  await untilRefund('done');
});

test('what is refused before anything is sent has failed at once', async t => {
  const office = await openOffice(t);
  office.tiketi.fault('reversal-spike');
  const { send, untilRefund } = await owed(office);
  await send();
  await untilRefund('failed');
  await send();
  await passResult(office.tiketi);
  await untilRefund('done');
});

for (const fault of [
  'reversal-already',
  'reversal-one-parameter',
  'reversal-strings',
  'reversal-twice',
  'reversal-reset',
] as const)
  test(`the money is back, also with ${fault}`, async t => {
    const office = await openOffice(t);
    const { bookingId, send, untilRefund } = await owed(office);
    office.tiketi.fault(fault);
    await send();
    await passResult(office.tiketi);
    await untilRefund('done');
    await passResult(office.tiketi);
    assert.equal(office.tiketi.simulator.ledger.reversals.length, 1);
    const told = (await office.manager.history(bookingId)).filter(({ what }) => what.includes('went back'));
    assert.equal(told.filter(({ what }) => !what.includes('could not')).length, 1, JSON.stringify(told));
  });

test('a refund for which the gateway is too slow waits for its result', async t => {
  const office = await openOffice(t);
  const { send, untilRefund, bookingId } = await owed(office);
  office.tiketi.fault('reversal-timeout');
  await send();
  await passResult(office.tiketi);
  await until(office.tiketi, bookingId, view => view.refunds[0]?.state === 'requested');
  await office.tiketi.pass(61_000);
  await untilRefund('done');
});
