import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { connect, openDatabase } from '../../server/database/open-database.ts';
import { type Em, query } from '../../server/model/entities.ts';
import { openCore } from '../support/money-core.ts';
import { ask, newEmptyPostgres, newPlace, type Store, testOnEachStore } from '../support/stores.ts';

async function open(t: TestContext, store: Store) {
  const place = await newPlace(store);
  const database = await openDatabase(place.url.replace(/^sqlite:/, ''));
  t.after(async () => {
    await database.close();
    await place.remove();
  });
  return { ...database, place };
}

const note = (em: Em, name: string, value = name) =>
  query(em).insertInto('remembered').values({ name, value }).execute();

test('the migrations of both databases say what the entities say', async () => {
  for (const place of [':memory:', 'postgres://nobody@localhost/nothing']) {
    const { orm, close } = await connect(place);
    assert.equal(await orm.migrator.checkSchema(), false, `npm run migration: ${place} is behind`);
    await close();
  }
});

testOnEachStore(
  'instants, yes and no, JSON, sums and counts come out of queries as what they are',
  async (t, store) => {
    const core = await openCore(t, { store });
    const showing = await core.addShowing();
    const { booking, payment } = await core.bookAndPay(showing);
    const { booking: row, payments, audit } = await core.see(booking);
    assert.ok(row.heldUntil instanceof Date && row.createdAt.getTime() === +core.clock.now());
    assert.deepEqual([row.kept, payments[0]?.live, payments[0]?.frozen], [false, true, false]);
    assert.deepEqual(audit[0]?.details, { quantity: 2 });
    const em = core.database.read();
    const sums = await query(em)
      .selectFrom('payment')
      .select(one => [one.fn.sum<number>('amount').as('sum'), one.fn.countAll<number>().as('count')])
      .select(one => one.fn.max('startedAt').as('startedAt'))
      .where('id', '=', payment)
      .executeTakeFirst();
    assert.deepEqual(sums, { sum: 100_000, count: 1, startedAt: core.clock.now() });
  },
);

testOnEachStore('nothing is in an empty list, and everything is outside of it', async (t, store) => {
  const { write, read } = await open(t, store);
  await write(em => note(em, 'a'));
  const named = (operator: 'in' | 'not in') =>
    query(read()).selectFrom('remembered').select('name').where('name', operator, []).execute();
  assert.deepEqual([await named('in'), await named('not in')], [[], [{ name: 'a' }]]);
});

testOnEachStore('text is as long as it is, and sorts by its letters’ numbers', async (t, store) => {
  const { write, read } = await open(t, store);
  const names = ['Z', 'a', 'B', 'é', '', '_', 'ab', 'a b', '😀', 'x'.repeat(5_000)];
  for (const name of names) await write(em => note(em, name));
  const rows = await query(read()).selectFrom('remembered').select('name').orderBy('name').execute();
  const byNumber = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
  assert.deepEqual(
    rows.map(row => row.name),
    names.sort(byNumber),
  );
});

testOnEachStore('no text is refused, whatever letters it is made of', async (t, store) => {
  const { write, read } = await open(t, store);
  const odd = 'a\0b\ud800';
  await write(em => note(em, odd));
  const entry = {
    at: new Date(0),
    version: 1,
    actor: 'callback',
    happening: 'contradiction',
    details: { odd },
  } as const;
  await write(em => query(em).insertInto('audit_entry').values(entry).execute());
  const [kept] = await query(read()).selectFrom('remembered').select('name').execute();
  const [written] = await query(read()).selectFrom('audit_entry').select('details').execute();
  for (const text of [kept?.name, written?.details.odd]) assert.match(String(text), /^a[\0\uFFFD]b(\ud800|\uFFFD)$/);
  const nobody = await query(read()).selectFrom('remembered').select('name').where('name', '=', '\0').execute();
  assert.deepEqual(nobody, []);
});

testOnEachStore('what fails is undone, and a write inside a write is refused', async (t, store) => {
  const { write, read } = await open(t, store);
  const failing = write(async em => {
    await note(em, 'half');
    throw new Error('its own');
  });
  await assert.rejects(failing, /its own/);
  await assert.rejects(
    write(() => write(em => note(em, 'inner'))),
    /inside a write/,
  );
  assert.deepEqual(await query(read()).selectFrom('remembered').selectAll().execute(), []);
});

testOnEachStore('of two who write one key at once, the second finds what the first wrote', async (t, store) => {
  const { write } = await open(t, store);
  const looked = Promise.withResolvers<void>();
  let lookers = 0;
  const findOrMake = async (em: Em, maker: string) => {
    const known = await query(em).selectFrom('remembered').select('value').where('name', '=', 'key').executeTakeFirst();
    lookers += 1;
    if (store === 'sqlite' || lookers === 2) looked.resolve();
    await looked.promise; // On PostgreSQL both have seen that there is none.
    if (!known) await note(em, 'key', maker);
    return known?.value ?? maker;
  };
  const [one, other] = await Promise.all([write(em => findOrMake(em, 'one')), write(em => findOrMake(em, 'other'))]);
  assert.equal(one, other);
});

testOnEachStore('two who wait for each other both get through', async (t, store) => {
  const { write, read } = await open(t, store);
  for (const name of ['a', 'b']) await write(em => note(em, name, ''));
  const mark = (em: Em, name: string, by: string) =>
    query(em)
      .updateTable('remembered')
      .set(row => ({ value: row('value', '||', by) }))
      .where('name', '=', name)
      .execute();
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const cross = (first: string, second: string, at: 0 | 1) =>
    write(async em => {
      await mark(em, first, String(at));
      begun[at]?.resolve();
      if (store === 'postgres') await begun[1 - at]?.promise;
      await mark(em, second, String(at));
    });
  await Promise.all([cross('a', 'b', 0), cross('b', 'a', 1)]);
  const rows = await query(read()).selectFrom('remembered').select('value').execute();
  for (const { value } of rows) assert.deepEqual([...value].sort(), ['0', '1']);
});

test('several processes that start at once on an empty PostgreSQL: one migrates it, the others wait', async t => {
  const place = await newEmptyPostgres();
  t.after(() => place.remove());
  const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(place.url)));
  for (const { read, close } of opened) {
    assert.deepEqual(await query(read()).selectFrom('booking').selectAll().execute(), []);
    await close();
  }
});

const ENDED_WITHIN_MS = 5_000; // Until then it waits for each, so that no connection is about to end when the last storm is over.

test('connections that PostgreSQL cuts are replaced, however many there were', async t => {
  const { write, read, place } = await open(t, 'postgres');
  const cut = () =>
    ask(
      place.url,
      `select pg_terminate_backend(pid, ${ENDED_WITHIN_MS}) from pg_stat_activity where datname = current_database() and pid != pg_backend_pid()`,
    );
  for (let storm = 0; storm < 5; storm++) {
    const writes = Promise.allSettled(Array.from({ length: 20 }, (_, at) => write(em => note(em, `${storm} ${at}`))));
    await cut();
    await writes;
  }
  await write(em => note(em, 'still here'));
  const row = await query(read()).selectFrom('remembered').select('name').where('name', '=', 'still here').execute();
  assert.equal(row.length, 1);
});
