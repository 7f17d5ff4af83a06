import { parseArgs } from 'node:util';
import { crashLoop } from './crash-loop.ts';

const KILLS_PER_DATABASE = 25; // Then a new file: what a loop has to look through stays small.

/** `node test/crash/run.ts --kills 100 --seed 1`: one line of figures for each database; on PostgreSQL with TIKETI_TEST_STORE. */
const { values } = parseArgs({ options: { kills: { type: 'string' }, seed: { type: 'string' } } });
const kills = Number(values.kills ?? KILLS_PER_DATABASE);
const seed = Number(values.seed ?? 1);

for (let done = 0; done < kills; done += KILLS_PER_DATABASE) {
  const wish = { kills: Math.min(KILLS_PER_DATABASE, kills - done), seed: seed + done };
  try {
    console.log(JSON.stringify(await crashLoop(wish)));
  } catch (error) {
    console.error(`failed: node test/crash/run.ts --kills ${wish.kills} --seed ${wish.seed}`);
    throw error;
  }
}
