import { join } from 'node:path';
import type { Heard, SwarmJob } from './load/swarm.ts';
import { startProcess } from './processes.ts';
import type { UnderTest } from './under-test.ts';

const OF_ONE_PROCESS = 5_000; // Sockets: more of them keep one processor busy with nothing but pings.
const SWARM = join(import.meta.dirname, 'load/swarm.ts');

export interface Swarm {
  /** Sockets opened a second, each of them watching. */
  perSecond: number;
  /** Messages since the last time. */
  heard(): Promise<number>;
  close(): Promise<void>;
}

/** Browsers that look at showings, in as many processes as it takes. */
export async function openSwarm({ url }: Pick<UnderTest, 'url'>, sockets: number, showings: number[]): Promise<Swarm> {
  const processes = Array.from({ length: Math.ceil(sockets / OF_ONE_PROCESS) }, () => startProcess(SWARM));
  const each: SwarmJob = { url, sockets: sockets / processes.length, showings };
  const begun = performance.now();
  await Promise.all(processes.map(one => one.ask(each)));
  return {
    perSecond: sockets / ((performance.now() - begun) / 1_000),
    async heard() {
      const all = await Promise.all(processes.map(one => one.ask<Heard>('count')));
      return all.reduce((sum, { messages }) => sum + messages, 0);
    },
    close: async () => void (await Promise.all(processes.map(one => one.stop('SIGKILL')))),
  };
}
