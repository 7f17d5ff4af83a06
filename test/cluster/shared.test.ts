import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { Customer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { openCluster } from './cluster.ts';

const QUERIES_PER_MINUTE = 60;
const SECONDS = 4;
const PAYMENTS = 12;

test('three processes share one token and ask the gateway no more often than one would', async t => {
  const cluster = await openCluster(t, 3, {
    DARAJA_QUERIES_PER_MINUTE: String(QUERIES_PER_MINUTE),
    CHECK_AFTER_SECONDS: '0.3,0.6,0.9,1.2,1.5,1.8,2.1,2.4,2.7,3',
    HOLD_MINUTES: '1',
    HOLD_CAP_MINUTES: '2',
  });
  const { requests, settings } = cluster.gateway.simulator.parts;
  settings.autoAnswer = false; // Nobody enters a PIN: all that can be done is ask.
  await Promise.all([0, 1, 2].map(at => cluster.start(at)));
  const customers = [0, 1, 2].map(at => new Customer(cluster.url(at)));
  const showing = await customers[0]?.payableShowing();
  assert.ok(showing);
  await Promise.all(
    Array.from({ length: PAYMENTS }, async (_, at) => {
      const customer = customers[at % 3];
      const booking = await customer?.book(showing.showingId, 1);
      await customer?.pay(booking?.bookingId ?? '', `2547${20_000_000 + at}`);
    }),
  );
  const pushes = () => requests['/mpesa/stkpush/v1/processrequest'] ?? 0;
  const queries = () => requests['/mpesa/stkpushquery/v1/query'] ?? 0;
  await eventually(() => pushes() === PAYMENTS && queries() > 0);
  const [asked, since] = [queries(), performance.now()];
  await setTimeout(SECONDS * 1_000); // A rate is a count over a time.
  const allowed = 1 + ((performance.now() - since) / 60_000) * QUERIES_PER_MINUTE;
  assert.ok(queries() > asked, 'nothing was asked');
  assert.ok(queries() - asked <= allowed, `${queries() - asked} queries where ${allowed} are allowed`);
  assert.equal(requests['/oauth/v1/generate'], 1);
});
