import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gist, PHONE_TZ, simulatePesapal } from './pesapal-world.ts';
import { proper } from './simulated.ts';

test('an order is answered with its page, and asks nobody for money', async t => {
  const { ready, submit, url, control } = await simulatePesapal(t);
  await ready();
  const { status, body } = proper(await submit());
  assert.equal(status, 200);
  const id = String(body.order_tracking_id);
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-d9a2[0-9a-f]{8}$/);
  assert.deepEqual(body, {
    order_tracking_id: id,
    merchant_reference: 'tiketi-TK7M2P9QR-1',
    redirect_url: `${url}/pesapaliframe/PesapalIframe3/Index?OrderTrackingId=${id}`,
    error: null,
    status: '200',
  });
  assert.deepEqual((await control('GET', '/phones')).body.phones, []);
});

test('the page is where the order was sent: a merchant who says localhost gets localhost', async t => {
  const { ready, orderBody, port, renewToken } = await simulatePesapal(t);
  await ready();
  const answer = await fetch(`http://localhost:${port}/pesapalv3/api/Transactions/SubmitOrderRequest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await renewToken()}` },
    body: JSON.stringify(orderBody()),
  });
  const { redirect_url } = (await answer.json()) as { redirect_url: string };
  assert.equal(new URL(redirect_url).host, `localhost:${port}`);
});

test('the same reference again is the same order for the first amount, whatever else is sent', async t => {
  const { ready, submit, status, pay, enterPin, advance, simulator } = await simulatePesapal(t);
  await ready();
  const first = proper(await submit()).body;
  await advance(60_000);
  for (const change of [
    {},
    { amount: 30000 },
    { amount: 2000, currency: 'KES' },
    { callback_url: 'http://evil.example', description: '', notification_id: 'nonsense', billing_address: {} },
  ])
    assert.deepEqual(proper(await submit(change)).body, first);
  const id = String(first.order_tracking_id);
  await pay(id);
  await enterPin();
  const { body } = proper(await status(id));
  assert.deepEqual([body.payment_status_description, body.amount, body.currency], ['Completed', 15000, 'TZS']);
  assert.match(String(body.call_back_url), /^http:\/\/localhost:3000\//);
  assert.deepEqual(
    simulator.ledger.debits.map(({ amount, currency }) => [amount, currency]),
    [[15000, 'TZS']],
  );
});

test('an ipn_id that nobody has registered is refused under HTTP 200, and no order is made', async t => {
  const { ready, submit, simulator } = await simulatePesapal(t);
  await ready();
  for (const notification_id of ['96a5e1d9-f711-4423-82ce-dd758f972713', undefined]) {
    const { status, body } = proper(await submit({ notification_id }));
    assert.equal(status, 200);
    assert.deepEqual(body, {
      error: { error_type: 'api_error', code: 'InvalidIpnId', message: 'Invalid IPN ID' },
      status: '500',
    });
  }
  assert.deepEqual(simulator.pesapal.orders(), []);
});

const WRONG: object[] = [
  { id: undefined },
  { id: '' },
  { id: 'x'.repeat(51) },
  { id: 'with space' },
  { id: 'a/b' },
  { currency: 'Shilling' },
  { amount: '15000' },
  { amount: 0 },
  { amount: -5 },
  { amount: 10.5 },
  { description: '' },
  { description: 'x'.repeat(101) },
  { callback_url: 'nowhere' },
  { callback_url: undefined },
  { redirect_mode: 'SOMEWHERE' },
  { billing_address: undefined },
  { billing_address: {} },
  { billing_address: { phone_number: '', email_address: '' } },
];

test('a field that is missing or wrong makes an invalid request, without a word about which', async t => {
  const { ready, submit, simulator } = await simulatePesapal(t);
  await ready();
  for (const change of WRONG) {
    const said = proper(await submit(change));
    assert.equal(gist(said), '200 invalid_api_request_parameters', JSON.stringify(change));
    assert.equal(said.body.status, '500');
    assert.ok(!('order_tracking_id' in said.body));
  }
  assert.deepEqual(simulator.pesapal.orders(), []);
});

test('a phone, or an e-mail address: one of them is enough', async t => {
  const { ready, order, look } = await simulatePesapal(t);
  await ready();
  const written = ['0712 345 678', '+255712345678', '00255712345678', '255712345678'];
  for (const [at, phone_number] of written.entries()) {
    const id = await order({ id: `phone-${at}`, billing_address: { phone_number } });
    assert.equal((await look(id)).phone, PHONE_TZ, phone_number);
  }
  const id = await order({ id: 'mail', billing_address: { email_address: 'amina@example.com' } });
  assert.equal((await look(id)).phone, null);
});
