import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Database, openDatabase } from '../../server/database/open-database.ts';
import { type Em, query } from '../../server/model/entities.ts';
import { prepared } from '../../server/model/prepared.ts';
import { fillProgramme } from '../../server/show/fill-programme.ts';

const NOW = new Date('2026-11-22T12:00:00Z');

interface Entry {
  at: Date;
  actor: 'customer';
  happening: 'places_held';
  version: number;
  booking: string | null;
  payment: string | null;
  details: Record<string, string | number | boolean | null>;
}

const insertEntry = prepared((em, entry: Entry) => query(em).insertInto('audit_entry').values(entry));
const entriesSince = (em: Em, at: Date, booking: string) =>
  query(em).selectFrom('audit_entry').selectAll().where('at', '>=', at).where('booking', '=', booking).orderBy('id');
const findEntries = prepared((em, { at, booking }: { at: Date; booking: string }) => entriesSince(em, at, booking));
const takePlaces = prepared((em, { id, places }: { id: number; places: number }) =>
  query(em)
    .updateTable('showing')
    .set(one => ({ held: one('held', '+', places) }))
    .where('id', '=', id)
    .where(one => one('held', '<=', one('capacity', '-', places))),
);

test('a prepared query answers what the same query asked plainly answers, with every kind of value', async t => {
  const database = await open(t);
  const entry = { at: NOW, actor: 'customer', happening: 'places_held', version: 1, payment: null } as const;
  const details = { text: '“hapo”; drop table booking', number: 2, truth: true, nothing: null };
  await database.write(async em => {
    await insertEntry.run(em, { ...entry, booking: 'a', details });
    await insertEntry.run(em, { ...entry, booking: 'b', at: new Date(+NOW + 1_000), details: {} });
    await insertEntry.run(em, { ...entry, booking: null, details: {} });
    await query(em)
      .insertInto('audit_entry')
      .values({ ...entry, booking: 'a', details })
      .execute();
  });
  const em = database.read();
  for (const booking of ['a', 'b', 'nobody’s']) {
    const plainly = await entriesSince(em, NOW, booking).execute();
    assert.deepEqual(await findEntries.all(em, { at: NOW, booking }), plainly, booking);
    assert.deepEqual(await findEntries.first(em, { at: NOW, booking }), plainly[0], booking);
  }
  const [one, plain] = await findEntries.all(em, { at: NOW, booking: 'a' });
  assert.deepEqual(one?.details, details);
  assert.deepEqual({ ...one, id: 0 }, { ...plain, id: 0 }, 'what was written prepared is what was written plainly');
  assert.ok(one?.at instanceof Date);
});

test('a prepared change says how many rows it changed, and belongs to the transaction that it is given', async t => {
  const database = await open(t);
  const held = async (em: Em) =>
    (await query(em).selectFrom('showing').select('held').where('id', '=', 1).execute())[0];
  assert.equal(await database.write(em => takePlaces.run(em, { id: 1, places: 2 })), 1);
  assert.equal(await database.write(em => takePlaces.run(em, { id: 1, places: 1_000_000 })), 0);
  await assert.rejects(
    database.write(async em => {
      assert.equal(await takePlaces.run(em, { id: 1, places: 3 }), 1);
      throw new Error('not after all');
    }),
  );
  assert.deepEqual(await held(database.read()), { held: 2 });
});

test('each database that is open has its own prepared queries', async t => {
  const [one, other] = [await open(t), await open(t)];
  await one.write(em => takePlaces.run(em, { id: 1, places: 2 }));
  await other.write(em => takePlaces.run(em, { id: 1, places: 5 }));
  for (const [database, held] of [
    [one, 2],
    [other, 5],
  ] as const)
    assert.deepEqual(await query(database.read()).selectFrom('showing').select('held').where('id', '=', 1).execute(), [
      { held },
    ]);
});

test('one that must be there and is not is an error', async t => {
  const database = await open(t);
  await assert.rejects(findEntries.one(database.read(), { at: NOW, booking: 'nobody’s' }));
});

async function open(t: TestContext): Promise<Database> {
  const database = await openDatabase(':memory:');
  t.after(() => database.close());
  await database.write(em => fillProgramme(em, NOW));
  return database;
}
