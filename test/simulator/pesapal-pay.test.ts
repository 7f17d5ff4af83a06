import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gist, type PesapalWorld, PHONE_TZ, phoneOf, simulatePesapal } from './pesapal-world.ts';
import { PHONE, proper } from './simulated.ts';

async function phone({ control }: PesapalWorld, number = PHONE_TZ) {
  return (await control('GET', `/phones/${number}`)).body as {
    balance: number;
    currency: string;
    prompt: Record<string, unknown> | null;
    messages: { text: string }[];
  };
}

test('the button on the page opens a prompt on the phone, and its PIN takes the money', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  assert.equal((await world.look(id)).state, 'open');
  const paying = await world.pay(id);
  assert.equal(paying.status, 202);
  assert.deepEqual([paying.body.state, paying.body.mayBePaid], ['asking', false]);
  assert.deepEqual((await phone(world)).prompt, {
    gateway: 'pesapal',
    checkoutRequestId: id,
    merchant: 'Tiketi Cinema',
    amount: 15000,
    currency: 'TZS',
    accountReference: 'tiketi-TK7M2P9QR-1',
    expiresAt: '2026-11-22T10:35:00.000Z',
    ignored: false,
  });
  assert.equal((await world.enterPin()).body.resultCode, 'paid');
  const after = await phone(world);
  assert.deepEqual([after.balance, after.currency, after.prompt], [485_000, 'TZS', null]);
  const { debits } = (await world.control('GET', '/ledger')).body as { debits: Record<string, unknown>[] };
  const { receiptNumber, ...known } = debits[0] ?? {};
  assert.deepEqual(known, {
    gateway: 'pesapal',
    network: 'mpesa',
    phone: PHONE_TZ,
    amount: 15000,
    currency: 'TZS',
    charged: null,
    at: '2026-11-22T10:34:00.000Z',
    trackingId: id,
    merchantReference: 'tiketi-TK7M2P9QR-1',
    checkoutRequestId: '',
    merchantRequestId: '',
    accountReference: '',
    shortCode: '',
  });
  assert.equal(
    after.messages[0]?.text,
    `${receiptNumber} confirmed. You paid TZS 15,000 to Pesapal for Tiketi Cinema, reference tiketi-TK7M2P9QR-1, on 22/11/26 at 13:34. Your new balance is TZS 485,000.`,
  );
});

test('money that was taken is never asked for again', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  await world.pay(id);
  assert.equal((await world.pay(id)).status, 409, 'a prompt is open');
  await world.enterPin();
  assert.equal((await world.pay(id)).status, 409);
  assert.equal(world.simulator.ledger.debits.length, 1);
});

test('a try that failed leaves the order open for another on the same tracking id', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  await world.pay(id);
  assert.equal((await world.enterPin('0000')).body.resultCode, 'pin');
  assert.equal(proper(await world.status(id)).body.payment_status_code, 'invalid_pin');
  const failed = await world.look(id);
  assert.deepEqual([failed.state, failed.mayBePaid], ['failed', true]);
  await world.pay(id, { network: 'mixx', phone: '0652 345 678' });
  await world.enterPin('1234', '255652345678');
  assert.equal(gist(await world.status(id)), '200 Completed');
  assert.equal(world.simulator.ledger.debits[0]?.phone, '255652345678');
});

test('a prompt that nobody answers tells nothing: the order stays unpaid, and can be tried again', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  await world.pay(id);
  await world.advance(60_000);
  assert.equal((await phone(world)).prompt, null);
  assert.equal((await world.look(id)).state, 'unanswered');
  assert.equal(gist(await world.status(id)), '200 payment_details_not_found');
  assert.deepEqual(world.merchant.heard, []);
  assert.equal((await world.pay(id)).status, 202);
});

