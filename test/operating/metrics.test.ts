import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { readOpenThings } from '../../server/metrics/open-things.ts';
import { startTail } from '../../server/metrics/tail.ts';
import { PHONE } from '../support/customer.ts';
import { openListening } from '../support/listening.ts';
import { START } from '../support/money-core.ts';
import { until } from '../support/office.ts';
import { openTiketi } from '../support/tiketi.ts';
import { type Scrape, scrape, scrapeText } from './scrape.ts';

const CALLED_BACK_MS = 5_000;
const LOOKED_AGAIN_MS = 11_000; // Figures that must be looked up are kept for a moment; PostgreSQL's numbers settle for ten seconds.

/** Those that the story changed: everything that a second look shows and the first did not. */
const shows = (seen: Scrape, wanted: Record<string, number>) =>
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map(name => [name, seen.get(name) ?? 0])), wanted);

test('a booking on its way to its ticket is counted at every step', async t => {
  const tiketi = await openTiketi(t, { METRICS_PORT: '0' });
  const { customer, phone, pass } = tiketi;
  const look = async () => {
    await pass(LOOKED_AGAIN_MS);
    return scrape(tiketi.server.metricsPort);
  };
  const showing = await customer.payableShowing();
  const { bookingId } = await customer.book(showing.showingId);
  shows(await look(), { tiketi_bookings_held: 1, 'tiketi_payments_open{gateway="daraja",state="pending"}': 0 });
  const { untilState } = await customer.watch(bookingId);
  await customer.pay(bookingId);
  shows(await look(), {
    'tiketi_payments_open{gateway="daraja",state="pending"}': 1,
    'tiketi_sockets{namespace="/"}': 1,
    'tiketi_gateway_request_seconds_count{gateway="daraja",outcome="2xx"}': 2, // A token and a push.
  });
  phone.enterPin();
  await pass(CALLED_BACK_MS);
  await untilState('confirmed');
  const seen = await look();
  await look(); // PostgreSQL's last numbers have settled by now.
  shows(await look(), {
    tiketi_bookings_held: 0,
    tiketi_callbacks_waiting: 0,
    tiketi_outbox_rows: 0,
    'tiketi_payments_open{gateway="daraja",state="pending"}': 0,
    'tiketi_happenings_total{happening="places_held",gateway="none"}': 1,
    'tiketi_happenings_total{happening="payment_started",gateway="daraja"}': 1,
    'tiketi_happenings_total{happening="payment_paid",gateway="daraja"}': 1,
    'tiketi_happenings_total{happening="booking_confirmed",gateway="daraja"}': 1,
    'tiketi_http_request_seconds_count{method="POST",route="/api/v1/bookings",status="2xx"}': 1,
    'tiketi_http_request_seconds_count{method="POST",route="/callbacks/daraja/:token",status="2xx"}': 1,
    'tiketi_callback_settle_seconds_count{gateway="daraja",verdict="settled"}': 1,
    'tiketi_gateway_breaker_open{gateway="daraja"}': 0,
    'tiketi_ready{part="database"}': 1,
    'tiketi_ready{part="relay"}': 1,
    'tiketi_ready{part="janitor"}': 1,
    tiketi_looked: 1,
  });
  for (const name of ['outbox_tell', 'database_write_wait', 'database_commit', 'database_read'])
    assert.ok((seen.get(`tiketi_${name}_seconds_count`) ?? 0) > 0, name);
  assert.ok((seen.get('nodejs_eventloop_lag_p99_seconds') ?? 0) > 0);
});

