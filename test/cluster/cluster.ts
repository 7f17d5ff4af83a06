import type { TestContext } from 'node:test';
import { type Environment, type Life, lastingPort, live, QUICK, startQuickGateway } from '../crash/victim.ts';
import { accountAt } from '../support/account-at.ts';
import { newEmptyPostgres } from '../support/stores.ts';

export type Cluster = Awaited<ReturnType<typeof openCluster>>;

/** Real processes, as many as there are ports, on one PostgreSQL; the gateway lives here and sees it all. */
export async function openCluster(t: TestContext, count: number, settings: Environment = {}) {
  const place = await newEmptyPostgres(); // Whoever starts first makes the tables.
  const gateway = await startQuickGateway();
  const ports: number[] = [];
  while (ports.length < count) ports.push(await lastingPort());
  const environment: Environment = {
    DATABASE_URL: place.url,
    ...accountAt(gateway),
    ...QUICK,
    ...settings,
  };
  const complaints: string[] = [];
  const lives: Life[] = [];
  t.after(async () => {
    for (const life of lives) life.kill();
    for (const life of lives) await life.ended;
    await gateway.stop();
    await place.remove();
  });
  return {
    ...{ ports, gateway, complaints, environment, database: place.url },
    url: (at: number) => `http://127.0.0.1:${ports[at]}`,
    /** Resolves when it answers. Where others can reach it, unless `settings` say so, is its own address. */
    async start(at: number, more: Environment = {}) {
      const life = live({ ...environment, PORT: String(ports[at]), ...more }, complaints, {});
      lives[at] = life;
      if (!(await life.opened)) throw new Error(`process ${at} did not open`);
    },
    async kill(at: number) {
      lives[at]?.kill();
      await lives[at]?.ended;
    },
    /** Answers its exit code. */
    async stop(at: number) {
      lives[at]?.kill('SIGTERM');
      return lives[at]?.ended;
    },
  };
}
