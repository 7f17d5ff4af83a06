import assert from 'node:assert/strict';
import { test } from 'node:test';
import { magicNumberTz } from '../../server/simulator/pesapal/fault.ts';
import {
  PESAPAL_FAULT_NAMES,
  type PesapalFaultName,
  pesapalFaultCalled,
} from '../../server/simulator/pesapal/faults.ts';
import { gist, type PesapalWorld, PHONE_TZ, phoneOf, simulatePesapal } from './pesapal-world.ts';
import { proper } from './simulated.ts';

/** A paid order; its tracking id and confirmation code. */
async function paid(world: PesapalWorld, choice: object = { network: 'mpesa' }, number = PHONE_TZ) {
  await world.ready();
  const id = await world.order({ ...phoneOf(number), amount: 15000 });
  await world.pay(id, choice);
  for (const phone of world.simulator.phones.all()) world.simulator.enterPin(phone, '1234');
  await world.advance(5_000);
  const { confirmation_code } = proper(await world.status(id)).body;
  return { id, confirmation_code: String(confirmation_code) };
}

test('a refund is accepted first, and given back once somebody has approved it: status 3, and a notification', async t => {
  const world = await simulatePesapal(t);
  const { id, confirmation_code } = await paid(world);
  world.merchant.heard.length = 0;
  const accepted = proper(await world.refund({ confirmation_code }));
  assert.equal(accepted.status, 200);
  assert.equal(accepted.text, '{"status":"200","message":"Refund request successfully"}');
  assert.equal(gist(await world.status(id)), '200 Completed');
  await world.advance(5_000);
  const { body } = proper(await world.status(id));
  assert.deepEqual([body.status_code, body.payment_status_description], [3, 'Reversed']);
  assert.equal(body.confirmation_code, confirmation_code);
  await world.advance(1_500);
  assert.equal(world.merchant.heard.length, 1);
  const { reversals } = (await world.control('GET', '/ledger')).body as { reversals: Record<string, unknown>[] };
  const { receiptNumber, ...reversal } = reversals[0] ?? {};
  assert.match(String(receiptNumber), /^[A-Z0-9]{10}$/);
  assert.deepEqual(reversal, {
    originalReceiptNumber: confirmation_code,
    phone: PHONE_TZ,
    amount: 15000,
    at: '2026-11-22T10:34:10.000Z',
  });
  assert.equal(world.simulator.phones.find(PHONE_TZ)?.balance, 500_000);
  assert.match(
    world.simulator.phones.find(PHONE_TZ)?.messages[0]?.text ?? '',
    /TZS 15,000 of your payment .* came back/,
  );
});

test('one refund a payment, ever', async t => {
  const world = await simulatePesapal(t);
  const { confirmation_code } = await paid(world);
  await world.refund({ confirmation_code });
  const again = '{"status":"500","message":"Refund request has been received already"}';
  assert.equal(proper(await world.refund({ confirmation_code })).text, again);
  await world.advance(60_000);
  assert.equal(proper(await world.refund({ confirmation_code })).text, again);
  assert.equal(world.simulator.ledger.reversals.length, 1);
});

test('a phone’s payment goes back in whole only, as a number or as text', async t => {
  const invalid = '{"status":"500","message":"Invalid amount provided. Please check your transaction details"}';
  const world = await simulatePesapal(t);
  const { confirmation_code } = await paid(world);
  for (const amount of [14999, '15001.00', 'much', -1])
    assert.equal(proper(await world.refund({ confirmation_code, amount })).text, invalid);
  assert.equal(proper(await world.refund({ confirmation_code: 'UKM0000000' })).text, invalid);
  assert.equal(proper(await world.refund({ confirmation_code, amount: 15000 })).body.status, '200');
});

test('a card’s goes back in whole or in part, in the currency that was captured', async t => {
  const visa = await simulatePesapal(t);
  const part = await paid(visa, { network: 'card' });
  assert.equal(proper(await visa.refund({ ...part, amount: '5000.00' })).body.status, '200');
  await visa.advance(5_000);
  assert.equal(visa.simulator.ledger.reversals[0]?.amount, 5000);

  const mastercard = await simulatePesapal(t);
  const dollars = await paid(mastercard, { network: 'card', card: '5200000000000114' });
  assert.equal(proper(await mastercard.refund({ ...dollars, amount: '15000.00' })).body.status, '500');
  assert.equal(proper(await mastercard.refund({ ...dollars, amount: '6.00' })).body.status, '200');
  await mastercard.advance(5_000);
  assert.equal(mastercard.simulator.ledger.reversals[0]?.amount, 15000);
});

