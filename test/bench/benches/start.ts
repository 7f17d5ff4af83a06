import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import type { Bench, Figures, Setting } from '../bench-kinds.ts';
import type { Filling } from '../stores.ts';
import { startTiketi } from '../under-test.ts';

const REST_MS = 3_000;

const empty: Filling<null> = { name: 'empty', fill: async () => null };

async function ours(setting: Setting): Promise<Figures> {
  const store = await setting.store.open(empty);
  try {
    const first = await startOnce(setting, store.url);
    const again = await startOnce(setting, store.url);
    return { first: first.ms, again: again.ms, rest: again.megabytes };
  } finally {
    await store.remove();
  }
}

async function startOnce(setting: Setting, url: string) {
  const begun = performance.now();
  const server = await startTiketi(setting, url);
  await (await fetch(`${server.url}/api/v1/movies`)).text();
  const ms = performance.now() - begun;
  await setTimeout(setting.isQuick ? 0 : REST_MS);
  const megabytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)], { encoding: 'utf8' })) / 1_024;
  await server.stop();
  return { ms, megabytes };
}

export const start: Bench = {
  name: 'start',
  about: 'From the command to the first answer, `GET /api/v1/movies`, and what the process holds when nothing happens.',
  rows: [
    { figure: 'first', what: 'on a new database', unit: 'ms', targets: [] },
    { figure: 'again', what: 'on one that is there', unit: 'ms', targets: [{ than: 'figure', most: 1_500 }] },
    { figure: 'rest', what: 'memory at rest', unit: 'MB', targets: [{ than: 'figure', most: 150 }] },
  ],
  sides: { ours },
  limits: `Most of a start is Node reading and compiling modules: MikroORM, Koa, Socket.IO and our own files, which are
TypeScript until Node strips the types; \`npm start\` keeps what it has compiled, so that the next one takes half as long
and never loads the compiler. A first start also writes the tables and the sample programme. Of what the process holds at
rest, 60 MB are Node itself, 45 MB live objects; the room that V8 keeps for young objects is limited to 8 MB, which cost no
throughput that could be measured, and undici and nodemailer are loaded when somebody first needs them.`,
};
