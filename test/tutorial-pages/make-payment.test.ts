import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../support/eventually.ts';
import { OTHER_PHONE, rowsOf } from '../support/office.ts';
import { answered, CALLBACK_MS, HOUR, onlyShowing, openOlderPage, placesLeft, refused, Started } from './older-page.ts';

const PUSH = '/mpesa/stkpush/v1/processrequest';

test('books what the list shows now and asks the phone to pay', async t => {
  const { tiketi, buy, movies } = await openOlderPage(t);
  const showing = await onlyShowing(tiketi, { capacity: 5 });
  const { ticketId, checkoutRequestId, responseDescription } = await buy();
  const booking = await tiketi.customer.see(ticketId);
  assert.deepEqual(
    [booking.state, booking.showing.showingId, booking.quantity, booking.customerName, booking.total.amount],
    ['held', showing, 2, 'Amani', 100_000],
  );
  assert.equal(booking.payment?.paymentId, checkoutRequestId);
  assert.equal(booking.payment?.state, 'pending');
  assert.equal(responseDescription, 'Success. Request accepted for processing');
  assert.equal(tiketi.simulator.parts.requests[PUSH], 1);
  assert.equal(booking.showing.startsAt, (await movies()).find(({ movieId }) => movieId === 1)?.showTime);
});

test('numbers may come as strings, phones as people write them', async t => {
  const { tiketi, buy } = await openOlderPage(t);
  const phones = ['0712 345 001', '+254712345002', 254712345003, '712-345-004', 712345005];
  for (const [at, phoneNumber] of phones.entries()) {
    const { ticketId } = await buy({ movieId: '1', quantity: String(at + 1), phoneNumber });
    const { phone, quantity } = await tiketi.customer.see(ticketId);
    assert.deepEqual([phone, quantity], [`2547•••••00${at + 1}`, at + 1]);
  }
});

test('a missing field is 400, names every missing field, and books nothing', async t => {
  const { tiketi, post, tryToBuy } = await openOlderPage(t);
  for (const missing of [undefined, null, '', '  '])
    for (const field of ['movieId', 'customerName', 'phoneNumber', 'quantity'])
      assert.equal(refused(await tryToBuy({ [field]: missing }), 400), `Missing required fields: ${field}`);
  assert.match(refused(await post('/api/make-payment', {}), 400), /movieId, customerName, phoneNumber, quantity/);
  for (const body of ['', 'no json', '[]', '7', '"<b>"', 'null', '{"movieId":NaN}', '{'])
    refused(await post('/api/make-payment', body), 400);
  assert.deepEqual(await rowsOf(tiketi, 'select * from booking'), []);
});

test('a phone, a name or a quantity that cannot be booked is 400 and says what to do', async t => {
  const { tiketi, tryToBuy } = await openOlderPage(t);
  const cases: [Record<string, unknown>, RegExp][] = [
    [{ phoneNumber: '12345' }, /mobile number such as 0712 345 678/],
    [{ phoneNumber: '0201234567' }, /mobile number/],
    [{ phoneNumber: '9'.repeat(60) }, /mobile number/],
    [{ phoneNumber: { a: 1 } }, /mobile number/],
    [{ quantity: 0 }, /between 1 and 10/],
    [{ quantity: -2 }, /between 1 and 10/],
    [{ quantity: 1.5 }, /between 1 and 10/],
    [{ quantity: 'two' }, /between 1 and 10/],
    [{ quantity: 11 }, /at most 10/],
    [{ customerName: 'n'.repeat(81) }, /name of at most 80/],
    [{ customerName: 7 }, /name/],
  ];
  for (const [wrong, said] of cases) assert.match(refused(await tryToBuy(wrong), 400), said, JSON.stringify(wrong));
  for (const movieId of [999, '999', 'abc', -1, 1.5, {}]) refused(await tryToBuy({ movieId }), 404);
  assert.deepEqual(await rowsOf(tiketi, 'select * from booking'), []);
});

test('too few places is 400 and says how many are left', async t => {
  const { tiketi, tryToBuy, buy } = await openOlderPage(t);
  await onlyShowing(tiketi, { capacity: 3 });
  assert.equal(refused(await tryToBuy({ quantity: 4 }), 400), 'Not enough tickets available. Only 3 left.');
  await buy({ quantity: 3 });
  const late = await tryToBuy({ quantity: 1, phoneNumber: OTHER_PHONE });
  assert.equal(refused(late, 400), 'Not enough tickets available. Only 0 left.');
});

