import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE, proper, type Simulated, simulate } from './simulated.ts';

const PIN = { pin: '1234' };

async function phoneOf({ control }: Simulated) {
  return (await control('GET', `/phones/${PHONE}`)).body as {
    balance: number;
    prompt: unknown;
    wrongPins: number;
    locked: boolean;
    messages: { text: string }[];
  };
}

async function debitsOf({ control }: Simulated) {
  return (await control('GET', '/ledger')).body.debits as Record<string, unknown>[];
}

test('the right PIN takes the money, enters it in the ledger, sends a message and then the callback', async t => {
  const world = await simulate(t);
  await world.renewToken();
  const { body: ids } = proper(await world.push());
  await world.advance(5_000);
  const { body } = await world.control('POST', `/phones/${PHONE}/pin`, PIN);
  assert.equal(body.resultCode, '0');

  const [debit] = await debitsOf(world);
  const { receiptNumber, ...known } = debit ?? {};
  assert.match(String(receiptNumber), /^UKM[A-Z0-9]{7}$/);
  assert.deepEqual(known, {
    gateway: 'daraja',
    network: 'mpesa',
    currency: 'KES',
    charged: null,
    trackingId: ids.CheckoutRequestID,
    merchantReference: 'TK7M2P9QR',
    phone: PHONE,
    amount: 1350,
    checkoutRequestId: ids.CheckoutRequestID,
    merchantRequestId: ids.MerchantRequestID,
    accountReference: 'TK7M2P9QR',
    shortCode: '174379',
    at: '2026-11-22T10:34:05.000Z',
  });
  const phone = await phoneOf(world);
  assert.equal(phone.balance, 18_650);
  assert.equal(phone.prompt, null);
  assert.equal(
    phone.messages[0]?.text,
    `${receiptNumber} confirmed. You paid KES 1,350.00 to Tiketi Cinema, account TK7M2P9QR, on 22/11/26 at 13:34. Your new balance is KES 18,650.00.`,
  );

  assert.deepEqual(world.received, []);
  await world.advance(1_500);
  assert.deepEqual(world.received, [
    `{"Body":{"stkCallback":{"MerchantRequestID":"${ids.MerchantRequestID}","CheckoutRequestID":"${ids.CheckoutRequestID}","ResultCode":0,"ResultDesc":"The service request is processed successfully.","CallbackMetadata":{"Item":[{"Name":"Amount","Value":1350.00},{"Name":"MpesaReceiptNumber","Value":"${receiptNumber}"},{"Name":"Balance"},{"Name":"TransactionDate","Value":20261122133405},{"Name":"PhoneNumber","Value":254712345678}]}}}}`,
  ]);
  await world.advance(3_600_000);
  assert.equal(world.received.length, 1);
});

test('cancelling is 1032, without any CallbackMetadata and without a debit', async t => {
  const world = await simulate(t);
  await world.renewToken();
  const { body: ids } = proper(await world.push());
  assert.equal((await world.control('POST', `/phones/${PHONE}/cancel`)).body.resultCode, '1032');
  await world.advance(2_000);
  assert.deepEqual(world.received, [
    `{"Body":{"stkCallback":{"MerchantRequestID":"${ids.MerchantRequestID}","CheckoutRequestID":"${ids.CheckoutRequestID}","ResultCode":1032,"ResultDesc":"Request cancelled by user."}}}`,
  ]);
  assert.deepEqual(await debitsOf(world), []);
});

test('a prompt lives for sixty seconds, then it is 1037', async t => {
  const world = await simulate(t);
  await world.renewToken();
  await world.push();
  await world.advance(59_000);
  assert.notEqual((await phoneOf(world)).prompt, null);
  await world.advance(3_000);
  assert.equal((await phoneOf(world)).prompt, null);
  assert.match(world.received[0] ?? '', /"ResultCode":1037,/);
  assert.equal((await world.control('POST', `/phones/${PHONE}/pin`, PIN)).status, 409);
});

test('an ignored prompt is off the screen, but locks the phone until its time is over', async t => {
  const world = await simulate(t);
  await world.renewToken();
  await world.push();
  await world.control('POST', `/phones/${PHONE}/ignore`);
  assert.equal((await world.control('POST', `/phones/${PHONE}/pin`, PIN)).status, 409);
  assert.equal(proper(await world.push({ Amount: 20 })).status, 500);
  await world.advance(62_000);
  assert.match(world.received[0] ?? '', /"ResultCode":1037,/);
  assert.equal(proper(await world.push({ Amount: 20 })).status, 200);
});

test('a phone that is off is 1037 within seconds', async t => {
  const world = await simulate(t);
  await world.renewToken();
  await world.control('POST', '/phones', { number: '0712 345 678', on: false });
  assert.equal(proper(await world.push()).status, 200);
  await world.advance(5_000);
  assert.match(world.received[0] ?? '', /"ResultCode":1037,/);
});

test('too little money is 1, and stays where it is', async t => {
  const world = await simulate(t, { startBalance: 1_349 });
  await world.renewToken();
  await world.push();
  assert.equal((await world.control('POST', `/phones/${PHONE}/pin`, PIN)).body.resultCode, '1');
  assert.equal((await phoneOf(world)).balance, 1_349);
  assert.deepEqual(await debitsOf(world), []);
});

test('three wrong PINs lock the PIN, and then the right one is of no use', async t => {
  const world = await simulate(t, { sameAmountSeconds: 0 });
  await world.renewToken();
  const codes = [];
  for (const pin of ['0000', '0001', '0002', '1234']) {
    await world.push();
    codes.push((await world.control('POST', `/phones/${PHONE}/pin`, { pin })).body.resultCode);
  }
  assert.deepEqual(codes, ['2001', '2001', '8006', '8006']);
  assert.equal((await phoneOf(world)).locked, true);
  await world.control('PATCH', `/phones/${PHONE}`, { wrongPins: 0 });
  await world.push();
  assert.equal((await world.control('POST', `/phones/${PHONE}/pin`, PIN)).body.resultCode, '0');
});

test('with autoAnswer every phone pays at once', async t => {
  const world = await simulate(t, { autoAnswer: true, callbackDelayMs: 0 });
  await world.renewToken();
  await world.push();
  await world.advance(0);
  assert.equal((await debitsOf(world)).length, 1);
  assert.equal(world.received.length, 1);
});

test('a callback that was not answered 200 is sent again only where the settings say so', async t => {
  const world = await simulate(t, { autoAnswer: true, callbackRetries: 2 });
  await world.renewToken();
  world.receiver.state.status = 500;
  await world.push();
  await world.advance(60_000);
  assert.equal(world.received.length, 3);
  const { callbacks } = (await world.control('GET', '/callbacks')).body as { callbacks: { status: number }[] };
  assert.deepEqual(
    callbacks.map(callback => callback.status),
    [500, 500, 500],
  );
});
