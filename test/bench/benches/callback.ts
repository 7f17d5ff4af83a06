import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../../server/database/open-database.ts';
import type { Bench, Figures, Setting, SideName } from '../bench-kinds.ts';
import { ask, withServer } from '../http-load.ts';
import { type Pending, pendingBookings } from '../seed.ts';
import type { UnderTest } from '../under-test.ts';

const LOOK_MS = 10;
const PATIENCE_MS = 10 * 60_000;
const BURST_SECONDS = 10;

interface Burst {
  server: UnderTest;
  database: Database;
  pending: Pending[];
  setting: Setting;
  job: { warmUpSeconds: number; connections?: number } & ({ seconds: number } | { amount: number });
}

/** On so many connections that it is a burst, in which settling steps back. */
export function burstJob({ isQuick }: Setting) {
  return isQuick
    ? { seconds: 5, warmUpSeconds: 1, connections: 40 }
    : { seconds: BURST_SECONDS, warmUpSeconds: 4, connections: 64 };
}

/** All that can be posted in so many seconds; then how long it takes until everything that was stored is settled. */
export async function postAll(burst: Burst) {
  const posted = await post(burst);
  return { posted, ...(await untilSettled(burst.database)) };
}

/** `left`: what was stored and not settled at first. */
export async function untilSettled(database: Database): Promise<{ left: number; seconds: number }> {
  const [left, begun] = [await countLeft(database), performance.now()];
  while ((await countLeft(database)) > 0) {
    if (performance.now() - begun > PATIENCE_MS) throw new Error('some callbacks are never settled');
    await setTimeout(LOOK_MS);
  }
  return { left, seconds: (performance.now() - begun) / 1_000 };
}

/** Each callback once. */
export async function post({ server, pending, setting, job }: Burst) {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-bench-posts-'));
  const file = join(folder, 'posts.txt');
  await writeFile(file, pending.map(({ path, body }) => `${path} ${body}`).join('\n'));
  try {
    return await ask(server, setting, { plan: 'post', with: { file }, ...job });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What is stored and not settled, or settled and not told. */
async function countLeft({ orm }: Database): Promise<number> {
  const [row] = await orm.em
    .fork()
    .execute("select (select count(*) from callback where state = 'received') + (select count(*) from outbox) as n");
  return Number(row?.n);
}

const side =
  (name: SideName) =>
  (setting: Setting): Promise<Figures> => {
    const job = burstJob(setting);
    const filling = pendingBookings(setting.isQuick ? 16_000 : 60_000);
    return withServer(name, setting, filling, (server, store) =>
      store.using(async database => {
        const burst = { server, database, pending: store.seeded.pending, setting, job };
        const { posted, seconds } =
          name === 'naive' ? { posted: await post(burst), seconds: null } : await postAll(burst); // The naive one only stores.
        const { perSecond: stored, p99, cpuMs: cpu } = posted;
        return { stored, p99, cpu, ...(seconds !== null && { settledAfter: seconds }) };
      }),
    );
  };

export const callback: Bench = {
  name: 'callback',
  about: `A burst of ${BURST_SECONDS} seconds: distinct successes of Daraja, each stored, on the disk, and then acknowledged.`,
  rows: [
    {
      ...{ figure: 'stored', what: 'stored and acknowledged', unit: '/s' },
      targets: [
        { than: 'floor', least: 0.6 },
        { than: 'naive', least: 4 },
        { than: 'figure', least: 6_000, aim: true },
      ],
    },
    { figure: 'p99', what: 'the slowest hundredth waits', unit: 'ms', targets: [] },
    { figure: 'settledAfter', what: 'all are settled after', unit: 's', targets: [] },
    { figure: 'cpu', what: 'processor time each', unit: 'ms', targets: [] },
  ],
  sides: { ours: side('ours'), floor: side('floor'), naive: side('naive') },
  limits: `While they come, nearly all of the database's time goes to storing them; the rest is settled right after
([inbox.ts](../server/payment/inbox.ts)), which is why the last one is settled so long after the burst. Those that wait for
the same commit are inserted by one statement ([store-together.ts](../server/payment/store-together.ts)), each sealed
(AES-256-GCM) and kept as bytes: stored one by one, in a savepoint each and as text, they took a third more of the
processor. What is left of its time: a fifth is commits, a sixth reading tokens and inserting, an eighth collecting garbage,
a tenth HTTP with all its guards, a twenty-fifth sealing, and as much again the few that are settled meanwhile.
What decides is how many share a commit: whoever was just answered and asks again comes a turn of the event loop later, so
the next commit waits as long as each turn brings more ([write-together.ts](../server/database/write-together.ts)).`,
};
