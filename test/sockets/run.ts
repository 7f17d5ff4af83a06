import { parseArgs } from 'node:util';
import { tenThousand } from './ten-thousand.ts';

/** `node test/sockets/run.ts --sockets 1000 --seconds 10`: a line of figures. */
const { values } = parseArgs({
  options: { sockets: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' } },
});
const [sockets, seconds, seed] = [values.sockets ?? 10_000, values.seconds ?? 30, values.seed ?? 1].map(Number);
console.log(JSON.stringify(await tenThousand({ sockets: sockets ?? 0, seconds: seconds ?? 0, seed: seed ?? 1 })));