test('money that waits for a person is seen, with how much of it there is', async t => {
  const tiketi = await openTiketi(t, { METRICS_PORT: '0' });
  const { customer, phone, pass, fault } = tiketi;
  const showing = await customer.payableShowing();
  const { bookingId, total } = await customer.book(showing.showingId, 1);
  fault('callback-wrong-amount');
  await customer.pay(bookingId);
  phone.enterPin();
  await pass(CALLED_BACK_MS);
  let seen = await scrape(tiketi.server.metricsPort);
  for (; !seen.has('tiketi_worklist{kind="under_review"}'); await pass(LOOKED_AGAIN_MS))
    seen = await scrape(tiketi.server.metricsPort);
  const atRisk = seen.get(`tiketi_money_at_risk{currency="${total.currency}"}`) ?? 0;
  assert.ok(atRisk >= total.amount / 100, `${atRisk} at risk, of ${total.amount / 100} that were asked for`);
});

test('whatever strangers ask for, there are no more figures than before, and none with an id or a phone in it', async t => {
  const tiketi = await openTiketi(t, { METRICS_PORT: '0' });
  const { customer, phone, pass } = tiketi;
  const ids: string[] = [];
  const showing = await customer.payableShowing();
  async function oneOfEach() {
    const { bookingId } = await customer.book(showing.showingId, 1);
    const noise = randomBytes(16).toString('hex');
    ids.push(bookingId, noise);
    await customer.see(bookingId);
    for (const path of [
      `/${noise}`,
      `/api/v1/bookings/${noise}`,
      `/api/v1/${noise}?phone=${PHONE}`,
      `/showings/${noise}`,
    ])
      await customer.ask('GET', path);
    await customer.ask('POST', `/callbacks/daraja/${noise}`, { phone: PHONE });
    await customer.ask('PATCH', '/api/v1/bookings');
    return bookingId;
  }
  const paid = await oneOfEach();
  await customer.pay(paid);
  phone.enterPin();
  await pass(LOOKED_AGAIN_MS);
  await until(tiketi, paid, ({ state }) => state === 'confirmed');
  await scrape(tiketi.server.metricsPort);
  await pass(LOOKED_AGAIN_MS); // PostgreSQL's last numbers have settled by now.
  const before = await scrape(tiketi.server.metricsPort);
  for (let round = 0; round < 5; round++) await oneOfEach();
  await pass(LOOKED_AGAIN_MS);
  const text = await scrapeText(tiketi.server.metricsPort);
  const after = await scrape(tiketi.server.metricsPort);
  assert.deepEqual(
    [...after.keys()].filter(name => name.startsWith('tiketi') && !before.has(name)),
    [],
  );
  for (const secret of [...ids, PHONE, PHONE.slice(3)])
    assert.ok(!text.includes(secret), `${secret} stands in a figure`);
});

test('nobody is measured unless asked for, and the public port never says anything of it', async t => {
  const quiet = await openTiketi(t);
  assert.equal(quiet.server.metricsPort, null);
  const measured = await openTiketi(t, { METRICS_PORT: '0' });
  for (const { customer } of [quiet, measured]) assert.equal((await customer.ask('GET', '/metrics')).status, 404);
  await assert.rejects(openTiketi(t, { PORT: '4000', METRICS_PORT: '4000', PUBLIC_URL: 'http://localhost:4000' }), {
    message: /METRICS_PORT: must be another port than PORT/,
  });
});

test('a look at the figures goes by indexes of what is open, however much there ever was', async t => {
  const { em, asked, scans } = await openListening(t);
  const tail = await startTail(em, new Date(START), 0);
  await em.execute(
    `insert into audit_entry (at, version, actor, happening, details) values (0, 1, 'customer', 'places_held', '{}')`,
  );
  const counted: string[] = [];
  await tail.readOn(em, new Date(START), ({ happening, lines }) => counted.push(`${lines} ${happening}`));
  assert.deepEqual(counted, ['1 places_held']);
  await readOpenThings(em);
  assert.ok(asked.size >= 7, `${asked.size} queries were looked at`);
  const isOpen = /USING (COVERING )?INDEX (payment_unresolved|booking_held|callback_received|mail_next_try)/;
  const isSmall = /^SCAN outbox/; // It is empty unless nobody is told anything.
  assert.deepEqual(
    scans(plan => plan.startsWith('SCAN') && !isOpen.test(plan) && !isSmall.test(plan)),
    [],
  );
});
