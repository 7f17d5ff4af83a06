import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { io } from 'socket.io-client';
import { openCluster } from '../cluster/cluster.ts';
import { Customer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { cookieOf, MANAGER, trySignIn } from '../support/office.ts';
import { ask } from '../support/stores.ts';

const REST_MS = 800; // For the stop, once the asker is gone: a database that waits for nobody is closed by then.

interface Scene {
  customer: Customer;
  showingId: number;
  bookingId: string;
}

/** Asks something that takes a while; what it answers resolves when the asker is gone, without an answer. */
type Asker = (scene: Scene) => Promise<() => Promise<void>>;
const ASKERS: Record<string, Asker> = {
  async 'a page'({ customer, bookingId }) {
    const page = await connected(customer.url);
    page.emit('booking:watch', { bookingId }, () => {});
    return page.gone;
  },
  async 'a page of the box office'({ customer }) {
    const cookie = cookieOf(await trySignIn({ customer }, MANAGER.MANAGER_NAME, MANAGER.MANAGER_PASSWORD));
    const page = await connected(`${customer.url}/box-office`, cookie);
    page.emit('board:watch', { venueId: 1 }, () => {});
    return page.gone;
  },
  async 'somebody who hung up'({ customer, showingId }) {
    const { hostname, port } = new URL(customer.url);
    const caller = connect(Number(port), hostname);
    const body = JSON.stringify({ showingId, quantity: 1 });
    const headers = `Host: ${hostname}\r\nContent-Type: application/json\r\nIdempotency-Key: ${randomUUID()}`;
    caller.write(`POST /api/v1/bookings HTTP/1.1\r\n${headers}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    return async () => void caller.destroy();
  },
};

for (const [who, asks] of Object.entries(ASKERS))
  test(`a server asked to stop ends what ${who} asked for before it closes the database, and logs no error`, async t => {
    const cluster = await openCluster(t, 1, MANAGER);
    await cluster.start(0);
    const customer = new Customer(cluster.url(0));
    const { showingId } = await customer.payableShowing();
    const { bookingId } = await customer.book(showingId);
    const unlock = await lockProgramme(cluster.database);
    const gone = await asks({ customer, showingId, bookingId });
    await eventually(() => anybodyWaits(cluster.database));
    const [code] = await Promise.all([
      cluster.stop(0),
      gone()
        .then(() => setTimeout(REST_MS))
        .then(unlock),
    ]);
    assert.deepEqual(cluster.complaints, []);
    assert.equal(code, 0);
  });

async function connected(url: string, cookie = '') {
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders: { cookie } });
  await new Promise<void>(done => void socket.once('connect', done));
  const gone = new Promise<void>(done => void socket.once('disconnect', () => done()));
  return { emit: socket.emit.bind(socket), gone: () => gone };
}

/** Until `unlock` whoever wants to read what is on, waits. */
async function lockProgramme(database: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query('begin; lock table showing in access exclusive mode');
  return () => client.end(); // What it had begun is undone.
}

async function anybodyWaits(database: string): Promise<boolean> {
  const who = `application_name = 'tiketi' and wait_event_type = 'Lock' and datname = current_database()`;
  return (await ask(database, `select pid from pg_stat_activity where ${who}`)).length > 0;
}
