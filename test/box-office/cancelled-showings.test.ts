import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { bookAndPay, NOTE, OTHER_PHONE, openOffice, passResult, until } from '../support/office.ts';

const MINUTE = 60_000;

test('a cancelled showing ends what is held, owes back what is paid, and tells everybody who watches', async t => {
  const { tiketi, manager } = await openOffice(t);
  const showing = await tiketi.addShowing();
  const paid = await bookAndPay(tiketi, showing, OTHER_PHONE);
  const held = await tiketi.customer.book(showing);
  const [watchPaid, watchHeld] = [
    await tiketi.customer.watch(paid.bookingId),
    await tiketi.customer.watch(held.bookingId),
  ];
  await manager.does('POST', `/showings/${showing}/cancellations`, { note: NOTE });
  await watchHeld.untilState('cancelled');
  const refunded = await watchPaid.untilState('refunded');
  assert.equal(refunded.refunds[0]?.reason, 'showing_cancelled');
  assert.ok(refunded.showing.cancelled, 'its page can say why');
  assert.ok(refunded.tickets.every(({ state }) => state === 'void'));
  assert.equal(problemOf(await tiketi.customer.tryToBook({ showingId: showing, quantity: 1 })).code, 'showing_over');
  const again = await manager.ask('POST', `/showings/${showing}/cancellations`, { note: NOTE });
  assert.equal(problemOf(again).code, 'not_possible_now');
  const unknown = await manager.ask('POST', '/showings/999999/cancellations', { note: NOTE });
  assert.ok(unknown.status === 404 || unknown.status === 409);
});

test('who has the prompt open when the showing is cancelled, and pays, is owed the money', async t => {
  const { tiketi, manager } = await openOffice(t);
  const showing = await tiketi.addShowing();
  const { bookingId } = await tiketi.customer.book(showing);
  await tiketi.customer.pay(bookingId);
  await manager.does('POST', `/showings/${showing}/cancellations`, { note: NOTE });
  assert.equal((await tiketi.customer.see(bookingId)).state, 'cancelled');
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  const after = await until(tiketi, bookingId, view => view.refunds.length > 0);
  assert.equal(after.state, 'cancelled');
  assert.equal(after.refunds[0]?.reason, 'showing_cancelled');
  assert.equal(after.tickets.length, 0);
  const [due] = await manager.worklist();
  await manager.does('POST', `/refunds/${due?.refundId}/requests`);
  await passResult(tiketi);
  await until(tiketi, bookingId, view => view.refunds[0]?.state === 'done');
});

test('of two who cancel a showing at once one does, and nobody is owed twice', async t => {
  const { tiketi, manager } = await openOffice(t);
  const showing = await tiketi.addShowing();
  const { bookingId } = await bookAndPay(tiketi, showing);
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => manager.ask('POST', `/showings/${showing}/cancellations`, { note: NOTE })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
  assert.equal((await tiketi.customer.see(bookingId)).refunds.length, 1);
});

test('a showing is cancelled only with a reason, which stands in the history of each of its bookings', async t => {
  const { tiketi, manager } = await openOffice(t);
  const showing = await tiketi.addShowing();
  const lapsed = await tiketi.customer.book(showing);
  await tiketi.pass(11 * MINUTE);
  await until(tiketi, lapsed.bookingId, view => view.state === 'lapsed');
  const paid = await bookAndPay(tiketi, showing, OTHER_PHONE);
  const held = await tiketi.customer.book(showing);
  for (const body of [{}, { note: '' }, { note: 'no' }])
    assert.equal(problemOf(await manager.ask('POST', `/showings/${showing}/cancellations`, body)).code, 'invalid_body');
  assert.equal((await tiketi.customer.see(held.bookingId)).state, 'held');
  await manager.does('POST', `/showings/${showing}/cancellations`, { note: 'The projector broke' });
  for (const { bookingId } of [lapsed, paid, held]) {
    const told = (await manager.history(bookingId)).map(({ who, what }) => `${who} ${what}`);
    assert.ok(told.includes('Wanjiru cancelled the showing: The projector broke'), told.join('\n'));
    assert.ok((await tiketi.customer.see(bookingId)).showing.cancelled);
  }
});

test('whoever watches a showing is told that it was cancelled, also when nobody has booked', async t => {
  const { tiketi, manager } = await openOffice(t);
  const showingId = await tiketi.addShowing();
  const socket = tiketi.customer.socket();
  const answer = await socket.emitWithAck('showing:watch', { showingId });
  assert.ok('showing' in answer && !answer.showing.cancelled);
  const changed = new Promise(told => socket.once('showing:changed', told));
  await manager.does('POST', `/showings/${showingId}/cancellations`, { note: NOTE });
  const { startsAt, screen, price } = answer.showing;
  const planned = { startsAt, screen, price };
  assert.deepEqual(await changed, {
    showingId,
    fromVersion: 1,
    version: 2,
    placesLeft: 50,
    cancelled: true,
    ...planned,
  });
  const { body } = await tiketi.customer.ask('GET', `/api/v1/showings/${showingId}`);
  assert.equal((body as { cancelled: boolean }).cancelled, true);
});
