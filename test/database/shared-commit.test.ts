import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { writeTogether } from '../../server/database/write-together.ts';
import { type Em, query } from '../../server/model/entities.ts';
import { openCore } from '../support/money-core.ts';

const note = (name: string) => async (em: Em) => {
  await query(em).insertInto('remembered').values({ name, value: name }).execute();
  return name;
};

async function open(t: Parameters<typeof openCore>[0]) {
  const core = await openCore(t, { store: 'sqlite' }); // PostgreSQL has many writers, who share nothing.
  const names = async () =>
    (await core.read<{ name: string }>('select name from remembered order by name')).map(row => row.name);
  return { ...core, names };
}

test('I11 one that fails in a shared commit is undone alone, wholly, and gets its own error', async t => {
  const { database, names } = await open(t);
  const outcomes = await Promise.allSettled([
    database.write(note('a')),
    database.write(async em => {
      await note('half')(em);
      throw new Error('its own');
    }),
    database.write(async em => {
      await note('other half')(em);
      await note('a')(em); // Taken by the first: a constraint.
    }),
    database.write(note('b')),
  ]);
  assert.deepEqual(
    outcomes.map(one => one.status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  );
  assert.deepEqual(
    outcomes.flatMap(one => (one.status === 'rejected' ? [String(one.reason.message).slice(0, 24)] : [])),
    ['its own', 'UNIQUE constraint failed'.slice(0, 24)],
  );
  assert.deepEqual(await names(), ['a', 'b']);
});

test('those who come in the same turn go one after the other: each sees all that was written before it', async t => {
  const { database } = await open(t);
  const seen = await Promise.all(
    Array.from({ length: 150 }, (_, at) =>
      database.write(async em => {
        await note(String(at))(em);
        const [row] = await em.execute('select count(*) as rows from remembered');
        return Number(row?.rows);
      }),
    ),
  );
  assert.deepEqual(
    seen,
    Array.from({ length: 150 }, (_, at) => at + 1),
  );
});

test('when SQLite has dropped the whole transaction nobody is told that theirs was kept', async t => {
  const { database, names } = await open(t);
  const dropped = writeTogether(database.orm, { inTransaction: false });
  const outcomes = await Promise.allSettled([
    dropped(note('a')),
    dropped(async () => {
      throw new Error('disk full');
    }),
    dropped(note('b')),
  ]);
  assert.deepEqual(
    outcomes.map(one => one.status),
    ['rejected', 'rejected', 'rejected'],
  );
  assert.deepEqual(await names(), []);
  await dropped(note('c'));
  assert.deepEqual(await names(), ['c'], 'the next one has its turn');
});

test('a write inside a write is refused: it would wait for itself', async t => {
  const { database, names } = await open(t);
  const inside = database.write(async em => {
    await note('outer')(em);
    await database.write(note('inner'));
  });
  await assert.rejects(inside, /A write inside a write/);
  assert.deepEqual(await names(), []);
});

test('a question beside its own write is refused: it would wait for it', async t => {
  const { database, names } = await open(t);
  await assert.rejects(
    database.write(() => database.read().execute('select 1')),
    /Inside a write, use the em that it was given/,
  );
  assert.deepEqual(await names(), [], 'and the database goes on working');
});

test('a question from elsewhere waits for the write, and is answered after it', async t => {
  const { database, names } = await open(t);
  const begun = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const writing = database.write(async em => {
    await note('a')(em);
    begun.resolve();
    await release.promise;
  });
  await begun.promise;
  let answered = false;
  const asking = names().finally(() => {
    answered = true;
  });
  await setImmediate();
  assert.equal(answered, false);
  release.resolve();
  await writing;
  assert.deepEqual(await asking, ['a']);
});

test('what one writer loaded is not what the next one finds', async t => {
  const { database, addShowing } = await open(t);
  const showing = await addShowing();
  const held = (em: Em) =>
    query(em).selectFrom('showing').select('held').where('id', '=', showing).executeTakeFirstOrThrow();
  const [, second] = await Promise.all([
    database.write(em => em.execute(`update showing set held = 3 where id = ${showing}`)),
    database.write(held),
  ]);
  assert.deepEqual(second, { held: 3 });
});
