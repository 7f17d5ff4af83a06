import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type StartedSimulator, startSimulator } from '../../server/simulator/start-simulator.ts';
import { accountAt } from '../support/account-at.ts';
import { INHERITED } from '../support/inherited.ts';
import { newPlace, STORE } from '../support/stores.ts';
import type { CrashAt } from './points.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Minutes take seconds: these servers live on the real clock, and not for long. Holds end often enough to be met. */
export const QUICK = {
  HOLD_MINUTES: '0.04',
  HOLD_CAP_MINUTES: '0.08',
  PROMPT_SECONDS: '2',
  PROMPT_GRACE_SECONDS: '0.3',
  RETRY_AFTER_SECONDS: '1',
  CHECK_AFTER_SECONDS: '0.5,1,1.5,2,3,4,5,6,7,8',
  GATEWAY_TIMEOUT_SECONDS: '1',
  DARAJA_QUERIES_PER_MINUTE: '60000',
  RATE_LIMITS: 'off',
  LOG_LEVEL: 'error',
};

export type Environment = Record<string, string>;

/** One life of the server, from its start to its end. */
export interface Life {
  /** Resolves when it answers; false when it died before. */
  opened: Promise<boolean>;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
  kill(signal?: NodeJS.Signals): void;
}

export interface Victim {
  url: string;
  environment: Environment;
  /** As the server's own setting names it. */
  database: string;
  gateway: StartedSimulator;
  /** What the server wrote in its lives so far at the level of errors. */
  complaints: string[];
  start(how?: { crashAt?: CrashAt; under?: string[] }): Life;
  close(): Promise<void>;
}

/** Its phones answer by themselves, and at once. */
export function startQuickGateway(): Promise<StartedSimulator> {
  const settings = { autoAnswer: true, callbackDelayMs: 20, answerMs: 20, sameAmountSeconds: 0 };
  return startSimulator({ port: 0, settings });
}

/** The real server on a database file of its own, to be started and killed again and again; the gateway lives here and sees it all. */
export async function openVictim(settings: Environment = {}, store = STORE): Promise<Victim> {
  const place = await newPlace(store);
  const gateway = await startQuickGateway();
  const port = String(await lastingPort());
  const environment: Environment = {
    PORT: port,
    DATABASE_URL: place.url,
    ...accountAt(gateway),
    ...QUICK,
    ...settings,
  };
  const complaints: string[] = [];
  let last: Life | undefined;
  return {
    ...{
      url: `http://127.0.0.1:${port}`,
      environment,
      database: place.url.replace(/^sqlite:/, ''),
      gateway,
      complaints,
    },
    start(how = {}) {
      last = live(environment, complaints, how);
      return last;
    },
    async close() {
      last?.kill();
      await last?.ended;
      await gateway.stop();
      await place.remove();
    },
  };
}

/** `under` is what it runs under, such as a tracer: a command and its options. */
export function live(
  environment: Environment,
  complaints: string[],
  { crashAt, under = [] }: { crashAt?: CrashAt; under?: string[] },
): Life {
  const preload = crashAt ? ['--import', './test/crash/failpoint.ts'] : [];
  const [command = process.execPath, ...rest] = [...under, process.execPath, ...preload, 'server/main.ts'];
  const dying = crashAt ? { CRASH_AT: crashAt.point, CRASH_AT_HIT: String(crashAt.hit) } : {};
  const child = spawn(command, rest, {
    cwd: ROOT,
    env: { ...INHERITED, ...environment, ...dying },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals);
  return {
    opened: Promise.race([opening(child, complaints), ended.then(() => false)]),
    ended,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  };
}

function opening(child: ChildProcess, complaints: string[]): Promise<boolean> {
  return new Promise(opened => {
    if (!child.stdout) throw new Error('nobody listens to the server');
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.startsWith('{')) complaints.push(line);
      if (line.includes('Tiketi is open')) opened(true);
    });
  });
}

/** A free port that no outgoing connection is ever given, so that it is still free when the server comes back. */
export async function lastingPort(): Promise<number> {
  const port = 10_000 + Math.floor(Math.random() * 20_000);
  const server = createServer();
  const isFree = await new Promise<boolean>(done => {
    server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true));
  });
  if (!isFree) return lastingPort();
  await new Promise(closed => server.close(closed));
  return port;
}
