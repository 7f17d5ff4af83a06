import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import type { Setting } from './bench-kinds.ts';
import type { Question } from './probe.ts';
import { ROOT, startProcess } from './processes.ts';
import { DATA_KEY } from './stores.ts';

/** What a gateway of the bench, or of nobody, must be called. */
const ACCOUNT = {
  MPESA_CONSUMER_KEY: 'bench-key',
  MPESA_CONSUMER_SECRET: 'bench-secret',
  MPESA_PASSKEY: 'bench-passkey',
  MPESA_BUSINESS_SHORT_CODE: '174379',
  PUSHES_PER_SECOND: '100000',
};

const COMPLAINTS_SHOWN = 3;

/** With Node's options as `npm start` has them, and what it has compiled before; so are those that it is measured against. */
const AS_STARTED = readStartScript();

function readStartScript() {
  const { start } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts as { start: string };
  const variables = start.matchAll(/\b([A-Z_]+)=(\S+)/g).map(([, name = '', value = '']) => [name, value]);
  return {
    nodeOptions: start.match(/--\S+/g) ?? [],
    environment: Object.fromEntries(variables) as Record<string, string>,
  };
}

export interface UnderTest {
  url: string;
  port: number;
  /** From the first instruction to the first moment at which it would answer. */
  startMs: number;
  ask<T>(question: Question): Promise<T>;
  pid: number;
  /** Rejects when it ends before it is stopped. */
  died: Promise<never>;
  stop(): Promise<void>;
}

/** The real server, as it is started in a box office, in a process of its own. */
export async function startTiketi(
  setting: Setting,
  databaseUrl: string,
  settings: Record<string, string> = {},
): Promise<UnderTest> {
  const port = await freePort();
  return start(setting, 'server/main.ts', port, 'Tiketi is open', {
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    DATA_KEY,
    MPESA_BASE_URL: 'http://127.0.0.1:1', // Nobody: a bench that pays names its own.
    ...ACCOUNT,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'warn',
    ...settings,
  });
}

/** What it is measured against: a server with nothing of ours. */
export async function startBare(
  setting: Setting,
  file: string,
  environment: Record<string, string> = {},
): Promise<UnderTest> {
  const port = await freePort();
  return start(setting, join(import.meta.dirname, file), port, 'listening', { PORT: String(port), ...environment });
}

async function start(
  { profileFolder }: Setting,
  file: string,
  port: number,
  ready: string,
  environment: Record<string, string>,
): Promise<UnderTest> {
  const profile = profileFolder ? ['--cpu-prof', `--cpu-prof-dir=${profileFolder}`] : [];
  const opened = Promise.withResolvers<void>();
  let complaints = 0;
  const begun = performance.now();
  const { child, ask, stop } = startProcess(file, {
    nodeOptions: [
      ...AS_STARTED.nodeOptions,
      '--expose-gc',
      '--import',
      join(import.meta.dirname, 'probe.ts'),
      ...profile,
    ],
    environment: { ...AS_STARTED.environment, ...environment },
    onOutput(said) {
      if (said.includes(ready)) opened.resolve();
      else if (said.includes('"level"') && complaints++ < COMPLAINTS_SHOWN) process.stderr.write(said);
    },
  });
  const died = once(child, 'exit').then(() => Promise.reject(new Error(`${file} is dead`)));
  died.catch(() => {}); // Being stopped is no surprise.
  await Promise.race([opened.promise, died]);
  const startMs = performance.now() - begun;
  return { url: `http://127.0.0.1:${port}`, port, startMs, ask, pid: child.pid ?? 0, died, stop: () => stop() };
}
