import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import BetterSqlite from 'better-sqlite3';
import { openDatabase } from '../../server/database/open-database.ts';
import { rememberOrRefuse } from '../../server/database/remember.ts';
import { createVault } from '../../server/database/vault.ts';
import { addShowing, openCore } from '../support/money-core.ts';
import { seededRandom } from '../support/seeded-random.ts';

async function newFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-database-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'deeper', 'test.db');
}

async function open(t: TestContext, file: string) {
  const database = await openDatabase(file);
  t.after(() => database.close());
  const pragma = async (name: string) => {
    const [row] = await database.read().execute(`pragma ${name}`);
    return Object.values(row ?? {})[0];
  };
  return { ...database, pragma };
}

test('I8 I11 a commit that returned is on the disk: on the second opening of a file too', async t => {
  const file = await newFile(t);
  for (const opening of ['first', 'second', 'third']) {
    const { pragma, close } = await open(t, file);
    assert.deepEqual([await pragma('journal_mode'), await pragma('synchronous')], ['wal', 2], opening);
    assert.equal(await pragma('foreign_keys'), 1);
    await close();
  }
  const plain = new BetterSqlite(file);
  t.after(() => plain.close());
  assert.equal(plain.pragma('synchronous', { simple: true }), 1, 'by itself the library opens it less safely');
});

test('nobody is answered before the commit, and nobody else sees anything before it', async t => {
  const file = await newFile(t);
  const database = await open(t, file);
  const elsewhere = new BetterSqlite(file, { readonly: true });
  t.after(() => elsewhere.close());
  const count = () => elsewhere.prepare('select count(*) from remembered').pluck().get();
  await database.write(async em => {
    await em.execute(`insert into remembered values ('a', 'b')`);
    assert.equal(count(), 0);
  });
  assert.equal(count(), 1);
});

test('a write that reads first does not fail because another process wrote meanwhile: it waits its turn', async t => {
  const file = await newFile(t);
  const database = await open(t, file);
  const elsewhere = new BetterSqlite(file);
  t.after(() => elsewhere.close());
  elsewhere.exec(`begin immediate; insert into remembered values ('theirs', '1')`);
  const ours = database.write(async em => {
    const [row] = await em.execute('select count(*) as rows from remembered');
    await em.execute(`insert into remembered values ('ours', '2')`);
    return row?.rows;
  });
  await setImmediate();
  elsewhere.exec('commit');
  assert.equal(await ours, 1, 'it sees what the other committed');
});

test('what refers to nothing is refused', async t => {
  const database = await open(t, ':memory:');
  const orphan = `insert into ticket (code, booking, state) values ('x', 'nobody', 'valid')`;
  await assert.rejects(
    database.write(em => em.execute(orphan)),
    /FOREIGN KEY constraint failed/,
  );
  await assert.rejects(
    database.write(em => addShowing(em, new Date())),
    /FOREIGN KEY constraint failed/,
  );
});

test('the migrations make exactly the tables that the entities describe', async t => {
  const { orm } = await open(t, ':memory:');
  assert.equal(await orm.migrator.checkSchema(), false, 'the snapshot is the entities’');
  assert.equal((await orm.schema.getUpdateSchemaSQL()).trim(), '', 'and so is what the migrations made');
  assert.deepEqual(await orm.migrator.getPending(), []);
});

test('I16 a test database refuses to be a live one, and the other way round', async t => {
  const { database, vault } = await openCore(t);
  const remember = (mode: 'test' | 'live') => database.write(em => rememberOrRefuse(em, { mode, vault }));
  await remember('test');
  await remember('test');
  await assert.rejects(remember('live'), /This is a test database/);
});

test('I16 a database that was sealed with another key is refused, not half read', async t => {
  const { database, vault } = await openCore(t);
  const remember = (key: typeof vault) => database.write(em => rememberOrRefuse(em, { mode: 'test', vault: key }));
  await remember(vault);
  const other = createVault('another key of at least thirty-two characters', seededRandom(1));
  await assert.rejects(remember(other), /another DATA_KEY/);
  await remember(vault);
});

test('I15 what is sealed can be read with its key alone, and not after a change of one letter', () => {
  const vault = createVault('a key of at least thirty-two characters', seededRandom(1));
  const other = createVault('a kez of at least thirty-two characters', seededRandom(1));
  const sealed = vault.seal('254712345678');
  assert.equal(vault.open(sealed), '254712345678');
  assert.ok(!sealed.includes('712'));
  assert.notEqual(vault.seal('254712345678'), sealed, 'never the same twice');
  assert.throws(() => other.open(sealed));
  for (let at = 2; at < sealed.length; at++) {
    const letter = sealed[at] === 'A' ? 'B' : 'A';
    const changed = `${sealed.slice(0, at)}${letter}${sealed.slice(at + 1)}`;
    const same = Buffer.from(changed.slice(2), 'base64url').equals(Buffer.from(sealed.slice(2), 'base64url'));
    if (!same) assert.throws(() => vault.open(changed), `letter ${at}`);
  }
  assert.equal(vault.keyedHash('phone:1'), vault.keyedHash('phone:1'));
  assert.notEqual(vault.keyedHash('phone:1'), other.keyedHash('phone:1'));
  assert.match(vault.keyedHash('phone:1'), /^[\w-]{43}$/);
});
