import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { Agent, request } from 'undici';
import * as v from 'valibot';
import { BookingAnswer } from '../../shared/views.ts';
import type { Customer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { ownProcess } from '../support/own-process.ts';

const BUYERS = 16;
const WATCHERS = 10;
const UNDER_WAY = 40; // Bookings before the signal: the load has found its pace.

test('a server asked to stop under load answers every request that it began, and its watchers find the next one', async t => {
  const { customer, stop, start, logged } = await ownProcess(t, { RATE_LIMITS: 'off' });
  const { showingId } = await customer.payableShowing();
  const watched = await customer.book(showingId, 1);
  const watchers = Array.from({ length: WATCHERS }, () => keepWatching(customer, watched.bookingId));
  await eventually(() => watchers.every(({ seen }) => seen.length > 0));
  const load = startLoad(
    customer.url,
    (await customer.showings()).map(one => one.showingId),
  );
  await eventually(() => load.booked.size >= UNDER_WAY);
  const [code] = await Promise.all([stop(), load.ended]);
  assert.equal(code, 0);
  assert.deepEqual(load.broken, [], 'a request that was begun was not answered');
  assert.ok(!logged.some(line => line.includes('"level":50')), 'it logged an error');
  await start();
  for (const bookingId of load.booked) assert.equal((await customer.see(bookingId)).bookingId, bookingId);
  await customer.ask('DELETE', `/api/v1/bookings/${watched.bookingId}`);
  await eventually(() => watchers.every(({ seen }) => seen.at(-1) === 'cancelled'));
});

test('a second signal ends it at once, and it says what it had still to do', async t => {
  const { signal, exited, logged, customer } = await ownProcess(t, { SHUTDOWN_DELAY_SECONDS: '300' });
  let code: number | null | undefined;
  const gone = exited().then(is => {
    code = is;
  });
  signal('SIGINT');
  signal('SIGTERM'); // As npm sends it once more, in the same moment: that is not a second wish.
  await eventually(async () => (await customer.ask('GET', '/readyz')).status === 503);
  assert.equal(code, undefined);
  const asked = performance.now();
  await eventually(() => {
    if (code === undefined && performance.now() - asked > 500) signal('SIGTERM');
    return code !== undefined;
  });
  await gone;
  assert.equal(code, 1);
  assert.match(logged.join(''), /Stopped with work under way: the delay/);
});

test('what does not come to its end is left behind at the deadline, by name', async t => {
  const settings = { SHUTDOWN_DEADLINE_SECONDS: '0.5', GATEWAY_TIMEOUT_SECONDS: '60' };
  const { customer, simulator, stop, logged } = await ownProcess(t, settings);
  const showing = await customer.payableShowing();
  const booking = await customer.book(showing.showingId, 1);
  simulator.faults.arm({ fault: 'answer-hangs', phone: null, times: 1 });
  const paying = customer.pay(booking.bookingId).catch(() => 'cut off');
  await eventually(() => simulator.phones.all().some(({ prompt }) => prompt !== null));
  assert.equal(await stop(), 1);
  assert.equal(await paying, 'cut off');
  assert.match(logged.join(''), /Stopped with work under way: .*1 requests without an answer.*push/);
});

/** As a page does: after every connect it asks again. */
function keepWatching(customer: Customer, bookingId: string) {
  const socket = customer.socket();
  socket.io.reconnectionDelay(200).reconnectionDelayMax(400); // Pages take a second and more.
  const seen: string[] = [];
  socket.on('connect', () =>
    socket.emit('booking:watch', { bookingId }, answer => {
      if ('booking' in answer) seen.push(answer.booking.state);
    }),
  );
  socket.on('booking:changed', ({ state }) => void seen.push(state));
  return { seen };
}

/** Buyers on kept connections, one booking after the other, until nobody takes a new connection any more. */
function startLoad(url: string, showingIds: number[]) {
  const agent = new Agent({ connections: BUYERS, pipelining: 1 });
  const booked = new Set<string>();
  const broken: string[] = [];
  async function buy(buyer: number) {
    for (let turn = buyer; ; turn++)
      try {
        const { statusCode, body } = await request(`${url}/api/v1/bookings`, {
          method: 'POST',
          dispatcher: agent,
          headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
          body: JSON.stringify({ showingId: showingIds[turn % showingIds.length], quantity: 1 }),
        });
        const answer: unknown = await body.json();
        if (statusCode === 201) booked.add(v.parse(BookingAnswer, answer).booking.bookingId);
        else if (statusCode !== 409) broken.push(`${statusCode} ${JSON.stringify(answer)}`);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
        if (code !== 'ECONNREFUSED') broken.push(code);
        return;
      }
  }
  const ended = Promise.all(Array.from({ length: BUYERS }, (_, buyer) => buy(buyer))).then(() => agent.close());
  return { booked, broken, ended };
}
