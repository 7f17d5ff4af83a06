import type { Setting, SideName } from './bench-kinds.ts';
import type { HttpJob, HttpResult } from './load/http.ts';
import { runLoad } from './processes.ts';
import { assertUnbroken, type Filling, type OpenStore } from './stores.ts';
import { startBare, startTiketi, type UnderTest } from './under-test.ts';

export const connectionsOf = ({ isQuick }: Setting) => (isQuick ? 16 : 64); // Few are also answered soon by a machine that is busy.
const NONE_OF_THESE = 0.001; // Of all answers may be another one than expected: the last ones, cut off by the end.

/** One of the three, on a database of its own; looked through after the load. */
export async function withServer<T, R>(
  side: SideName,
  setting: Setting,
  filling: Filling<T>,
  work: (server: UnderTest, store: OpenStore<T>) => Promise<R>,
  settings: Record<string, string> = {},
): Promise<R> {
  const store = await setting.store.open(filling);
  try {
    const server = await start(side, setting, store.url, settings);
    const result = await Promise.race([work(server, store), server.died]).finally(server.stop);
    await assertUnbroken(store);
    return result;
  } finally {
    await store.remove();
  }
}

function start(side: SideName, setting: Setting, url: string, settings: Record<string, string>): Promise<UnderTest> {
  if (side === 'ours') return startTiketi(setting, url, settings);
  const environment = { DATABASE_FILE: url.replace(/^sqlite:/, ''), GATEWAY_URL: settings.MPESA_BASE_URL ?? '' };
  return startBare(setting, `${side}/main.ts`, environment);
}

/** So long that a slow disk has its good and its bad moments. */
export function secondsOf({ isQuick }: Setting) {
  return isQuick ? { warmUpSeconds: 1, seconds: 3 } : { warmUpSeconds: 4, seconds: 8 };
}

type Job = Pick<HttpJob, 'plan' | 'with'> &
  Partial<Pick<HttpJob, 'connections' | 'seconds' | 'amount' | 'warmUpSeconds'>>;

interface Asked extends Omit<HttpResult, 'others'> {
  /** What the server's processor did for each. */
  cpuMs: number;
  /** What the others did meanwhile, in all. */
  besideMs: Record<string, number>;
}

/** Tells how long its processor has worked so far. */
type Worked = () => Promise<number>;

/** Throws when much of what came back is not what it should be. `beside`: whose processor also works for it. */
export async function ask(
  server: UnderTest,
  setting: Setting,
  job: Job,
  beside: Record<string, Worked> = {},
): Promise<Asked> {
  const cpuMs = async () => (await server.ask<{ us: number }>('cpu')).us / 1_000;
  const readAll = () => Promise.all([cpuMs(), ...Object.values(beside).map(worked => worked())]);
  const whole: HttpJob = { url: server.url, connections: connectionsOf(setting), ...secondsOf(setting), ...job };
  let before: number[] = [];
  const { others, ...result } = await runLoad<HttpResult>('http.ts', whole, async () => {
    before = await readAll();
  });
  const [own = 0, ...besides] = (await readAll()).map((after, at) => after - (before[at] ?? 0));
  const wrong = Object.values(others).reduce((sum, count) => sum + count, 0);
  if (result.done === 0 || wrong > result.done * NONE_OF_THESE)
    throw new Error(`${job.plan}: ${result.done} answers as expected, and ${JSON.stringify(others)}`);
  const besideMs = Object.fromEntries(Object.keys(beside).map((name, at) => [name, besides[at] ?? 0]));
  return { ...result, cpuMs: own / result.done, besideMs };
}
