import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Customer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { ask } from '../support/stores.ts';
import { openCluster } from './cluster.ts';
import { Onlooker } from './onlooker.ts';

test('a customer connected to one process sees a callback that arrived at another', async t => {
  const cluster = await openCluster(t, 2);
  await Promise.all([0, 1].map(at => cluster.start(at, { MPESA_CALLBACK_URL: `${cluster.url(1)}/callbacks/daraja` })));
  const [here, there] = [new Customer(cluster.url(0)), new Customer(cluster.url(1))];
  t.after(() => [here, there].forEach(one => void one.close()));
  const showing = await here.payableShowing();
  const booking = await here.book(showing.showingId);
  const watching = await here.watch(booking.bookingId);
  await here.pay(booking.bookingId);
  await watching.untilState('confirmed');
  const { callbacks } = cluster.gateway.simulator.parts;
  assert.deepEqual(
    callbacks.map(({ url, status }) => [url.startsWith(cluster.url(1)), status]),
    [[true, 200]],
  );
});

test('whoever missed news while the connection for it was lost has the last state when it is back', async t => {
  const cluster = await openCluster(t, 2, { HOLD_MINUTES: '5', HOLD_CAP_MINUTES: '10' });
  await Promise.all([0, 1].map(at => cluster.start(at)));
  const [here, there] = [new Customer(cluster.url(0)), new Customer(cluster.url(1))];
  const onlooker = new Onlooker(cluster.url(0));
  t.after(() => [here, there, onlooker].forEach(one => void one.close()));
  const { bookingId } = await there.book((await there.payableShowing()).showingId);
  onlooker.lookAt(bookingId);
  await eventually(() => onlooker.bookings.get(bookingId) === 1);
  await ask(
    cluster.database,
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tiketi-news'
     and datname = current_database()`,
  );
  await there.ask('DELETE', `/api/v1/bookings/${bookingId}`);
  const { version } = await there.see(bookingId);
  assert.ok(version > 1);
  await eventually(() => onlooker.bookings.get(bookingId) === version);
});
