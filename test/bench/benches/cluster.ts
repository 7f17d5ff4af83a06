import { join } from 'node:path';
import pg from 'pg';
import { NEWS_CHANNEL } from '../../../server/realtime/wire.ts';
import { Customer } from '../../support/customer.ts';
import type { Bench, Figures, Row, Setting } from '../bench-kinds.ts';
import { ask } from '../http-load.ts';
import { median } from '../measure.ts';
import { startProcess } from '../processes.ts';
import { programme } from '../seed.ts';
import { assertUnbroken } from '../stores.ts';
import { startTiketi, type UnderTest } from '../under-test.ts';

const GATEWAY = join(import.meta.dirname, '../load/gateway.ts');
const PROCESSES = [1, 2, 4];
const CONNECTIONS = 64; // In all.
const BLINKS = 200;
const NEWS = 5_000;
const PHONES_EACH = 1_000_000;

/** The same load on one, two and four processes, and how long news takes between two. */
async function ours(setting: Setting): Promise<Figures> {
  const figures: Figures = {};
  for (const count of PROCESSES) Object.assign(figures, await measureAt(setting, count));
  return figures;
}

async function measureAt(setting: Setting, count: number): Promise<Figures> {
  const store = await setting.store.open(programme);
  const gateway = startProcess(GATEWAY);
  const servers: UnderTest[] = [];
  try {
    const settings = { MPESA_BASE_URL: await gateway.ask<string>('where') };
    while (servers.length < count) servers.push(await startTiketi(setting, store.url, settings));
    const showings = store.seeded;
    const hot = await together(servers, setting, () => ({ plan: 'hold', with: { showings: showings.slice(0, 1) } }));
    const hold = await together(servers, setting, () => ({ plan: 'hold', with: { showings } }));
    const pay = await together(servers, setting, at => ({
      plan: 'pay',
      with: { showings, firstPhone: at * PHONES_EACH },
    }));
    const blink = count === 2 ? await blinks(servers, showings[0] ?? 0) : {};
    const news = count === 1 ? { news: await notifications(store.url) } : {};
    for (const server of servers.splice(0)) await server.stop();
    await assertUnbroken(store);
    return {
      ...{ [`hot${count}`]: hot.perSecond, [`hold${count}`]: hold.perSecond, [`holdCpu${count}`]: hold.cpuMs },
      ...{ [`pay${count}`]: pay.perSecond, [`payCpu${count}`]: pay.cpuMs, ...blink, ...news },
    };
  } finally {
    for (const server of servers) await server.stop();
    await gateway.stop('SIGKILL');
    await store.remove();
  }
}

/** Each process gets its share of the connections, all at the same time. */
async function together(
  servers: readonly UnderTest[],
  setting: Setting,
  job: (at: number) => Parameters<typeof ask>[2],
): Promise<{ perSecond: number; cpuMs: number }> {
  const connections = Math.ceil(CONNECTIONS / servers.length);
  const all = await Promise.all(servers.map((server, at) => ask(server, setting, { ...job(at), connections })));
  const done = all.reduce((sum, one) => sum + one.done, 0);
  return {
    perSecond: all.reduce((sum, one) => sum + one.perSecond, 0),
    cpuMs: all.reduce((sum, one) => sum + one.cpuMs * one.done, 0) / done,
  };
}

/** From the request at one process until a watcher of the same and one of the other has the new state. */
async function blinks([one, other]: readonly UnderTest[], showing: number): Promise<Figures> {
  const [here, there] = [new Customer(one?.url ?? ''), new Customer(other?.url ?? '')];
  const times: Record<'own' | 'across', number[]> = { own: [], across: [] };
  try {
    for (let blink = 0; blink < BLINKS; blink++) {
      const { bookingId } = await here.book(showing, 1);
      const [near, far] = [await here.watch(bookingId), await there.watch(bookingId)];
      const begun = performance.now();
      const saw = async (watch: typeof near, whose: 'own' | 'across') => {
        await watch.untilState('cancelled');
        times[whose].push(performance.now() - begun);
      };
      await Promise.all([saw(near, 'own'), saw(far, 'across'), here.ask('DELETE', `/api/v1/bookings/${bookingId}`)]);
      near.socket.close();
      far.socket.close();
    }
  } finally {
    here.close();
    there.close();
  }
  return { own: median(times.own), across: median(times.across), across99: slowestHundredth(times.across) };
}

function slowestHundredth(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}

/** How many notifications one connection sends and another hears in a second, one commit each. */
async function notifications(url: string): Promise<number> {
  const [sender, listener] = [new pg.Client(url), new pg.Client(url)];
  await Promise.all([sender.connect(), listener.connect()]);
  await listener.query(`listen "${NEWS_CHANNEL}-bench"`);
  const heard = Promise.withResolvers<void>();
  let count = 0;
  listener.on('notification', () => ++count === NEWS && heard.resolve());
  const begun = performance.now();
  for (let sent = 0; sent < NEWS; sent++)
    await sender.query('select pg_notify($1, $2)', [`${NEWS_CHANNEL}-bench`, String(sent)]);
  await heard.promise;
  const seconds = (performance.now() - begun) / 1_000;
  await Promise.all([sender.end(), listener.end()]);
  return NEWS / seconds;
}

const perCount = (figure: string, what: string, unit: Row['unit']): Row[] =>
  PROCESSES.map(count => ({ figure: `${figure}${count}`, what: `${what}, processes: ${count}`, unit, targets: [] }));

/** Only on PostgreSQL: `npm run bench -- --cluster`. */
export const cluster: Bench = {
  name: 'cluster',
  about:
    'One, two and four processes on one PostgreSQL that really syncs, all on this machine, with the load beside them.',
  runs: 3,
  rows: [
    ...perCount('hot', 'holds on one showing', '/s'),
    ...perCount('hold', 'holds on fifty showings', '/s'),
    ...perCount('holdCpu', 'processor time of the servers for each', 'ms'),
    ...perCount('pay', 'held, begun and pushed', '/s'),
    ...perCount('payCpu', 'processor time of the servers for each', 'ms'),
    { figure: 'own', what: 'a change until a watcher of the same process has it', unit: 'ms', targets: [] },
    { figure: 'across', what: 'until a watcher of another process has it', unit: 'ms', targets: [] },
    { figure: 'across99', what: 'the slowest hundredth of those', unit: 'ms', targets: [] },
    { figure: 'news', what: 'notifications sent and heard, one commit each', unit: '/s', targets: [] },
  ],
  sides: { ours },
  limits: `The processes share the cores of one machine with PostgreSQL and with the load, so they show what sharing the
work costs, not what more machines bring. One hot showing is one row: its holds wait for each other's commit.`,
};
