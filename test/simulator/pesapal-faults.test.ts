import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { magicNumberTz } from '../../server/simulator/pesapal/fault.ts';
import {
  PESAPAL_FAULT_NAMES,
  type PesapalFaultName,
  pesapalFaultCalled,
} from '../../server/simulator/pesapal/faults.ts';
import { PESAPAL_STORIES } from './pesapal-stories.ts';
import { gist, type PesapalWorld, phoneOf, simulatePesapal } from './pesapal-world.ts';
import { proper, type Said } from './simulated.ts';

const HALF_AN_HOUR_MS = 1_800_000;
const magic = (name: PesapalFaultName) => magicNumberTz(pesapalFaultCalled(name));

for (const name of PESAPAL_FAULT_NAMES)
  test(`${name}: ${pesapalFaultCalled(name).sentence}`, async t => {
    const world = await simulatePesapal(t);
    await world.ready();
    await comesTrue(world, name, phoneOf(magic(name)));
  });

test('an armed fault does to an order of any phone what its row says', async t => {
  for (const name of PESAPAL_FAULT_NAMES.filter(meetsOrderOrPayment)) {
    const world = await simulatePesapal(t, { answerMs: 3_000 });
    await world.ready();
    await world.control('POST', '/faults', { fault: name, times: 10 });
    await comesTrue(world, name, {});
  }
});

/** Submits the order as often as its story says, pays it, lets time pass, and compares. */
async function comesTrue(world: PesapalWorld, name: PesapalFaultName, change: object): Promise<void> {
  const story = PESAPAL_STORIES[name];
  for (const answer of story.submit) {
    assert.equal(submitted(await world.submit(change)), answer, name);
    await renewed(world);
  }
  const [order] = world.simulator.pesapal.orders();
  if (order) await world.pay(order.trackingId);
  // Where the row does not say how the prompt ends, the owner of a phone that is not magic enters the PIN.
  if (order?.attempt?.state === 'asking' && !pesapalFaultCalled(name).ends && !pesapalFaultCalled(name).firstTry)
    await world.enterPin();
  await world.advance(HALF_AN_HOUR_MS);
  const id = order?.trackingId ?? '';
  for (const answer of story.status) {
    const said = await world.status(id);
    assert.equal(gist(said), answer, name);
    if (answer === story.status.at(-1) && story.looks)
      assert.match(proper(said).text.replaceAll(id, 'ID'), story.looks);
  }
  assert.equal(world.simulator.ledger.debits.length, story.debits, name);
  assert.equal(world.merchant.heard.length, story.notified, name);
}

/** Until both are there: what a magic number leaves behind breaks one of them once. */
async function renewed(world: PesapalWorld): Promise<void> {
  for (const _ of [1, 2]) await world.requestToken();
  await world.renewToken();
  for (const _ of [1, 2]) await world.registerUrl();
  await world.register();
}

function submitted(said: Said): string {
  if (typeof said === 'string' || said.body.status !== '200') return gist(said);
  if (!said.body.order_tracking_id) return '200 without id';
  if (!said.body.redirect_url) return '200 without page';
  return String(said.body.redirect_url).startsWith('http://127.0.0.1:') ? '200 ok' : '200 foreign page';
}

function meetsOrderOrPayment(name: PesapalFaultName): boolean {
  const { token, registration, cancel, refund } = pesapalFaultCalled(name);
  return !token && !registration && !cancel && !refund;
}

test('tokens and registrations fail once, armed or left behind by a magic number', async t => {
  const failing = {
    'pesapal-token-down': ['502 html', 'Auth/RequestToken'],
    'pesapal-token-credentials': ['200 invalid_consumer_key_or_secret_provided', 'Auth/RequestToken'],
    'pesapal-ipn-down': ['500 html', 'URLSetup/RegisterIPN'],
    'pesapal-ipn-url': ['200 invalid_url', 'URLSetup/RegisterIPN'],
  } as const;
  for (const [fault, [answer, path]] of Object.entries(failing)) {
    const world = await simulatePesapal(t);
    await world.ready();
    const ask = path.startsWith('Auth') ? world.requestToken : world.registerUrl;
    await world.control('POST', '/faults', { fault });
    assert.equal(gist(await ask()), answer);
    assert.notEqual(gist(await ask()), answer);
    await world.submit(phoneOf(magic(fault as PesapalFaultName)));
    assert.equal(gist(await ask()), answer);
    assert.notEqual(gist(await ask()), answer);
  }
});

