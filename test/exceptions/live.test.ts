import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bookAndPay, change, NOTE, payInSilence, rowsOf } from '../support/office.ts';
import { openExceptions, SOON } from './offices.ts';
import { watchExceptions } from './watch-exceptions.ts';

const MINUTE = 60_000;

test('what happens at a venue is told to its own people and to those of all venues, and to nobody else', async t => {
  const { tiketi, manager, hire, list } = await openExceptions(t);
  const otieno = await hire('Otieno', 'supervisor', 1);
  const here = await watchExceptions(await otieno.socket(), { venueId: 1 });
  const there = await watchExceptions(await (await hire('Juma', 'manager', 2)).socket());
  const till = await (await hire('Amina', 'cashier', 1)).socket();
  const heard: string[] = [];
  till.socket.onAny((event: string) => void heard.push(event));
  await till.socket.timeout(5_000).emitWithAck('board:watch', { venueId: 1 });
  const { bookingId, reference } = await bookAndPay(tiketi);
  await manager.does('POST', '/refunds', { bookingId, note: NOTE });
  await tiketi.pass(SOON);
  const due = await list.one('refund_due');
  assert.deepEqual(await here.one('refund_due'), due);
  const [first, second] = await Promise.all(
    [1, 2].map(() => manager.ask('POST', `/refunds/${due.refundId}/closings`, { state: 'done', proof: 'Slip 4' })),
  );
  assert.deepEqual([first?.status, second?.status].sort(), [200, 409], 'of two at once one does');
  await tiketi.pass(SOON);
  await Promise.all([list.empty(), here.empty()]);
  assert.deepEqual(
    there.changes.filter(({ venueId }) => venueId !== 2),
    [],
  );
  assert.ok(!there.raw.join().includes(reference) && !there.raw.join().includes(bookingId));
  assert.ok(heard.includes('board:changed') && !heard.includes('exception:changed'), heard.join());
});

test('money that is nobody’s comes to those of all venues only, with what was typed, and each decision about it is written down', async t => {
  const { tiketi, manager, hire, list, sends } = await openExceptions(t);
  const otieno = await hire('Otieno', 'supervisor', 1);
  const here = await watchExceptions(await otieno.socket());
  const number = await sends(700, '0712 345 678');
  const one = await list.one('unmatched_money');
  assert.deepEqual([one.receiptNumber, one.venueId, one.reference], [number, null, null]);
  assert.deepEqual(one.actions, ['match', 'refund', 'reverse', 'close']);
  const path = `/exceptions/${one.exceptionId}`;
  const { exception } = (await manager.does('GET', path)) as { exception: { evidence: { what: string }[] } };
  assert.match(exception.evidence[0]?.what ?? '', /paid under “0712•••678”/, 'and no phone in the clear');
  assert.equal((await otieno.ask('GET', path)).status, 404);
  await manager.does('POST', `/receipts/${one.receiptId}/resolutions`, { as: 'closed', note: NOTE });
  await tiketi.pass(SOON);
  await list.empty();
  assert.ok(!here.raw.join().includes(number));
  const decided = await rowsOf<{ actor: string; receipt: number }>(
    tiketi,
    `select actor, receipt from audit_entry where happening = 'staff_closed'`,
  );
  assert.deepEqual(decided, [{ actor: 'staff:Wanjiru', receipt: one.receiptId }]);
});

test('who comes later, or was cut off, gets the whole list with the answer', async t => {
  const { tiketi, manager, list } = await openExceptions(t);
  await payInSilence(tiketi);
  await tiketi.pass(10 * MINUTE);
  const told = await list.one('unknown_outcome');
  const again = await watchExceptions(await manager.socket());
  assert.deepEqual(
    again.all().map(({ exceptionId }) => exceptionId),
    [told.exceptionId],
  );
});

test('what the rules forgot to tell is told within ten seconds all the same', async t => {
  const { tiketi, list } = await openExceptions(t);
  const { payment } = await bookAndPay(tiketi);
  await tiketi.pass(10_000);
  await change(tiketi, `update payment set frozen = 1 where id = '${payment?.paymentId}'`);
  await tiketi.pass(10_000);
  await list.one('under_review');
  await change(tiketi, `update payment set frozen = 0 where id = '${payment?.paymentId}'`);
  await tiketi.pass(10_000);
  await list.empty();
});
