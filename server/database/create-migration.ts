import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from './open-database.ts';

const PLACES = { sqlite: ':memory:', postgres: 'postgres://nobody@localhost/nothing' }; // Neither is asked: the snapshots say what there was.
const folderOf = (database: string) => `${import.meta.dirname}/migrations/${database}`;
const snapshotOf = (database: string) => `${folderOf(database)}/snapshot.json`;

/**
 * `npm run migration -- NAME` writes down what changed in the entities since the last migration, for both databases.
 * Where one of them begins anew, both do.
 */
const [name] = process.argv.slice(2);
if (!Object.keys(PLACES).every(database => existsSync(snapshotOf(database))))
  for (const database of Object.keys(PLACES)) {
    rmSync(folderOf(database), { recursive: true, force: true });
    mkdirSync(folderOf(database), { recursive: true });
    writeFileSync(snapshotOf(database), '{"tables":[],"namespaces":[]}');
  }

for (const [database, place] of Object.entries(PLACES)) {
  const { orm, close } = await connect(place);
  const { fileName, diff } = await orm.migrator.create(undefined, false, false, name);
  console.log(`${database}: ${fileName || 'nothing to do'}`, diff.up.length, 'statements');
  await close();
}
