import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findByToken } from '../../server/payment/receive-callback.ts';
import type { Checkout } from '../../server/simulator/daraja/checkout.ts';
import { openVictim } from '../crash/victim.ts';
import { storedCallbacks, successBody } from '../support/callbacks.ts';
import { Customer } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { BROKEN } from '../support/invariants.ts';
import { change } from '../support/office.ts';
import { seededFraction } from '../support/seeded-random.ts';
import { openSideDoor } from '../support/side-door.ts';
import { STORE } from '../support/stores.ts';
import { openTiketi } from '../support/tiketi.ts';

const PAYING = 30; // Many more at once than make a burst.
const ACKNOWLEDGED = 12; // By then the server dies.
const SLOWLY = { HOLD_MINUTES: '10', HOLD_CAP_MINUTES: '20', PROMPT_SECONDS: '60', RATE_LIMITS: 'off' };

interface Post {
  path: string;
  body: string;
}

/** So many prompts on as many phones. */
async function promptAll(customer: Customer, checkouts: ReadonlyMap<string, Checkout>): Promise<Checkout[]> {
  const { showingId } = await customer.payableShowing();
  for (let one = 0; one < PAYING; one++)
    await customer.pay((await customer.book(showingId, 1)).bookingId, String(254710000000 + one));
  await eventually(() => checkouts.size === PAYING);
  return [...checkouts.values()];
}

function success(checkout: Checkout): Post {
  return { path: pathOf(checkout), body: successBody({ ...checkout, receiptNumber: `P${checkout.phone}` }) };
}

function cancelled(checkout: Checkout): Post {
  const { checkoutRequestId: CheckoutRequestID, merchantRequestId: MerchantRequestID } = checkout;
  const said = { MerchantRequestID, CheckoutRequestID, ResultCode: 1032, ResultDesc: 'Request cancelled by user.' };
  return { path: pathOf(checkout), body: JSON.stringify({ Body: { stkCallback: said } }) };
}

const pathOf = ({ callbackUrl }: Checkout) => new URL(callbackUrl).pathname;

/** What a gateway would be answered; null where it never was. */
function post(customer: Customer, { path, body }: Post): Promise<number | null> {
  const answer = customer.ask('POST', path, body, { 'content-type': 'application/json' });
  return answer.then(
    ({ status }) => status,
    () => null,
  );
}

for (const seed of [1, 2, 3])
  test(`I4 I5 I8 of a burst nothing is lost, and in whichever order it comes, it comes to the same (${seed})`, async t => {
    const tiketi = await openTiketi(t, SLOWLY);
    const { customer, simulator, server } = tiketi;
    const checkouts = await promptAll(customer, simulator.parts.checkouts);
    const posts = checkouts.flatMap(checkout => [success(checkout), success(checkout), cancelled(checkout)]);
    const answers = await Promise.all(shuffled(posts, seed).map(one => post(customer, one)));
    assert.deepEqual([...new Set(answers)], [200], 'each is acknowledged');
    await server.idle();

    const kept = storedCallbacks(tiketi);
    assert.deepEqual(kept.map(({ body }) => body.toString()).sort(), posts.map(({ body }) => body).sort());
    assert.equal(kept.filter(({ state }) => state === 'received').length, 0, 'each was read');
    const door = openSideDoor(server.parts.config.database);
    t.after(() => door.close());
    const counted = door.all('select state, count(*) as bookings from booking group by state');
    assert.deepEqual(counted, [{ state: 'confirmed', bookings: PAYING }]);
    for (const [rule, sql] of Object.entries(BROKEN)) assert.deepEqual(door.all(sql), [], rule);
  });

test('I8 of a burst, the one that cannot be stored is refused alone: all others are stored once, and acknowledged', async t => {
  const tiketi = await openTiketi(t, SLOWLY);
  const { customer, simulator, server } = tiketi;
  const posts = (await promptAll(customer, simulator.parts.checkouts)).map(success);
  const unlucky = await findByToken(server.parts.database.read(), String(posts[7]?.path.split('/').at(-1)));
  for (const sql of refuseCallbackOf(String(unlucky))) await change(tiketi, sql);
  const answers = await Promise.all(posts.map(one => post(customer, one)));
  assert.deepEqual(
    answers.map(status => status === 200),
    posts.map((_, at) => at !== 7),
  );
  const stored = storedCallbacks(tiketi).map(({ body }) => body.toString());
  assert.deepEqual(
    stored.sort(),
    posts
      .filter((_, at) => at !== 7)
      .map(({ body }) => body)
      .sort(),
  );
});

function refuseCallbackOf(payment: string): string[] {
  if (STORE === 'sqlite')
    return [
      `create trigger unlucky before insert on callback when new.payment = '${payment}'
        begin select raise(abort, 'broken on purpose'); end`,
    ];
  return [
    `create function unlucky() returns trigger language plpgsql as 'begin raise exception $$broken on purpose$$; end'`,
    `create trigger unlucky before insert on callback for each row when (new.payment = '${payment}')
      execute function unlucky()`,
  ];
}

function shuffled<T>(all: readonly T[], seed: number): T[] {
  const next = seededFraction(seed);
  const placed = all.map(one => ({ one, at: next() })).sort((one, other) => one.at - other.at);
  return placed.map(({ one }) => one);
}

test('I8 what a burst has left behind when the server was killed is settled by its next life', async t => {
  const victim = await openVictim(SLOWLY);
  t.after(victim.close);
  const { simulator } = victim.gateway;
  simulator.settings.autoAnswer = false; // What their phones say comes from here, all at once.
  const life = victim.start({ crashAt: { point: 'after the 200 to the gateway', hit: ACKNOWLEDGED } });
  assert.ok(await life.opened);
  const customer = new Customer(victim.url);
  t.after(() => customer.close());
  const checkouts = await promptAll(customer, simulator.parts.checkouts);
  await Promise.all(checkouts.map(checkout => post(customer, success(checkout))));
  assert.equal(await life.ended, 'SIGKILL');

  const door = openSideDoor(victim.database);
  t.after(() => door.close());
  const count = (sql: string) => Number(door.all<{ n: number }>(sql)[0]?.n);
  const left = count("select count(*) as n from callback where state = 'received'");
  const stored = count('select count(*) as n from callback');
  t.diagnostic(`${stored} were stored, ${left} of them not yet settled`);
  assert.ok(stored >= ACKNOWLEDGED && left > 0, 'it died in the middle of it');
  assert.ok(await victim.start().opened);
  const isConfirmed = "select count(*) as n from booking where state = 'confirmed'";
  await eventually(() => count("select count(*) as n from callback where state = 'received'") === 0);
  assert.equal(count(isConfirmed), stored);
  for (const [rule, sql] of Object.entries(BROKEN)) assert.deepEqual(door.all(sql), [], rule);
});
