import { join } from 'node:path';
import type { Setting } from '../bench-kinds.ts';
import { ask, connectionsOf } from '../http-load.ts';
import { startProcess } from '../processes.ts';
import { assertUnbroken, type Filling, type OpenStore } from '../stores.ts';
import { startTiketi, type UnderTest } from '../under-test.ts';

const GATEWAY = join(import.meta.dirname, '../load/gateway.ts');

/** So many processes on one database, which is looked through when they have stopped. */
export async function withServers<T, R>(
  setting: Setting,
  filling: Filling<T>,
  count: number,
  work: (servers: readonly UnderTest[], store: OpenStore<T>) => Promise<R>,
  settings: Record<string, string> = {},
): Promise<R> {
  const store = await setting.store.open(filling);
  const gateway = startProcess(GATEWAY);
  const servers: UnderTest[] = [];
  try {
    const all = { MPESA_BASE_URL: await gateway.ask<string>('where'), ...settings };
    while (servers.length < count) servers.push(await startTiketi(setting, store.url, all));
    const result = await Promise.race([work(servers, store), ...servers.map(({ died }) => died)]);
    for (const server of servers.splice(0)) await server.stop();
    await assertUnbroken(store);
    return result;
  } finally {
    for (const server of servers) await server.stop();
    await gateway.stop('SIGKILL');
    await store.remove();
  }
}

/** Each process gets its share of the connections, all at the same time. */
export async function together(
  servers: readonly UnderTest[],
  setting: Setting,
  job: (at: number) => Parameters<typeof ask>[2],
): Promise<Sum> {
  const connections = Math.ceil(connectionsOf(setting) / servers.length);
  return sumUp(await Promise.all(servers.map((server, at) => ask(server, setting, { connections, ...job(at) }))));
}

/** What several processes did at the same time; `cpuMs`: of all of them, for each answer. */
interface Sum {
  done: number;
  perSecond: number;
  cpuMs: number;
}

export function sumUp(all: readonly Sum[]): Sum {
  const done = all.reduce((sum, one) => sum + one.done, 0);
  const perSecond = all.reduce((sum, one) => sum + one.perSecond, 0);
  return { done, perSecond, cpuMs: all.reduce((sum, one) => sum + one.cpuMs * one.done, 0) / done };
}

export async function cpuMsOf(servers: readonly UnderTest[]): Promise<number> {
  const all = await Promise.all(servers.map(server => server.ask<{ us: number }>('cpu')));
  return all.reduce((sum, { us }) => sum + us / 1_000, 0);
}
