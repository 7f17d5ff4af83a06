import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { PHONE } from '../support/customer.ts';
import { freePort } from '../support/free-port.ts';
import { change, MANAGER } from '../support/office.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const PRICE = 50_000; // KES 500 in cents, of one place.
const CALLBACK_MS = 2_000;
const ELSEWHERE = 'http://169.254.169.254/latest/meta-data';

/** What a browser never decides, in every place where it could try. */
const WISHES = {
  ...{ total: 1, amount: 1, price: { amount: 1, currency: 'KES' }, currency: 'TZS', discount: 99, Amount: 1 },
  ...{ state: 'confirmed', bookingId: 'f'.repeat(32), reference: 'FREEFREE', version: 99, capacity: 1_000 },
  ...{ heldUntil: '2030-01-01T00:00:00.000Z', holdCapAt: '2030-01-01T00:00:00.000Z', complimentary: true },
  ...{ tickets: [{ ticketCode: 'mine' }], receiptNumber: 'SKE1234567', payment: { state: 'paid' } },
  ...{ callbackUrl: ELSEWHERE, callbackToken: '0'.repeat(32), CallBackURL: ELSEWHERE, accountReference: 'OTHER' },
  ...{ BusinessShortCode: '600000', PartyB: '600000', shortCode: '600000', redirectUrl: ELSEWHERE },
};

test('S18 price, amount, currency, state and short code are ours to say: what a browser adds about them is not even read', async t => {
  const tiketi = await openTiketi(t);
  const showingId = await tiketi.addShowing();
  const query = `?${new URLSearchParams(Object.entries(WISHES).map(([name, value]) => [name, JSON.stringify(value)]))}`;
  const key = () => ({ 'idempotency-key': crypto.randomUUID() });
  const { customer } = tiketi;
  const booked = await customer.ask('POST', `/api/v1/bookings${query}`, { ...WISHES, showingId, quantity: 3 }, key());
  const { booking } = booked.body as { booking: { bookingId: string; reference: string } };
  const { bookingId, reference } = booking;
  const held = await customer.see(bookingId);
  assert.deepEqual(held.total, { amount: 3 * PRICE, currency: 'KES' });
  assert.deepEqual([held.state, held.version, held.tickets, held.payment], ['held', 1, [], null]);
  assert.equal(held.heldUntil, '2026-11-22T12:10:00.000Z');
  assert.notEqual(bookingId, WISHES.bookingId);
  const wish = { ...WISHES, gateway: 'daraja', phone: PHONE };
  assert.equal((await customer.ask('POST', `/api/v1/bookings/${bookingId}/payments${query}`, wish, key())).status, 202);
  const [pushed] = tiketi.simulator.parts.checkouts.values();
  assert.equal(pushed?.amount, (3 * PRICE) / 100);
  assert.equal(pushed?.shortCode, tiketi.simulator.settings.shortCode);
  assert.ok(pushed?.accountReference.startsWith(reference));
  assert.ok(pushed?.callbackUrl.startsWith(`http://localhost:${tiketi.server.port}/callbacks/daraja/`));
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  assert.deepEqual(
    tiketi.simulator.ledger.debits.map(({ amount }) => amount),
    [(3 * PRICE) / 100],
  );
});

test('S18 a booking costs what it cost when its places were held, whatever the showing costs by then', async t => {
  const tiketi = await openTiketi(t);
  const showingId = await tiketi.addShowing();
  const { bookingId } = await tiketi.customer.book(showingId);
  await change(tiketi, `update showing set price = 1 where id = ${showingId}`);
  const { payment } = await tiketi.customer.pay(bookingId);
  assert.equal(payment.amount.amount, 2 * PRICE);
  assert.equal([...tiketi.simulator.parts.checkouts.values()][0]?.amount, (2 * PRICE) / 100);
});

test('S27 nothing that anybody sends decides where we connect to, and no Host header what we tell the gateway', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off', ...MANAGER });
  const showingId = await tiketi.addShowing();
  const { bookingId } = await tiketi.customer.book(showingId);
  const strangers = connectionsElsewhere(t, tiketi);
  const evil = 'evil.example';
  const hosts = [evil, `${evil}:80`, '169.254.169.254', `localhost:${tiketi.server.port}@${evil}`, ''];
  for (const Host of hosts) {
    const names = { Host, 'X-Forwarded-Host': evil, 'X-Forwarded-Proto': 'http', Forwarded: `host=${evil}` };
    const headers = { ...names, 'Idempotency-Key': 'a-key-for-one-intention', 'X-Original-URL': ELSEWHERE };
    const body = JSON.stringify({ ...WISHES, gateway: 'daraja', phone: PHONE });
    const answer = await sendRaw(
      tiketi.url,
      rawRequest('POST', `/api/v1/bookings/${bookingId}/payments`, headers, body),
    );
    assert.ok(!JSON.stringify(answer).includes(evil), answer.body);
    await sendRaw(tiketi.url, rawRequest('GET', `http://${evil}/`, headers));
  }
  await fc.assert(
    fc.asyncProperty(fc.webUrl({ withQueryParameters: true }), async url => {
      const fields = { customerName: url, phone: PHONE, email: `a@${new URL(url).hostname}`, callbackUrl: url, url };
      await tiketi.customer.tryToBook({ showingId, quantity: 1, ...fields });
      await tiketi.customer.tryToPay(bookingId, { gateway: url, phone: url, baseUrl: url });
      await tiketi.customer.ask('GET', `/bookings/${encodeURIComponent(url)}`);
      await tiketi.customer.ask('POST', `/callbacks/daraja/${encodeURIComponent(url)}`, {
        CallBackURL: url,
        ResultURL: url,
      });
    }),
    { numRuns: 50 },
  );
  await tiketi.pass(CALLBACK_MS);
  for (const { callbackUrl } of tiketi.simulator.parts.checkouts.values())
    assert.ok(callbackUrl.startsWith(`http://localhost:${tiketi.server.port}/callbacks/daraja/`), callbackUrl);
  assert.ok(tiketi.simulator.parts.checkouts.size > 0);
  assert.deepEqual(strangers, []);
});

test('S27 the watch over connections sees one that leads elsewhere', async t => {
  const tiketi = await openTiketi(t);
  const strangers = connectionsElsewhere(t, tiketi);
  const port = await freePort();
  await fetch(`http://127.0.0.1:${port}/`).catch(() => {});
  assert.deepEqual(strangers, [`127.0.0.1:${port}`]);
});

/** Every connection of this process that is neither to Tiketi, its gateway nor its database, as it is made or its name is looked up. */
function connectionsElsewhere(t: { after(then: () => void): void }, { url, simulatorUrl, server }: Tiketi): string[] {
  const known = [url, simulatorUrl, server.parts.config.database].map(one => URL.parse(one)?.port);
  const found: string[] = [];
  const look = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.once('connectionAttempt', (ip: string, port: number) => {
      if (!known.includes(String(port))) found.push(`${ip}:${port}`);
    });
    socket.once('lookup', (_error, _ip, _family, host: string) => {
      if (host !== 'localhost' && host !== '127.0.0.1') found.push(host);
    });
  };
  diagnostics.subscribe('net.client.socket', look);
  t.after(() => void diagnostics.unsubscribe('net.client.socket', look));
  return found;
}