test('without a field, or unpaid, there is nothing to give back', async t => {
  const world = await simulatePesapal(t);
  const { confirmation_code } = await paid(world);
  for (const field of ['confirmation_code', 'amount', 'username', 'remarks'])
    assert.equal(
      gist(await world.refund({ confirmation_code, [field]: '' })),
      '200 invalid_api_request_parameters',
      field,
    );
  assert.equal(world.simulator.ledger.reversals.length, 0);
});

test('by hand it is approved when somebody approves it, once', async t => {
  const world = await simulatePesapal(t, { refundApprovalSeconds: null });
  const { id, confirmation_code } = await paid(world);
  const approve = () => world.control('POST', `/pesapal/orders/${id}/approve-refund`);
  assert.equal((await approve()).status, 409);
  await world.refund({ confirmation_code });
  await world.advance(86_400_000);
  assert.equal(gist(await world.status(id)), '200 Completed');
  assert.equal((await approve()).body.refund, 'done');
  assert.equal(gist(await world.status(id)), '200 Reversed');
  assert.equal((await approve()).status, 409);
});

test('somebody else can take it back, whom nobody asked', async t => {
  const world = await simulatePesapal(t);
  const { id, confirmation_code } = await paid(world);
  const reverse = () => world.control('POST', `/pesapal/orders/${id}/reverse`);
  assert.equal((await reverse()).status, 200);
  assert.equal((await reverse()).status, 409);
  assert.equal(gist(await world.status(id)), '200 Reversed');
  assert.equal(
    proper(await world.refund({ confirmation_code })).body.message,
    'Refund request has been received already',
  );
  assert.equal(world.simulator.ledger.reversals.length, 1);
});

const DONE = '200 Refund request successfully';
const HOUR_MS = 3_600_000;
const STORIES: [fault: PesapalFaultName, answer: string, givenBack: number, notified: number][] = [
  ['pesapal-refund-amount', '200 Invalid amount provided. Please check your transaction details', 0, 0],
  ['pesapal-refund-already', '200 Refund request has been received already', 1, 1],
  ['pesapal-refund-parameters', '200 invalid_api_request_parameters', 0, 0],
  ['pesapal-refund-html', '502 html', 0, 0],
  ['pesapal-refund-html-done', '502 html', 1, 1],
  ['pesapal-refund-hangs', 'hang', 1, 1],
  ['pesapal-refund-reset', 'reset', 1, 1],
  ['pesapal-refund-unapproved', DONE, 0, 0],
  ['pesapal-refund-slow', DONE, 1, 1],
  ['pesapal-refund-silent', DONE, 1, 0],
];

test('every fault of giving back has its story here', () => {
  const told = STORIES.map(([name]) => name).toSorted();
  assert.deepEqual(told, PESAPAL_FAULT_NAMES.filter(name => pesapalFaultCalled(name).refund).toSorted());
});

for (const [name, answer, givenBack, notified] of STORIES)
  test(`${name}: ${pesapalFaultCalled(name).sentence}`, async t => {
    const isMagic = await simulatePesapal(t);
    const number = magicNumberTz(pesapalFaultCalled(name));
    const isArmed = await simulatePesapal(t);
    for (const [world, phone] of [
      [isMagic, number],
      [isArmed, PHONE_TZ],
    ] as const) {
      if (world === isArmed) await world.control('POST', '/faults', { fault: name });
      const { id, ...wish } = await paid(world, { network: 'mpesa' }, phone);
      world.merchant.heard.length = 0;
      assert.equal(gist(await world.refund(wish)), answer);
      await world.advance(HOUR_MS - 1_000);
      if (name === 'pesapal-refund-slow') assert.equal(world.simulator.ledger.reversals.length, 0);
      await world.advance(10_000);
      assert.equal(world.simulator.ledger.reversals.length, givenBack);
      assert.equal(gist(await world.status(id)), givenBack ? '200 Reversed' : '200 Completed');
      assert.equal(world.merchant.heard.length, notified);
    }
  });
