import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbackPath, successBody } from '../support/callbacks.ts';
import { signedIn, tellSuccess, timesAsked, untilTrue } from '../support/office.ts';
import { execute } from '../support/raw-sql.ts';
import { CALLBACK_MS, type OlderPage, onlyShowing, openOlderPage, refused } from './older-page.ts';

const QUERY = 'stkpushquery';
const GOING = { errorCode: '500.001.1001', errorMessage: 'The transaction is being processed' };
const MINUTE = 60_000;

/** Waits for what is already on its way. */
async function untilStatus({ status }: OlderPage, id: string, code: string) {
  let seen: Record<string, string> = {};
  await untilTrue(
    async () => {
      seen = await status(id);
      return (seen.errorCode ?? seen.ResultCode) === code;
    },
    () => JSON.stringify(seen),
  );
  return seen;
}

test('open while the prompt is, confirmed when the money is here: two shapes, exactly', async t => {
  const page = await openOlderPage(t);
  const { checkoutRequestId } = await page.buy();
  assert.deepEqual(await page.status(checkoutRequestId), GOING);
  page.tiketi.phone.enterPin();
  await page.tiketi.pass(CALLBACK_MS);
  assert.deepEqual(await untilStatus(page, checkoutRequestId, '0'), {
    ResponseCode: '0',
    ResultCode: '0',
    ResultDesc: 'Your payment arrived.',
  });
});

test('a failure has its code twice and our sentence, and comes with 200', async t => {
  const page = await openOlderPage(t);
  const { checkoutRequestId } = await page.buy();
  page.tiketi.phone.cancel();
  await page.tiketi.pass(CALLBACK_MS);
  assert.deepEqual(await untilStatus(page, checkoutRequestId, '1032'), {
    ResultCode: '1032',
    errorCode: '1032',
    errorMessage: 'You cancelled the payment on your phone. You can try again.',
  });
});

test('a late refusal whose code is the one for "still going" stops the page all the same', async t => {
  const page = await openOlderPage(t);
  const { checkoutRequestId } = await page.buy();
  const { parts } = page.tiketi.server;
  await parts.database.write(em =>
    execute(
      em,
      "update payment set state = 'failed', live = 0, reason = 'phone_busy', reasonCode = '500.001.1001', nextCheckAt = null",
    ),
  );
  const { errorCode, ResultCode } = await page.status(checkoutRequestId);
  assert.deepEqual([errorCode, ResultCode], ['phone_busy', 'phone_busy']);
});

test('however many pages ask, the gateway is asked nothing', async t => {
  const page = await openOlderPage(t, { DARAJA_QUERIES_PER_MINUTE: '6000' }); // The budget would allow it.
  const { checkoutRequestId, ticketId } = await page.buy();
  await page.tiketi.clock.move(100_000); // The prompt is over; only a question could bring news.
  await page.tiketi.server.idle();
  const before = await timesAsked(page.tiketi, QUERY);
  for (let at = 0; at < 30; at++) {
    await page.status(checkoutRequestId);
    await page.ticket(ticketId);
  }
  assert.equal(await timesAsked(page.tiketi, QUERY), before);
});

test('lapsed without an answer: stop, and do not pay again', async t => {
  const page = await openOlderPage(t, { DARAJA_QUERIES_PER_MINUTE: '0.001' });
  page.tiketi.fault('silence');
  const { checkoutRequestId, ticketId } = await page.buy();
  await page.tiketi.pass(15 * MINUTE);
  const { errorCode, errorMessage, ...more } = await untilStatus(page, checkoutRequestId, 'hold_lapsed');
  assert.equal(errorCode, 'hold_lapsed');
  assert.match(errorMessage ?? '', /Do not pay again/);
  assert.deepEqual(more, {});
  assert.equal((await page.ticket(ticketId)).paymentStatus, 'Pending', 'its money may still arrive');
});

test('money too late for places that somebody else has: a refund is due, and nobody says confirmed', async t => {
  const page = await openOlderPage(t, { DARAJA_QUERIES_PER_MINUTE: '0.001' });
  const showing = await onlyShowing(page.tiketi, { capacity: 2 });
  page.tiketi.fault('silence');
  const { checkoutRequestId, ticketId } = await page.buy();
  page.tiketi.phone.enterPin();
  await page.tiketi.pass(15 * MINUTE);
  await untilStatus(page, checkoutRequestId, 'hold_lapsed');
  await page.tiketi.customer.book(showing, 2);
  await tellSuccess(page.tiketi);
  const { errorMessage } = await untilStatus(page, checkoutRequestId, 'refund_due');
  assert.match(errorMessage ?? '', /goes back to you/);
  assert.equal((await page.ticket(ticketId)).paymentStatus, 'Failed');
});

test('a booking that was given back is not confirmed any more', async t => {
  const page = await openOlderPage(t, { MANAGER_NAME: 'Wanjiru', MANAGER_PASSWORD: 'correct horse' });
  const { checkoutRequestId, ticketId } = await page.buy();
  page.tiketi.phone.enterPin();
  await page.tiketi.pass(CALLBACK_MS);
  await untilStatus(page, checkoutRequestId, '0');
  const manager = await signedIn(page.tiketi);
  await manager.does('POST', '/refunds', { bookingId: ticketId, note: 'the film tore' });
  await untilStatus(page, checkoutRequestId, 'refund_due');
  assert.equal((await page.ticket(ticketId)).paymentStatus, 'Failed');
});

test('money that a person must look at stops the page with the sentence that says so', async t => {
  const page = await openOlderPage(t);
  page.tiketi.fault('silence');
  const { checkoutRequestId, ticketId } = await page.buy();
  page.tiketi.phone.enterPin();
  await tellSuccess(page.tiketi, { amount: 1 });
  const { errorMessage } = await untilStatus(page, checkoutRequestId, 'under_review');
  assert.match(errorMessage ?? '', /Do not pay again/);
  assert.equal((await page.ticket(ticketId)).paymentStatus, 'Pending');
});

test('money that does not fit, after a failure: a person looks at it, and the ticket does not say that all is over', async t => {
  const page = await openOlderPage(t);
  const { checkoutRequestId, ticketId } = await page.buy();
  page.tiketi.phone.cancel();
  await page.tiketi.pass(CALLBACK_MS);
  await untilStatus(page, checkoutRequestId, '1032');
  const [ids] = [...page.tiketi.simulator.parts.checkouts.values()];
  assert.ok(ids);
  await page.post(callbackPath(page.tiketi), successBody({ ...ids, receiptNumber: 'UA1B2C3D4E', amount: 1 }));
  await untilStatus(page, checkoutRequestId, 'under_review');
  assert.equal((await page.ticket(ticketId)).paymentStatus, 'Pending');
});

test('an id that is nobody’s stops the page; no id at all is 400', async t => {
  const { status, post } = await openOlderPage(t);
  for (const id of ['0'.repeat(32), 'ws_CO_1', '<b>', 7, { a: 1 }, ['x']])
    assert.deepEqual(await status(id), { errorCode: 'unknown_payment', errorMessage: 'We know no such payment.' });
  for (const body of [{}, { checkoutRequestId: '' }, { checkoutRequestId: null }, 'x'])
    refused(await post('/api/query-payment-status', body), 400);
});

test('an id of a payment tells its status and nothing of whose it is', async t => {
  const { buy, status, get } = await openOlderPage(t);
  const { checkoutRequestId } = await buy({ customerName: 'Wambui' });
  assert.doesNotMatch(JSON.stringify(await status(checkoutRequestId)), /Wambui|2547|712/);
  refused(await get(`/api/tickets/${checkoutRequestId}`), 404);
});
