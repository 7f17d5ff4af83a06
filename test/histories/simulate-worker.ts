import { parentPort } from 'node:worker_threads';
import { live } from './history.ts';

parentPort?.on('message', async (seed: number) => parentPort?.postMessage(await live(seed)));
