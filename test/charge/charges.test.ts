import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import * as v from 'valibot';
import { type ChargeView as Charge, ChargeAnswer, ChargeView } from '../../shared/views.ts';
import { PHONE, problemOf } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { execute } from '../support/raw-sql.ts';
import { openTiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000; // More than the simulated gateway takes from the end of a prompt to its callback.
const POPCORN = {
  venueId: 1,
  amount: { amount: 35_000, currency: 'KES' },
  purpose: 'Popcorn',
  gateway: 'daraja',
  phone: PHONE,
};

/** A venue that takes between 100 and 10,000 shillings from anybody. */
async function atTheCounter(t: TestContext) {
  const tiketi = await openTiketi(t);
  await tiketi.server.parts.database.write(em =>
    execute(em, 'update venue set leastCharge = 10000, largestCharge = 1000000 where id = 1'),
  );
  const post = (path: string, body: unknown, key: string = randomUUID()) =>
    tiketi.customer.ask('POST', path, body, { 'idempotency-key': key });
  const see = async (chargeId: string) =>
    v.parse(ChargeView, (await tiketi.customer.ask('GET', `/api/v1/charges/${chargeId}`)).body);
  return {
    ...tiketi,
    charge: (body: object = {}, key?: string) => post('/api/v1/charges', { ...POPCORN, ...body }, key),
    payAgain: (chargeId: string, phone = PHONE) =>
      post(`/api/v1/charges/${chargeId}/payments`, { gateway: 'daraja', phone }),
    see,
    /** What it comes to: a callback is on its way over a real connection. */
    becomes: (chargeId: string, what: (charge: Charge) => boolean) => eventually(async () => what(await see(chargeId))),
  };
}

const opened = (answer: { status: number; body: unknown }) => {
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return v.parse(ChargeAnswer, answer.body);
};

test('an amount with a purpose is paid, watched and has its receipt', async t => {
  const { customer, charge, phone, pass, see, simulator } = await atTheCounter(t);
  const { charge: open, payment } = opened(await charge());
  assert.deepEqual([open.state, open.purpose, payment.state], ['open', 'Popcorn', 'pending']);
  const socket = customer.socket();
  const told: Charge[] = [];
  const paid = new Promise<Charge>(done => {
    socket.on('charge:changed', view => {
      told.push(view);
      if (view.state === 'paid') done(view);
    });
  });
  const watched = await socket.emitWithAck('charge:watch', { chargeId: open.chargeId });
  assert.equal('charge' in watched && watched.charge.state, 'open');
  phone.enterPin();
  await pass(CALLBACK_MS);
  const { version, payment: settled } = await paid;
  assert.equal(settled?.receiptNumber, simulator.ledger.debits[0]?.receiptNumber);
  assert.deepEqual(
    simulator.ledger.debits.map(debit => debit.amount),
    [350],
  );
  assert.equal((await see(open.chargeId)).version, version);
  assert.deepEqual(
    told.map(view => view.version),
    told.map(view => view.version).toSorted((a, b) => a - b),
  );
});

test('asked twice under one key there is one charge and one prompt; under another body it is refused', async t => {
  const { charge, simulator } = await atTheCounter(t);
  const key = randomUUID();
  const [one, other] = [opened(await charge({}, key)), opened(await charge({}, key))];
  assert.equal(one.charge.chargeId, other.charge.chargeId);
  assert.equal(one.payment.paymentId, other.payment.paymentId);
  assert.equal(simulator.parts.requests['/mpesa/stkpush/v1/processrequest'], 1);
  assert.equal(problemOf(await charge({ purpose: 'Hall hire' }, key)).code, 'idempotency_key_reused');
});

test('what the venue does not take leaves nothing behind', async t => {
  const { charge, server } = await atTheCounter(t);
  for (const amount of [9_900, 1_000_100, 35_050, -35_000, 0])
    assert.equal((await charge({ amount: { amount, currency: 'KES' } })).status, 422, String(amount));
  assert.equal((await charge({ amount: { amount: 35_000, currency: 'TZS' } })).status, 422);
  assert.equal((await charge({ purpose: ' ' })).status, 422);
  assert.equal((await charge({ phone: '12' })).status, 422);
  assert.equal((await charge({ venueId: 99 })).status, 404);
  assert.deepEqual(await server.parts.database.read().execute('select id from charge'), []);
  assert.deepEqual(await server.parts.database.read().execute('select id from payment'), []);
});

test('a venue that has not turned it on takes nothing without a booking', async t => {
  const { customer, server } = await openTiketi(t);
  await server.parts.database.write(em => execute(em, 'update venue set leastCharge = null, largestCharge = null'));
  const answer = await customer.ask('POST', '/api/v1/charges', POPCORN, { 'idempotency-key': randomUUID() });
  assert.equal(answer.status, 404);
  const { body } = await customer.ask('GET', '/api/v1/venues');
  assert.deepEqual(
    (body as { venues: { charges: unknown }[] }).venues.map(({ charges }) => charges),
    [null, null],
  );
});

test('a prompt that fails leaves the charge open for another try, under the same limits as a booking’s', async t => {
  const { charge, payAgain, phone, pass, becomes } = await atTheCounter(t);
  const { charge: open } = opened(await charge());
  assert.equal(problemOf(await payAgain(open.chargeId)).code, 'payment_in_progress');
  phone.cancel();
  await pass(CALLBACK_MS);
  await becomes(open.chargeId, ({ payment }) => payment?.reason?.code === 'cancelled_by_customer');
  assert.equal(problemOf(await payAgain(open.chargeId)).code, 'retry_too_soon');
  await pass(120_000);
  assert.equal((await payAgain(open.chargeId)).status, 202);
  phone.enterPin();
  await pass(CALLBACK_MS);
  await becomes(open.chargeId, ({ state }) => state === 'paid');
  assert.equal(problemOf(await payAgain(open.chargeId)).code, 'already_paid');
});

test('a charge that is paid twice owes the second sum back', async t => {
  const { charge, payAgain, phone, pass, see, becomes, fault, simulator } = await atTheCounter(t);
  fault('query-denies-first');
  const { charge: open } = opened(await charge());
  phone.enterPin();
  await pass(50_000);
  await pass(65_000); // By now queries have insisted that the first prompt failed; its success is still to come.
  await becomes(open.chargeId, ({ payment }) => payment?.state === 'failed');
  const other = '254722000001';
  assert.equal((await payAgain(open.chargeId, other)).status, 202);
  phone.enterPin('1234', other);
  await pass(CALLBACK_MS);
  await becomes(open.chargeId, ({ state }) => state === 'paid');
  await pass(120_000);
  assert.equal(simulator.ledger.debits.length, 2);
  await becomes(open.chargeId, ({ refunds }) => refunds.length > 0);
  assert.deepEqual((await see(open.chargeId)).refunds, [
    { amount: POPCORN.amount, state: 'due', reason: 'duplicate_payment' },
  ]);
});
