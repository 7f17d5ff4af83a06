import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lapseHold, letGo } from '../../server/booking/end-hold.ts';
import { query } from '../../server/model/entities.ts';
import { problemOf } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { byCallback, paid } from '../support/evidence.ts';
import { END_OF_TIME } from '../support/histories.ts';
import { assertInvariants } from '../support/invariants.ts';
import { type Core, openCore } from '../support/money-core.ts';
import { testOnEachStore } from '../support/stores.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const PEOPLE = 200;
const PLACES = 50;

testOnEachStore(
  'I1 two people want the last place: one gets it, the other is told that none is left',
  async (t, store) => {
    const { customer, addShowing } = await openTiketi(t, {}, { store });
    const showing = await addShowing({ capacity: 1 });
    const answers = await Promise.all([1, 2].map(() => customer.tryToBook({ showingId: showing, quantity: 1 })));
    assert.deepEqual(answers.map(answer => answer.status).sort(), [201, 409]);
    const refused = answers.find(answer => answer.status === 409);
    assert.ok(refused);
    const { code, placesLeft } = problemOf(refused);
    assert.deepEqual({ code, placesLeft }, { code: 'sold_out', placesLeft: 0 });
  },
);

testOnEachStore(
  'I1 200 people want 50 places: exactly 50 are held, and when all pay exactly 50 are confirmed',
  async (t, store) => {
    const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' }, { store });
    const { customer, addShowing, simulator, server } = tiketi;
    simulator.change({ autoAnswer: true });
    const showing = await addShowing({ capacity: PLACES });
    const answers = await Promise.all(
      Array.from({ length: PEOPLE }, (_, one) =>
        customer.tryToBook({ showingId: showing, quantity: 1, phone: phoneOf(one) }),
      ),
    );
    assert.equal(answers.filter(answer => answer.status === 201).length, PLACES);
    assert.ok(answers.every(answer => answer.status === 201 || problemOf(answer).code === 'sold_out'));
    assert.deepEqual(await counts(tiketi, showing), { held: PLACES, sold: 0, version: 1 + PLACES });

    const held = await server.parts.database.read().execute(`select id from booking where showing = ${showing}`);
    await Promise.all(held.map((row, one) => customer.pay(String(row.id), phoneOf(one))));
    await tiketi.pass(0); // Every phone answers by itself,
    await tiketi.pass(2_000); // and every callback is on its way.
    await eventually(() => simulator.parts.callbacks.filter(({ status }) => status === 200).length === PLACES);
    await server.idle();
    assert.deepEqual(await counts(tiketi, showing), { held: 0, sold: PLACES, version: 1 + 2 * PLACES });
    const sums = await server.parts.database.read().execute(
      `select (select count(*) from booking where state = 'confirmed') as confirmed, (select count(*) from ticket) as tickets,
       (select count(*) from receipt where allocation = 'applied') as applied, (select count(*) from refund) as refunds`,
    );
    assert.deepEqual(sums, [{ confirmed: PLACES, tickets: PLACES, applied: PLACES, refunds: 0 }]);
    assert.equal(simulator.ledger.debits.length, PLACES);
  },
);

testOnEachStore(
  'I1 the same race without the guard sells places twice: so the load above proves something',
  async (t, store) => {
    const { database, change, read } = await openCore(t, { store });
    await change('create table unguarded (id integer primary key, capacity integer, held integer)');
    await change(`insert into unguarded values (1, ${PLACES}, 0)`);
    const held = await holdNaively(PEOPLE, {
      look: async () => (await read<Counts>('select held, capacity from unguarded'))[0],
      take: () => database.write(em => em.execute('update unguarded set held = held + 1')),
    });
    assert.equal(held, PEOPLE);
    assert.deepEqual(await read('select held, capacity from unguarded'), [{ held: PEOPLE, capacity: PLACES }]);
  },
);

testOnEachStore('I1 without the guard the table’s own check still refuses the 51st place', async (t, store) => {
  const { addShowing, change, read } = await openCore(t, { store });
  const showing = await addShowing({ capacity: PLACES });
  const held = await holdNaively(PEOPLE, {
    look: async () => (await read<Counts>(`select held, capacity from showing where id = ${showing}`))[0],
    take: () => change(`update showing set held = held + 1 where id = ${showing}`),
  });
  assert.equal(held, PLACES);
  for (const wrong of ['held = 51', 'sold = 1', 'held = 26, sold = 25', 'held = -1', 'held = 0, sold = -1'])
    await assert.rejects(
      change(`update showing set ${wrong} where id = ${showing}`),
      /CHECK constraint failed|violates check constraint/,
      wrong,
    );
  await change(`update showing set held = 25, sold = 25 where id = ${showing}`);
});

