import type { TestContext } from 'node:test';
import { connect } from '../../server/database/open-database.ts';
import { DurableSqliteDialect } from '../../server/database/sqlite-dialect.ts';

/** A database that tells what it was asked. An empty one is enough: without statistics the plan is that of a full one. */
export async function openListening(t: TestContext) {
  const dialect = new DurableSqliteDialect(':memory:');
  const { database: file } = dialect;
  const database = await connect(':memory:', dialect);
  t.after(() => database.close());
  await database.orm.migrator.up();
  await database.write(em =>
    em.execute(
      `insert into venue (name, city, country, currency, timeZone, address, phone, email)
       values ('Uptown', 'Nairobi', 'KE', 'KES', 'Africa/Nairobi', '', '', '')`,
    ),
  );
  const asked = new Set<string>();
  const prepare = file.prepare.bind(file);
  const listening = (sql: string) => {
    asked.add(sql);
    return prepare(sql);
  };
  Object.assign(file, { prepare: listening });
  const explain = (sql: string) =>
    (prepare(`explain query plan ${sql}`).all(...unknowns(sql)) as { detail: string }[]).map(({ detail }) => detail);
  return {
    em: database.read(),
    asked,
    explain,
    /** What goes through a whole table, by the words of the plan. */
    scans: (isScan: (detail: string) => boolean) =>
      [...asked].flatMap(sql =>
        explain(sql)
          .filter(isScan)
          .map(detail => `${detail}: ${sql}`),
      ),
  };
}

const unknowns = (sql: string) => Array.from(sql.match(/\?/g) ?? [], () => null);
