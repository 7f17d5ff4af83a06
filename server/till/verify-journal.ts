import { connect } from '../database/open-database.ts';
import { checkChain } from './check-chain.ts';

/** `npm run verify-journal -- FILE`, or the URL of a PostgreSQL database: says whether any line of any till's journal, or any seal, is not as it was written. */
const [place = 'data/tiketi.db'] = process.argv.slice(2);
const { read, close } = await connect(place);
const { shifts, lines, broken } = await checkChain(read());
await close();
console.log(broken === null ? `${shifts} shifts, ${lines} lines: all as they were written` : `broken: ${broken}`);
if (broken !== null) process.exitCode = 1;
