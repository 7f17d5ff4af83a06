import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { lapseHold } from '../../server/booking/end-hold.ts';
import { byCallback, paid, tell } from '../support/evidence.ts';
import { assertInvariants } from '../support/invariants.ts';
import { openCore } from '../support/money-core.ts';
import { type Store, testOnEachStore } from '../support/stores.ts';

const CONFIRMED = 'confirmed with 2 tickets, paid, A1 applied 100000';
const OWED = 'lapsed, paid, A1 refund_due 100000, late_payment 100000';

/** The last two places are held, their prompt is open, and it is the very instant at which the places go back. */
async function lastInstant(t: TestContext, store: Store) {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' }, store });
  const { addShowing, hold, pay, see, clock, line, settle, database } = core;
  const showing = await addShowing({ capacity: 2 });
  const booking = await hold(showing);
  const payment = await pay(booking);
  clock.move(+(await see(booking)).booking.heldUntil - +clock.now());
  while (await line.queries.take()); // Otherwise the janitor asks first.
  const now = clock.now();
  const happenings = {
    lapse: () => database.write(em => lapseHold(em, booking, now)),
    money: () => settle(payment, byCallback(paid('A1'))),
    rival: () => hold(showing).catch(() => null),
  };
  return { ...core, booking, happenings };
}

type Name = keyof Awaited<ReturnType<typeof lastInstant>>['happenings'];

const ORDERS: [Name[], string][] = [
  [['lapse', 'money'], CONFIRMED], // The places were given back and taken again.
  [['money', 'lapse'], CONFIRMED],
  [['lapse', 'money', 'rival'], CONFIRMED],
  [['money', 'lapse', 'rival'], CONFIRMED],
  [['money', 'rival', 'lapse'], CONFIRMED],
  [['rival', 'money', 'lapse'], CONFIRMED],
  [['rival', 'lapse', 'money'], CONFIRMED],
  [['lapse', 'rival', 'money'], OWED],
];

testOnEachStore(
  'I1 I2 I3 the hold ends and the money arrives in the same instant: confirmed or owed back, never both, never neither',
  async (t, store) => {
    for (const [order, expected] of ORDERS) {
      const { happenings, booking, see, database, read } = await lastInstant(t, store);
      const done = await Promise.all(order.map(name => happenings[name]()));
      const story = tell(await see(booking));
      if (store === 'sqlite' || !order.includes('rival')) assert.equal(story, expected, order.join(', '));
      else assert.ok([CONFIRMED, OWED].includes(story), `${order.join(', ')}: ${story}`); // Many writers: who is first is nobody's to say.
      const rival = order.includes('rival') && done[order.indexOf('rival')] !== null;
      assert.equal(rival, story === OWED, 'the rival has the places exactly when the customer has not');
      await assertInvariants(database.read());
      const [{ taken } = { taken: 0 }] = await read<{ taken: number }>('select held + sold as taken from showing');
      assert.equal(taken, 2);
    }
  },
);

testOnEachStore('I2 the janitor’s round and the callback at once, in both orders: confirmed', async (t, store) => {
  for (const first of ['janitor', 'callback']) {
    const { booking, see, database, janitor, receive, clock } = await lastInstant(t, store);
    const { payment } = await see(booking);
    const callback = () => receive(payment?.id ?? '', { ids: null, outcome: paid('A1') });
    await (first === 'janitor' ? Promise.all([janitor(), callback()]) : Promise.all([callback(), janitor()]));
    assert.equal(tell(await see(booking)), CONFIRMED, first);
    clock.move(60_000);
    await janitor();
    assert.equal(tell(await see(booking)), CONFIRMED, 'a later round changes nothing');
    await assertInvariants(database.read());
  }
});

testOnEachStore('a hold that was prolonged or paid since it was looked at does not lapse', async (t, store) => {
  const { booking, change, database, clock, see } = await lastInstant(t, store);
  const looked = clock.now();
  await change(`update booking set heldUntil = ${+looked + 1} where id = '${booking}'`);
  assert.equal(await database.write(em => lapseHold(em, booking, looked)), false);
  assert.equal((await see(booking)).booking.state, 'held');
});