test('a token that claims an hour dies after five minutes', async t => {
  const world = await simulatePesapal(t);
  await world.control('POST', '/faults', { fault: 'pesapal-token-hour' });
  const { body } = proper(await world.requestToken());
  assert.equal(body.expiryDate, '2026-11-22T11:34:00.0000000Z');
  const list = () => world.call('GET', 'URLSetup/GetIpnList', undefined, String(body.token));
  assert.equal(gist(await list()), '200 ok');
  await world.advance(300_000);
  assert.equal(gist(await list()), '500 invalid_api_credentials_provided');
});

test('the token that an order killed is dead for everything', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const list = () => world.call('GET', 'URLSetup/GetIpnList');
  assert.equal(gist(await list()), '200 ok');
  await world.submit(phoneOf(magic('pesapal-token-200')));
  assert.equal(gist(await list()), '500 invalid_api_credentials_provided');
});

test('a slow answer comes after twelve seconds', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const answer = world.submit(phoneOf(magic('pesapal-answer-slow')));
  await setTimeout(20); // Until the request is there.
  await world.advance(12_000);
  assert.equal(submitted(await answer), '200 ok');
});

test('the confirmation code of the payment before comes again, the ledger has one of its own', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const codes: unknown[] = [];
  for (const name of ['pesapal-pays', 'pesapal-status-others-code'] as const) {
    const id = await world.order({ ...phoneOf(magic(name)), id: name });
    await world.pay(id);
    await world.advance(10_000);
    codes.push(proper(await world.status(id)).body.confirmation_code);
  }
  assert.equal(codes[0], codes[1]);
  assert.equal(new Set(world.simulator.ledger.debits.map(debit => debit.receiptNumber)).size, 2);
});

test('first told as failed, then as completed', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order(phoneOf(magic('pesapal-failed-first')));
  await world.pay(id);
  await world.advance(3_000);
  assert.equal(gist(await world.status(id)), '200 Failed');
  assert.equal((await world.pay(id)).status, 409, 'the money was taken, whatever is told');
  await world.advance(30_000);
  assert.equal(gist(await world.status(id)), '200 Completed');
});

test('the second try pays where the first is cancelled', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order(phoneOf(magic('pesapal-tries-twice')));
  for (const status of ['200 Failed', '200 Completed']) {
    await world.pay(id);
    await world.advance(3_000);
    assert.equal(gist(await world.status(id)), status);
  }
});

test('the browser is back before anybody knows, or does not wait for ever', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const first = await world.order({ ...phoneOf(magic('pesapal-back-first')), id: 'first' });
  await world.pay(first);
  await world.advance(3_000);
  assert.deepEqual([(await world.look(first)).state, (await world.look(first)).mayGoBack], ['waiting', true]);
  assert.equal(gist(await world.status(first)), '200 payment_details_not_found');
  const late = await world.order({ ...phoneOf(magic('pesapal-late')), id: 'late' });
  await world.pay(late);
  await world.advance(22_999);
  assert.equal((await world.look(late)).mayGoBack, false);
  await world.advance(1);
  assert.equal((await world.look(late)).mayGoBack, true);
});

test('a magic number that is typed on the page brings its fault along', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  const id = await world.order();
  await world.pay(id, { network: 'airtel', phone: '0700 000 102' });
  await world.advance(3_000);
  assert.equal(proper(await world.status(id)).body.payment_status_code, 'insufficient_funds');
});

test('an armed fault waits for its own phone, and leaves Daraja’s alone', async t => {
  const world = await simulatePesapal(t);
  await world.ready();
  await world.renewToken();
  await world.control('POST', '/faults', { fault: 'pesapal-refused-limit', phone: '+255 622 000 000' });
  await world.control('POST', '/faults', { fault: 'refused-quota' });
  assert.deepEqual((await world.control('GET', '/faults')).body.armed, [
    { fault: 'refused-quota', phone: null, times: 1 },
    { fault: 'pesapal-refused-limit', phone: '255622000000', times: 1 },
  ]);
  assert.equal(submitted(await world.submit()), '200 ok');
  assert.equal(gist(await world.submit({ ...phoneOf('0622000000'), id: 'other' })), '200 amount_exceeds_default_limit');
  await world.control('DELETE', '/faults');
  assert.deepEqual((await world.control('GET', '/faults')).body.armed, []);
});
