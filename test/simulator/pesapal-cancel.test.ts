import assert from 'node:assert/strict';
import { test } from 'node:test';
import { magicNumberTz } from '../../server/simulator/pesapal/fault.ts';
import {
  PESAPAL_FAULT_NAMES,
  type PesapalFaultName,
  pesapalFaultCalled,
} from '../../server/simulator/pesapal/faults.ts';
import { gist, PHONE_TZ, phoneOf, simulatePesapal } from './pesapal-world.ts';
import { proper } from './simulated.ts';

const CANCELLED = '{"status":"200","message":"Order successfully cancelled."}';
const REFUSED = '{"status":"500","message":"Invalid order request. Transaction cannot be cancelled"}';

test('an unpaid order is cancelled once, still looks unpaid, and can no longer be paid', async t => {
  const { ready, order, cancel, status, pay, look, submit } = await simulatePesapal(t);
  await ready();
  const id = await order();
  const said = proper(await cancel(id));
  assert.deepEqual([said.status, said.text], [200, CANCELLED]);
  assert.equal(proper(await cancel(id)).text, REFUSED);
  assert.equal(gist(await status(id)), '200 payment_details_not_found');
  assert.equal((await look(id)).state, 'cancelled');
  assert.equal((await pay(id)).status, 409);
  assert.equal(proper(await submit()).body.order_tracking_id, id, 'submitted again it is the same order');
});

test('a prompt that is open is closed with it, and takes nothing any more', async t => {
  const { ready, order, cancel, pay, enterPin, advance, simulator } = await simulatePesapal(t);
  await ready();
  const id = await order();
  await pay(id);
  assert.equal(proper(await cancel(id)).text, CANCELLED);
  assert.equal((await enterPin()).status, 409);
  await advance(600_000);
  assert.deepEqual(simulator.ledger.debits, []);
});

test('a failed order can be cancelled, a paid or reversed one and one that nobody knows cannot', async t => {
  const { ready, order, cancel, pay, enterPin, control, call } = await simulatePesapal(t);
  await ready();
  const failed = await order({ id: 'failed' });
  await pay(failed);
  await enterPin('0000');
  assert.equal(proper(await cancel(failed)).text, CANCELLED);
  const paid = await order({ id: 'paid' });
  await pay(paid);
  await enterPin();
  assert.equal(proper(await cancel(paid)).text, REFUSED);
  await control('POST', `/pesapal/orders/${paid}/reverse`);
  assert.equal(proper(await cancel(paid)).text, REFUSED);
  assert.equal(proper(await cancel('nonsense')).text, REFUSED);
  assert.equal(gist(await call('POST', 'Transactions/CancelOrder', {})), '200 invalid_api_request_parameters');
});

test('money that was under way comes to light after the cancelling', async t => {
  const { ready, order, cancel, pay, status, advance, merchant } = await simulatePesapal(t);
  await ready();
  const id = await order(phoneOf('255700000122'));
  await pay(id);
  await advance(600_000);
  assert.equal(gist(await status(id)), '200 payment_details_not_found');
  assert.equal(proper(await cancel(id)).text, CANCELLED);
  await advance(4_999);
  assert.equal(gist(await status(id)), '200 payment_details_not_found');
  await advance(1);
  assert.equal(gist(await status(id)), '200 Completed');
  await advance(1_500);
  assert.equal(merchant.heard.length, 1);
});

test('money that is late comes to light 25 minutes later, cancelled or not', async t => {
  const { ready, order, cancel, pay, status, advance } = await simulatePesapal(t);
  await ready();
  const id = await order(phoneOf('255700000121'));
  await pay(id);
  await advance(1_200_000);
  assert.equal(proper(await cancel(id)).text, CANCELLED);
  assert.equal(gist(await status(id)), '200 payment_details_not_found');
  await advance(303_000);
  assert.equal(gist(await status(id)), '200 Completed');
});

const STORIES: [fault: PesapalFaultName, answer: string, isCancelled: boolean][] = [
  ['pesapal-cancel-refused', '200 Invalid order request. Transaction cannot be cancelled', false],
  ['pesapal-cancel-html', '502 html', false],
  ['pesapal-cancel-html-done', '502 html', true],
  ['pesapal-cancel-hangs', 'hang', true],
  ['pesapal-cancel-reset', 'reset', true],
];

test('every fault of cancelling has its story here', () => {
  const told = STORIES.map(([name]) => name).toSorted();
  assert.deepEqual(told, PESAPAL_FAULT_NAMES.filter(name => pesapalFaultCalled(name).cancel).toSorted());
});

for (const [name, answer, isCancelled] of STORIES)
  test(`${name}: ${pesapalFaultCalled(name).sentence}`, async t => {
    const world = await simulatePesapal(t);
    await world.ready();
    await world.control('POST', '/faults', { fault: name, phone: PHONE_TZ.replace('255', '+255') });
    for (const number of [magicNumberTz(pesapalFaultCalled(name)), PHONE_TZ]) {
      const id = await world.order({ ...phoneOf(number), id: `order-${number}` });
      assert.equal(gist(await world.cancel(id)), answer);
      assert.equal((await world.look(id)).state, isCancelled ? 'cancelled' : 'open');
    }
  });
