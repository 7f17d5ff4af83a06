import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proper, type Simulated, simulate } from './simulated.ts';

const REGISTER = '/mpesa/c2b/v2/registerurl';

function urls({ receiver }: Simulated) {
  const url = `${receiver.url}/c2b`;
  return { ShortCode: '174379', ResponseType: 'Completed', ConfirmationURL: url, ValidationURL: url };
}

test('registering is acknowledged, misspelt as ever', async t => {
  const world = await simulate(t);
  await world.renewToken();
  assert.match(
    proper(await world.product(REGISTER, urls(world))).text,
    /^\{"OriginatorCoversationID":"[0-9a-f-]+","ResponseCode":"0","ResponseDescription":"Success"\}$/,
  );
  const wrong = proper(await world.product(REGISTER, { ...urls(world), ConfirmationURL: 'https://example.com/mpesa' }));
  assert.equal(wrong.body.errorMessage, 'Bad Request - Invalid ConfirmationURL');
});

test('once a URL is registered, every payment is confirmed there too, under the same receipt', async t => {
  const world = await simulate(t);
  await world.renewToken();
  await world.product(REGISTER, urls(world));
  await world.push({ PhoneNumber: '254700000001' });
  await world.advance(10_000);
  const [debit] = world.simulator.ledger.debits;
  assert.match(world.received[0] ?? '', new RegExp(`"Value":"${debit?.receiptNumber}"`));
  assert.equal(
    world.received[1],
    `{"TransactionType":"Pay Bill","TransID":"${debit?.receiptNumber}","TransTime":"20261122133403","TransAmount":"1350.00","BusinessShortCode":"174379","BillRefNumber":"TK7M2P9QR","InvoiceNumber":"","OrgAccountBalance":"","ThirdPartyTransID":"","MSISDN":"2547 ***** 001","FirstName":"WANJIKU","MiddleName":"","LastName":""}`,
  );
});

test('the confirmation comes first, together with the callback, alone or not at all', async t => {
  const orders = { '701': 'confirmation,callback', '703': 'confirmation', '704': 'callback' };
  for (const [digits, order] of Object.entries(orders)) {
    const world = await simulate(t);
    await world.renewToken();
    await world.product(REGISTER, urls(world));
    await world.push({ PhoneNumber: `254700000${digits}` });
    await world.advance(10_000);
    assert.equal(world.received.map(kind).join(), order);
  }
  const world = await simulate(t);
  await world.renewToken();
  await world.product(REGISTER, urls(world));
  await world.push({ PhoneNumber: '254700000702' });
  await world.advance(4_500);
  assert.deepEqual(world.received.map(kind).toSorted(), ['callback', 'confirmation']);
});

test('what failed is not confirmed', async t => {
  const world = await simulate(t);
  await world.renewToken();
  await world.product(REGISTER, urls(world));
  await world.push({ PhoneNumber: '254700000132' });
  await world.advance(10_000);
  assert.deepEqual(world.received.map(kind), ['callback']);
});

function kind(body: string): string {
  return body.includes('stkCallback') ? 'callback' : 'confirmation';
}
