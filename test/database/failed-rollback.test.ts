import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../../server/database/open-database.ts';
import { DurableSqliteDialect } from '../../server/database/sqlite-dialect.ts';

test('a commit that fails, and then its rollback, fail one write and not every write after it', {
  timeout: 5_000,
}, async t => {
  const dialect = new DurableSqliteDialect(':memory:');
  const { database } = dialect;
  const prepare = database.prepare.bind(database);
  const broken = new Set(['commit', 'rollback']);
  database.prepare = ((sql: string) => {
    if (!broken.delete(sql)) return prepare(sql);
    if (sql === 'rollback') prepare(sql).run(); // SQLite drops the work by itself when the disk fails it.
    throw new Error(`${sql} failed`);
  }) as typeof database.prepare;
  database.exec('create table thing (id integer)');
  const { write, close } = await connect(':memory:', dialect);
  t.after(close);
  const insert = () => write(em => em.execute('insert into thing values (1)'));
  await assert.rejects(insert(), /commit failed/);
  await insert();
  assert.equal(prepare('select count(*) from thing').pluck().get(), 1);
});