test('a phone without money, a phone that is off and a busy phone fail, and nothing is taken', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const fails = async (change: object, code: string) => {
    const id = await world.order({ id: `order-${code}` });
    await world.control('POST', '/phones', { number: PHONE_TZ, ...change });
    await world.pay(id);
    if (code === 'insufficient_funds') await world.enterPin();
    await world.advance(3_000);
    assert.equal(proper(await world.status(id)).body.payment_status_code, code);
  };
  await fails({ balance: 14_999 }, 'insufficient_funds');
  await fails({ on: false }, 'subscriber_not_reachable');
  const other = await world.order({ id: 'other' });
  await world.control('POST', '/phones', { number: PHONE_TZ, on: true });
  await world.pay(other);
  await fails({}, 'another_transaction_in_progress');
  assert.deepEqual(world.simulator.ledger.debits, []);
});

test('the third wrong PIN locks it', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  for (const [pin, end] of [
    ['9999', 'pin'],
    ['9999', 'pin'],
    ['9999', 'locked'],
    ['1234', 'locked'],
  ]) {
    await world.pay(id);
    assert.equal((await world.enterPin(pin)).body.resultCode, end);
  }
  assert.equal(proper(await world.status(id)).body.payment_status_code, 'pin_locked');
});

test('the way back names the order and nothing of its outcome; cancelling goes where the merchant wants', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order({ redirect_mode: 'PARENT_WINDOW', callback_url: 'http://localhost:3000/back?of=1' });
  await world.pay(id);
  const cancelled = (await world.control('POST', `/pesapal/orders/${id}/cancel`)).body;
  assert.deepEqual(cancelled, { url: 'http://localhost:3000/bookings/1', redirectMode: 'PARENT_WINDOW' });
  assert.equal((await phone(world)).prompt, null, 'the prompt is gone with it');
  assert.equal(gist(await world.status(id)), '200 payment_details_not_found');
  assert.deepEqual((await world.control('POST', `/pesapal/orders/${id}/return`)).body, {
    url: `http://localhost:3000/back?of=1&OrderTrackingId=${id}&OrderMerchantReference=tiketi-TK7M2P9QR-1&OrderNotificationType=CALLBACKURL`,
    redirectMode: 'PARENT_WINDOW',
  });
  const plain = await world.order({ id: 'plain', cancellation_url: undefined });
  const { url, redirectMode } = (await world.control('POST', `/pesapal/orders/${plain}/cancel`)).body;
  assert.match(String(url), /^http:\/\/localhost:3000\/return\/pesapal\/abc\?/);
  assert.equal(redirectMode, 'TOP_WINDOW');
});

test('what makes no sense on the page is answered with a sentence', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order(phoneOf(PHONE));
  assert.equal((await world.pay('nonsense')).status, 404);
  for (const choice of [{}, { network: 'cash' }, { network: 'mpesa', phone: '12' }, { network: 'card', card: '1' }]) {
    const { status, body } = await world.pay(id, choice);
    assert.equal(status, 422);
    assert.equal(typeof body.error, 'string');
  }
  const mail = await world.order({ id: 'mail', billing_address: { email_address: 'a@example.com' } });
  assert.equal((await world.pay(mail)).status, 422, 'no phone was given, and none is known');
});

test('where every phone pays by itself, an order does, without its page', async t => {
  const world = await simulatePesapal(t, { autoAnswer: true });
  await world.ready();
  const id = await world.order();
  await world.advance(1_500);
  assert.equal(gist(await world.status(id)), '200 Completed');
  assert.equal(world.merchant.heard.length, 1);
});

test('a phone is Kenya’s or Tanzania’s by its calling code, and its wallet with it', async t => {
  const { control } = await simulatePesapal(t, { startBalanceTzs: 90_000 });
  const kenyan = (await control('POST', '/phones', { number: '0712 345 678' })).body;
  assert.deepEqual([kenyan.number, kenyan.currency, kenyan.balance], [PHONE, 'KES', 20_000]);
  const tanzanian = (await control('POST', '/phones', { number: '+255 712 345 678' })).body;
  assert.deepEqual([tanzanian.number, tanzanian.currency, tanzanian.balance], [PHONE_TZ, 'TZS', 90_000]);
});