interface Counts {
  held: number;
  capacity: number;
}

/** Looks, waits until everybody has looked, then takes: what a hold must not be. Answers how many were not refused. */
async function holdNaively(
  people: number,
  { look, take }: { look: () => Promise<Counts | undefined>; take: () => Promise<unknown> },
): Promise<number> {
  const everybodyLooked = Promise.withResolvers<void>();
  let looked = 0;
  const holds = Array.from({ length: people }, async () => {
    const seen = await look();
    looked += 1;
    if (looked === people) everybodyLooked.resolve();
    await everybodyLooked.promise;
    if (!seen || seen.held >= seen.capacity) return false;
    return take().then(
      () => true,
      () => false,
    );
  });
  return (await Promise.all(holds)).filter(Boolean).length;
}

type Doing = { do: 'hold'; quantity: number } | { do: 'lapse' | 'cancel' | 'pay'; which: number };

testOnEachStore(
  'I1 I10 places that lapse or are let go come back, once, and the count is right after every step',
  async (t, store) => {
    const core = await openCore(t, { settings: { RATE_LIMITS: 'off' }, store });
    const doing: fc.Arbitrary<Doing> = fc.oneof(
      fc.record({ do: fc.constant('hold' as const), quantity: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constantFrom('lapse' as const, 'cancel' as const, 'pay' as const), which: fc.nat(4) }),
    );
    const doings = fc.array(doing, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(doings, steps => follow(core, steps)),
      { numRuns: 40 },
    );
    const [ends] = await core.read<{ states: number }>('select count(distinct state) as states from booking');
    assert.equal(ends?.states, 4, 'every end was met');
  },
);

/** Beside a model of three lines: what is held or paid takes its places, everything else does not. */
async function follow(core: Core, doings: Doing[]) {
  const capacity = 5;
  const showing = await core.addShowing({ capacity });
  const bookings: { id: string; quantity: number; state: 'held' | 'gone' | 'paid' }[] = [];
  const taken = () => bookings.reduce((sum, { state, quantity }) => sum + (state === 'gone' ? 0 : quantity), 0);
  for (const step of doings) {
    if (step.do === 'hold') {
      const { quantity } = step;
      const id = await core.hold(showing, quantity).catch(() => undefined);
      assert.equal(id !== undefined, taken() + quantity <= capacity, 'refused exactly when too few are left');
      if (id) bookings.push({ id, quantity, state: 'held' });
    } else {
      const booking = bookings[step.which];
      if (!booking) continue;
      const ended = await end(core, step.do, booking.id);
      assert.equal(ended, booking.state === 'held', `${step.do}: the booking was ${booking.state}`);
      if (ended) booking.state = step.do === 'pay' ? 'paid' : 'gone';
    }
    const [row] = await core.read<{ taken: number }>(`select held + sold as taken from showing where id = ${showing}`);
    assert.equal(row?.taken, taken());
  }
  await assertInvariants(core.database.read());
}

let receipts = 0;

/** False when the booking was no longer held. */
async function end({ database, start, settle }: Core, how: 'lapse' | 'cancel' | 'pay', id: string): Promise<boolean> {
  if (how === 'lapse') return database.write(em => lapseHold(em, id, END_OF_TIME));
  if (how === 'cancel') return database.write(em => letGo(em, id, 'customer', END_OF_TIME));
  receipts += 1;
  const started = await start(id, phoneOf(receipts)).catch(() => undefined);
  if (!started) return false;
  const { amount } = await database.write(em =>
    query(em).selectFrom('payment').select('amount').where('id', '=', started.paymentId).executeTakeFirstOrThrow(),
  );
  await settle(started.paymentId, byCallback(paid(`R${receipts}`, amount)));
  return true;
}

function phoneOf(one: number): string {
  return `2547${String(10_000_000 + one)}`;
}

async function counts({ server }: Tiketi, showing: number) {
  const [row] = await server.parts.database
    .read()
    .execute(`select held, sold, version from showing where id = ${showing}`);
  return row;
}
