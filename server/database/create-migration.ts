import { connect } from './open-database.ts';

/** `npm run migration -- NAME` writes down what changed in the entities since the last migration. */
const [name] = process.argv.slice(2);
const { orm, close } = await connect(':memory:');
const { fileName, diff } = await orm.migrator.create(undefined, false, false, name);
console.log(fileName || 'nothing to do', diff.up.length, 'statements');
await close();
