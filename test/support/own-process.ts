import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { startSimulator } from '../../server/simulator/start-simulator.ts';
import { accountAt } from './account-at.ts';
import { Customer } from './customer.ts';
import { assertDiscreet, secretsOf } from './discreet.ts';
import { freePort } from './free-port.ts';
import { INHERITED } from './inherited.ts';
import { newPlace } from './stores.ts';

/** Everything that takes minutes takes a second: these tests run on the real clock. */
const QUICK = {
  PROMPT_SECONDS: '3',
  PROMPT_GRACE_SECONDS: '0.5',
  RETRY_AFTER_SECONDS: '1',
  CHECK_AFTER_SECONDS: '0.5,1.2,1.8,2.4,3.2,4,5,6,7,8',
  GATEWAY_TIMEOUT_SECONDS: '2',
  DARAJA_QUERIES_PER_MINUTE: '600',
  LOG_LEVEL: 'error',
};

/** A server in a process of its own, so that it can be killed, with the simulated gateway in this one. */
export async function ownProcess(test: TestContext, settings: Record<string, string> = {}) {
  const place = await newPlace();
  const gateway = await startSimulator({ port: 0, settings: { callbackDelayMs: 100 } });
  const logged: string[] = [];
  test.after(() => {
    assertDiscreet(logged, secretsOf(gateway.simulator));
    return gateway.stop();
  });
  const environment = {
    PORT: String(await freePort()),
    DATABASE_URL: place.url,
    ...accountAt(gateway),
    PESAPAL_API_DOMAIN: gateway.pesapalUrl,
    PESAPAL_CONSUMER_KEY: gateway.simulator.settings.pesapalConsumerKey,
    PESAPAL_CONSUMER_SECRET: gateway.simulator.settings.pesapalConsumerSecret,
    ...QUICK,
    ...settings,
  };
  const customer = new Customer(`http://127.0.0.1:${environment.PORT}`);
  let child = await start(environment, logged);
  test.after(async () => {
    customer.close();
    await end(child, 'SIGKILL');
    await place.remove();
  });
  return {
    customer,
    simulator: gateway.simulator,
    database: place.url.replace(/^sqlite:/, ''),
    /** Everything that it ever wrote. */
    logged,
    kill: () => end(child, 'SIGKILL'),
    stop: () => end(child, 'SIGTERM'),
    /** Without waiting for what comes of it. */
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    exited: () => exitOf(child),
    async start() {
      child = await start(environment, logged);
    },
  };
}

export type OwnProcess = Awaited<ReturnType<typeof ownProcess>>;

async function start(environment: Record<string, string>, logged: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...INHERITED, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', said => void logged.push(String(said)));
  child.stderr.pipe(process.stderr);
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('Tiketi is open')) continue;
    child.stdout.resume();
    return child;
  }
  throw new Error('the server did not start');
}

/** Resolves with the exit code, or null when a signal ended it. */
async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  return exitOf(child);
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const [code] = await once(child, 'exit');
  return code;
}
