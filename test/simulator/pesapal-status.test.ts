import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gist, PHONE_TZ, simulatePesapal } from './pesapal-world.ts';
import { proper } from './simulated.ts';

const BACK = 'http://localhost:3000/return/pesapal/abc?OrderTrackingId=ID&OrderMerchantReference=tiketi-TK7M2P9QR-1';

test('an order that nobody has paid is a pending one that looks like an error, word by word', async t => {
  const { ready, order, status, advance } = await simulatePesapal(t);
  await ready();
  await advance(750);
  const id = await order();
  await advance(60_000);
  const said = proper(await status(id));
  assert.equal(said.status, 200);
  assert.equal(
    said.text.replaceAll(id, 'ID'),
    `{"payment_method":"","amount":15000.00,"created_date":"2026-11-22T13:34:00.75","confirmation_code":"","order_tracking_id":"ID","payment_status_description":"INVALID","description":null,"message":"Request processed successfully","payment_account":"","call_back_url":"${BACK}","status_code":0,"merchant_reference":"tiketi-TK7M2P9QR-1","account_number":null,"payment_status_code":"","currency":"TZS","error":{"error_type":"api_error","code":"payment_details_not_found","message":"Pending Payment","call_back_url":"${BACK}"},"status":"500"}`,
  );
});

test('a paid order is Completed in title case, at the time of payment, with an error of nulls', async t => {
  const { ready, order, status, pay, enterPin, advance, simulator } = await simulatePesapal(t);
  await ready();
  const id = await order();
  await advance(65_000);
  await pay(id);
  await enterPin();
  const code = simulator.ledger.debits[0]?.receiptNumber;
  assert.match(String(code), /^UKM[A-Z0-9]{7}$/);
  assert.equal(
    proper(await status(id)).text.replaceAll(id, 'ID'),
    `{"payment_method":"MpesaTZ","amount":15000.00,"created_date":"2026-11-22T13:35:05","confirmation_code":"${code}","order_tracking_id":"ID","payment_status_description":"Completed","description":null,"message":"Request processed successfully","payment_account":"2557xxx45678","call_back_url":"${BACK}","status_code":1,"merchant_reference":"tiketi-TK7M2P9QR-1","account_number":null,"payment_status_code":"","currency":"TZS","error":{"error_type":null,"code":null,"message":null},"status":"200"}`,
  );
});

const METHODS: [choice: object, method: string, code: RegExp, account: string][] = [
  [{ network: 'mpesa' }, 'MpesaTZ', /^UKM[A-Z0-9]{7}$/, '2557xxx45678'],
  [{ network: 'mixx' }, 'TIGOTZ', /^[1-9]\d{13}$/, '2557xxx45678'],
  [{ network: 'airtel' }, 'AirtelTZ', /^[1-9]\d{13}$/, '2557xxx45678'],
  [{ network: 'halopesa', phone: '0622 345 678' }, 'HaloPesaTZ', /^[1-9]\d{13}$/, '2556xxx45678'],
  [{ network: 'card', card: '4761739001010010' }, 'Visa', /^[1-9]\d{21}$/, '476173XXXXXX0010'],
];

for (const [choice, method, code, account] of METHODS)
  test(`${method}: its own name, confirmation code and mask`, async t => {
    const { ready, order, status, pay, advance, simulator } = await simulatePesapal(t, { autoAnswer: false });
    await ready();
    const id = await order();
    await pay(id, choice);
    for (const phone of simulator.phones.all()) simulator.enterPin(phone, '1234');
    await advance(3_000);
    const { body } = proper(await status(id));
    assert.equal(body.payment_status_description, 'Completed');
    assert.equal(body.payment_method, method);
    assert.match(String(body.confirmation_code), code);
    assert.equal(body.payment_account, account);
    assert.equal(body.description, method === 'Visa' ? 'Transaction successfully processed.' : null);
  });

test('a Mastercard is charged in dollars, and only the ledger still knows the shillings', async t => {
  const { ready, order, status, pay, advance, control } = await simulatePesapal(t);
  await ready();
  const id = await order({ amount: 1000 });
  await pay(id, { network: 'card', card: '5200000000000114' });
  await advance(3_000);
  const said = proper(await status(id));
  assert.match(said.text, /"amount":0\.40,/);
  assert.deepEqual([said.body.amount, said.body.currency, said.body.payment_method], [0.4, 'USD', 'MasterCard']);
  const { debits } = (await control('GET', '/ledger')).body as { debits: Record<string, unknown>[] };
  const { amount, currency, charged } = debits[0] ?? {};
  assert.deepEqual(
    { amount, currency, charged },
    { amount: 1000, currency: 'TZS', charged: { amount: 0.4, currency: 'USD' } },
  );
});

test('a declined card is Failed in the bank’s words, a cancelled prompt under the network’s code', async t => {
  const { ready, order, status, pay, advance, control } = await simulatePesapal(t);
  await ready();
  const id = await order();
  await pay(id, { network: 'card', card: '4000000000001018' });
  await advance(3_000);
  const declined = proper(await status(id)).body;
  assert.deepEqual(
    [declined.payment_status_description, declined.status_code, declined.payment_status_code, declined.description],
    ['Failed', 2, '', 'The card was declined by its bank.'],
  );
  assert.deepEqual([declined.confirmation_code, declined.status], ['', '200']);
  assert.deepEqual(declined.error, { error_type: null, code: null, message: null });
  await pay(id);
  await control('POST', `/phones/${PHONE_TZ}/cancel`);
  const cancelled = proper(await status(id)).body;
  assert.deepEqual([cancelled.status_code, cancelled.payment_status_code], [2, 'request_terminated_by_user']);
});

test('an order that nobody knows looks unpaid; without an id the request is invalid', async t => {
  const { ready, status, call, order } = await simulatePesapal(t);
  await ready();
  assert.equal(gist(await status('96a5e1d9-f711-4423-82ce-dd758f972713')), '200 payment_details_not_found');
  assert.equal(gist(await call('GET', 'Transactions/GetTransactionStatus')), '200 invalid_api_request_parameters');
  const id = await order();
  const said = proper(await call('GET', `Transactions/GetTransactionStatus?OrderTrackingId=${id}`));
  assert.equal(said.body.order_tracking_id, id, 'names are read without regard to case');
});
