import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { usePostgres } from '../support/postgres.ts';
import type { History } from './history.ts';
import { createProgress } from './progress.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    postgres: { type: 'boolean', default: false },
  },
});

/** `npm run simulate -- --seeds 10000 --seed 1`: so many histories, from that seed on. With `--seeds 1` its timeline is told. On PostgreSQL with `--postgres`. */
const first = Number(values.seed);
const count = Number(values.seeds);
const progress = createProgress(count);
const postgres = values.postgres ? await usePostgres() : undefined;
let next = first;
let isStopped = false;
process.once('SIGINT', () => {
  isStopped = true; // Those under way end; what was lived until then still counts.
});

await Promise.all(Array.from({ length: Math.min(count, Number(values.workers)) }, work));
await postgres?.stop();
progress.end();
process.exitCode = progress.broken > 0 ? 1 : 0;

/** Lives one history after the other, until there is none left. */
function work(): Promise<void> {
  const worker = new Worker(new URL('./simulate-worker.ts', import.meta.url));
  const goOn = () => {
    if (next < first + count && !isStopped) worker.postMessage(next++);
    else void worker.terminate();
  };
  worker.on('message', (history: History) => {
    progress.lived(history);
    goOn();
  });
  goOn();
  return new Promise((ended, failed) => void worker.once('exit', () => ended()).once('error', failed));
}
