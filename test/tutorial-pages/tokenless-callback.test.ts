import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbackPath, storedCallbacks, successBody } from '../support/callbacks.ts';
import { rowsOf, timesAsked, until } from '../support/office.ts';
import { type OlderPage, openOlderPage, refused } from './older-page.ts';

const CALLBACK = '/api/mpesa-callback';
const QUERY = 'stkpushquery';
const ACCEPTED = { ResultCode: 0, ResultDesc: 'Accepted' };

test('whatever comes without a token is answered 200, kept as it came within limits, and changes nothing', async t => {
  const { tiketi, post, buy } = await openOlderPage(t);
  await buy();
  const before = await rowsOf(tiketi, 'select * from payment');
  for (const body of ['', '{', 'null', '[]', '7', '{"Body":{}}', '{"Body":{"stkCallback":{}}}', 'x'.repeat(200_000)]) {
    const { status, body: said } = await post(CALLBACK, body);
    assert.deepEqual([status, said], [200, ACCEPTED], body.slice(0, 40));
    const kept = storedCallbacks(tiketi).at(-1);
    assert.deepEqual([kept?.payment, kept?.state, kept?.verdict], [null, 'ignored', 'no token']);
    assert.equal(kept?.body.toString(), body.slice(0, 4_096));
  }
  assert.deepEqual(await rowsOf(tiketi, 'select * from payment'), before);
});

test('a success without a token is not believed, but the gateway is asked earlier, once', async t => {
  const { page, ticketId, said } = await paidInSilence(t);
  const { tiketi, post } = page;
  await tiketi.pass(50_000); // The checks at 25 s and 45 s are over, the next is not due.
  const asked = await timesAsked(tiketi, QUERY);
  assert.deepEqual((await post(CALLBACK, said)).body, ACCEPTED);
  assert.equal((await tiketi.customer.see(ticketId)).state, 'held', 'its word alone is worth nothing');
  await tiketi.pass(1_000);
  assert.equal(await timesAsked(tiketi, QUERY), asked + 1);
  for (let at = 0; at < 5; at++) {
    await post(CALLBACK, said);
    await tiketi.pass(1_000);
  }
  assert.equal(await timesAsked(tiketi, QUERY), asked + 1, 'whoever repeats it uses up no budget');
});

test('what the gateway says when it is asked earlier books the tickets', async t => {
  const { page, ticketId, said } = await paidInSilence(t, 'callback-lost');
  const { tiketi, post } = page;
  await tiketi.pass(31_000);
  await post(CALLBACK, said);
  await tiketi.pass(1_000);
  await until(tiketi, ticketId, view => view.state === 'confirmed');
});

test('one id of two, or two of different payments, brings nothing forward', async t => {
  const { page, said } = await paidInSilence(t);
  const { tiketi, post } = page;
  const before = await rowsOf(tiketi, 'select nextCheckAt, notifiedAt from payment');
  const { checkoutRequestId, merchantRequestId } = idsOf(said);
  for (const wrong of [
    said.replace(merchantRequestId, 'another'),
    said.replace(checkoutRequestId, 'ws_CO_another'),
    said.replace('MerchantRequestID', 'Nothing'),
    said.replace('CheckoutRequestID', 'Nothing'),
  ])
    await post(CALLBACK, wrong);
  assert.deepEqual(await rowsOf(tiketi, 'select nextCheckAt, notifiedAt from payment'), before);
});

test('a wrong token is still as if there were nothing there, and a right one still counts', async t => {
  const { tiketi, post, buy, get } = await openOlderPage(t);
  const { ticketId } = await buy();
  assert.equal((await post(`${CALLBACK}/${'0'.repeat(32)}`, '{}')).status, 404);
  const token = callbackPath(tiketi).split('/').at(-1);
  const { checkoutRequestId, merchantRequestId } = newest(tiketi);
  const said = successBody({
    checkoutRequestId,
    merchantRequestId,
    receiptNumber: 'UA1B2C3D4E',
    amount: priceOf(tiketi),
  });
  assert.equal((await post(`${CALLBACK}/${token}`, said)).status, 200);
  await until(tiketi, ticketId, view => view.state === 'confirmed');
  refused(await get(CALLBACK), 404);
});

/** Paid on the phone; no callback ever comes. */
async function paidInSilence(t: Parameters<typeof openOlderPage>[0], fault: 'silence' | 'callback-lost' = 'silence') {
  const page: OlderPage = await openOlderPage(t, { DARAJA_QUERIES_PER_MINUTE: '60' }); // The budget is not what stops us.
  page.tiketi.fault(fault);
  const { ticketId } = await page.buy();
  page.tiketi.phone.enterPin();
  const debit = page.tiketi.simulator.ledger.debits.at(-1);
  assert.ok(debit);
  return { page, ticketId, said: successBody(debit) };
}

function idsOf(said: string) {
  const { CheckoutRequestID, MerchantRequestID } = JSON.parse(said).Body.stkCallback;
  return { checkoutRequestId: String(CheckoutRequestID), merchantRequestId: String(MerchantRequestID) };
}

function newest({ simulator }: OlderPage['tiketi']) {
  const checkout = [...simulator.parts.checkouts.values()].at(-1);
  assert.ok(checkout);
  return checkout;
}

function priceOf(tiketi: OlderPage['tiketi']): number {
  return newest(tiketi).amount;
}
