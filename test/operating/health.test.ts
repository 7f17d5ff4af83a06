import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSideDoor } from '../support/side-door.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const ALL_WELL = { database: 'ok', relay: 'ok', janitor: 'ok', process: 'ok' };
const PROBED_AGAIN_MS = 5_000;

const ready = ({ customer }: Tiketi) => customer.ask('GET', '/readyz');

async function assertReady(tiketi: Tiketi) {
  const { status, body } = await ready(tiketi);
  assert.deepEqual([status, body], [200, { ready: true, parts: ALL_WELL }]);
}

async function assertTrouble(tiketi: Tiketi, trouble: Record<string, string>) {
  const { status, body, headers } = await ready(tiketi);
  assert.deepEqual([status, body], [503, { ready: false, parts: { ...ALL_WELL, ...trouble } }]);
  assert.equal(headers['cache-control'], 'no-store');
}

test('a server that has started is alive and ready', async t => {
  const tiketi = await openTiketi(t);
  const { status, body } = await tiketi.customer.ask('GET', '/healthz');
  assert.deepEqual([status, body], [200, { alive: true }]);
  await assertReady(tiketi);
});

test('a relay that tells nobody anything, and a janitor that cannot go round, make it unready until they can', async t => {
  const tiketi = await openTiketi(t);
  const door = openSideDoor(tiketi.server.parts.config.database);
  t.after(() => door.close());
  door.change('alter table outbox rename to elsewhere');
  await tiketi.pass(16_000);
  await assertTrouble(tiketi, { relay: 'has not gone round for more than 15 seconds' });
  door.change('alter table elsewhere rename to outbox');
  await tiketi.pass(PROBED_AGAIN_MS);
  await assertReady(tiketi);
  door.change('alter table callback rename to elsewhere');
  await tiketi.pass(121_000);
  await assertTrouble(tiketi, { janitor: 'has not gone round for more than 120 seconds' });
  door.change('alter table elsewhere rename to callback');
  await tiketi.pass(PROBED_AGAIN_MS);
  await assertReady(tiketi);
});

test('a database that can be read and not written is noticed', async t => {
  const tiketi = await openTiketi(t);
  const door = openSideDoor(tiketi.server.parts.config.database);
  t.after(() => door.close());
  await assertReady(tiketi);
  door.change('alter table remembered rename to elsewhere');
  await assertReady(tiketi); // What was found is good for a moment: anybody may ask, and each probe is a write.
  await tiketi.pass(PROBED_AGAIN_MS);
  await assertTrouble(tiketi, { database: 'does not take a write' });
  door.change('alter table elsewhere rename to remembered');
  await tiketi.pass(PROBED_AGAIN_MS);
  await assertReady(tiketi);
});

test('a database that somebody else holds on to does not keep the question waiting', async t => {
  const tiketi = await openTiketi(t, {}, { store: 'sqlite' });
  const door = openSideDoor(tiketi.server.parts.config.database);
  t.after(() => door.close());
  door.change('begin immediate');
  const asked = assertTrouble(tiketi, { database: 'does not answer within 2 seconds' });
  let isAnswered = false;
  const answered = asked.finally(() => {
    isAnswered = true;
  });
  while (!isAnswered) {
    tiketi.clock.move(500);
    await new Promise(setImmediate);
  }
  await answered;
  door.change('rollback');
});

test('one that stops says so at once, still answers whoever comes, and takes no more once nobody is sent', async t => {
  const tiketi = await openTiketi(t);
  const { customer, server, clock } = tiketi;
  const showing = await customer.payableShowing();
  const stopped = server.stop({ delayMs: 10_000, lingerMs: 0 });
  await assertTrouble(tiketi, { process: 'is stopping' });
  const booking = await customer.book(showing.showingId);
  const { headers } = await customer.ask('GET', `/api/v1/bookings/${booking.bookingId}`);
  assert.equal(headers.connection, 'close', 'whoever comes again finds another process');
  clock.move(10_000);
  await stopped;
  await assert.rejects(customer.see(booking.bookingId), { code: 'ECONNREFUSED' });
  await tiketi.restart();
});