test('once the showing that was listed has begun, the next one is booked, and without a next one it is 400', async t => {
  const { tiketi, buy, tryToBuy } = await openOlderPage(t);
  await onlyShowing(tiketi, { startsAt: new Date(+tiketi.clock.now() + HOUR) });
  const evening = await tiketi.addShowing({ startsAt: new Date(+tiketi.clock.now() + 4 * HOUR) });
  await tiketi.pass(2 * HOUR);
  const { ticketId } = await buy();
  assert.equal((await tiketi.customer.see(ticketId)).showing.showingId, evening);
  await tiketi.pass(3 * HOUR);
  assert.match(refused(await tryToBuy({ phoneNumber: OTHER_PHONE }), 400), /no showing of this movie left/);
});

for (const fault of [
  'refused-credentials',
  'refused-locked',
  'refused-spike',
  'refused-phone',
  'refused-merchant',
] as const)
  test(`a push that is refused (${fault}) is 500 with a sentence, and its places are free at once`, async t => {
    const { tiketi, tryToBuy, buy } = await openOlderPage(t);
    const showing = await onlyShowing(tiketi, { capacity: 2 });
    tiketi.fault(fault);
    assert.match(refused(await tryToBuy(), 500), /\. /);
    assert.equal(await placesLeft(tiketi, showing), 2);
    const bookings = await rowsOf<{ state: string }>(tiketi, 'select state from booking');
    assert.deepEqual(bookings, [{ state: 'cancelled' }]);
    await tiketi.pass(120_000);
    await buy();
  });

test('a gateway that cannot be reached is 500, and the places are free at once', async t => {
  const { tiketi, tryToBuy } = await openOlderPage(t, { MPESA_BASE_URL: 'http://127.0.0.1:1' });
  const showing = await onlyShowing(tiketi, { capacity: 2 });
  assert.match(refused(await tryToBuy(), 500), /Nothing was taken/);
  assert.equal(await placesLeft(tiketi, showing), 2);
});

test('nobody knows what became of the push: that is no failure, and the places stay held', async t => {
  const { tiketi, buy, status } = await openOlderPage(t);
  const showing = await onlyShowing(tiketi, { capacity: 2 });
  tiketi.fault('refused-internal-error');
  const { checkoutRequestId } = await buy();
  assert.equal(await placesLeft(tiketi, showing), 0);
  assert.equal((await status(checkoutRequestId)).errorCode, '500.001.1001');
});

test('a gateway that takes longer than five seconds is not waited for', async t => {
  const { tiketi, tryToBuy, status } = await openOlderPage(t);
  tiketi.fault('answer-slow');
  const buying = tryToBuy();
  await eventually(() => tiketi.simulator.parts.requests[PUSH] === 1);
  tiketi.clock.move(5_000);
  const { checkoutRequestId } = answered(await buying, Started);
  assert.equal((await status(checkoutRequestId)).errorCode, '500.001.1001');
});

test('of a double click one asks the phone, and the other holds nothing', async t => {
  const { tiketi, tryToBuy } = await openOlderPage(t);
  const showing = await onlyShowing(tiketi, { capacity: 10 });
  const answers = await Promise.all([tryToBuy(), tryToBuy(), tryToBuy()]);
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(statuses.toSorted(), [200, 400, 400]);
  for (const answer of answers.filter(({ status }) => status === 400))
    assert.equal(refused(answer, 400), 'This phone has another payment open');
  assert.equal(tiketi.simulator.parts.requests[PUSH], 1);
  assert.equal(await placesLeft(tiketi, showing), 8);
});

test('the same phone too soon after a cancelled payment is 429, says how long to wait and holds nothing more', async t => {
  const { tiketi, tryToBuy, buy, status } = await openOlderPage(t);
  const showing = await onlyShowing(tiketi, { capacity: 10 });
  const { checkoutRequestId } = await buy();
  tiketi.phone.cancel();
  await tiketi.pass(CALLBACK_MS);
  await eventually(async () => (await status(checkoutRequestId)).ResultCode === '1032');
  const answer = await tryToBuy();
  assert.match(refused(answer, 429), /Try again in \d+ seconds\./);
  assert.ok(Number(answer.headers['retry-after']) > 60);
  assert.equal(await placesLeft(tiketi, showing), 8);
});

test('an address that asks too often is told so in their own way: 429 with a sentence', async t => {
  const { tryToBuy } = await openOlderPage(t);
  for (let at = 0; at < 300; at++) refused(await tryToBuy({ quantity: '' }), 400);
  const answer = await tryToBuy();
  assert.match(refused(answer, 429), /Too many requests/);
  assert.ok(Number(answer.headers['retry-after']) > 0);
});
