import type { Bench, Figures, Row, Setting } from '../bench-kinds.ts';
import { ask, withServer } from '../http-load.ts';
import { keptFile } from '../kept-file.ts';
import { assertIndexed } from '../plans-checked.ts';
import type { Asked } from '../probe.ts';
import { seedBookings } from '../search-seed.ts';
import { type Pending, seedPending, seedShowings } from '../seed.ts';
import { type Filling, vault } from '../stores.ts';
import { postAll } from './callback.ts';

const SIZES = { few: 10_000, many: 100_000, most: 1_000_000 };
const POSTED = 4_000;
const MOST = 1.5;

/** Years of bookings that are over, made once and kept; beside them what a crowd of today needs. */
function grown(bookings: number): Filling<{ showings: number[]; pending: Pending[] }> {
  return {
    name: `grown-${bookings}`,
    async base() {
      const file = keptFile(`grown-${bookings}`);
      await seedBookings(file, vault, bookings, { odd: false });
      return file;
    },
    async fill(database) {
      const showings = await seedShowings(database, 50);
      return { showings, pending: await seedPending(database, showings, POSTED) };
    },
  };
}

/** Milliseconds for each; of the processor where many go on at once. */
function timesAt(setting: Setting, bookings: number) {
  return withServer('ours', setting, grown(bookings), (server, store) =>
    store.using(async database => {
      const { showings, pending } = store.seeded;
      const held = await ask(server, setting, { plan: 'hold', with: { showings } });
      const job = { amount: pending.length, warmUpSeconds: 0 };
      const cpuMs = async () => (await server.ask<{ us: number }>('cpu')).us / 1_000;
      const before = await cpuMs();
      const { posted, left, seconds } = await postAll({ server, database, pending, setting, job });
      const callback = ((await cpuMs()) - before) / posted.done; // With its settling: how much of that falls into the burst is chance.
      assertIndexed(store.url.replace(/^sqlite:/, ''), await server.ask<Asked>('statements'));
      return { hold: held.cpuMs, callback, settle: (seconds * 1_000) / left };
    }),
  );
}

async function ours(setting: Setting): Promise<Figures> {
  const few = await timesAt(setting, SIZES.few);
  const many = await timesAt(setting, setting.isQuick ? SIZES.few : SIZES.many);
  const most = await timesAt(setting, setting.isQuick ? SIZES.few : SIZES.most);
  const figures: Figures = {};
  for (const what of ['hold', 'callback', 'settle'] as const)
    Object.assign(figures, {
      [what]: few[what],
      [`${what} many`]: many[what] / few[what],
      [`${what} most`]: most[what] / few[what],
    });
  return figures;
}

const rows = (['hold', 'callback', 'settle'] as const).flatMap((what): Row[] => [
  { figure: what, what: `${what}: each, at ten thousand bookings`, unit: 'ms', targets: [] },
  {
    figure: `${what} many`,
    what: `${what}: at a hundred thousand`,
    unit: '×',
    targets: [{ than: 'figure', most: MOST }],
  },
  { figure: `${what} most`, what: `${what}: at a million`, unit: '×', targets: [{ than: 'figure', most: MOST }] },
]);

export const growth: Bench = {
  name: 'growth',
  about:
    'The same server at ten thousand, a hundred thousand and a million bookings; what searching takes at a million stands above. Every statement’s plan is looked at: none reads a table from end to end that grows with the bookings.',
  rows,
  sides: { ours },
  limits: `Ids are random, so each new row goes to another leaf of its index; with a million bookings those no longer fit into
SQLite's own cache of sixteen megabytes, and are read from the system's. Settling writes into the most indexes, so it feels
that most. Four times the cache helped little (1.36 to 1.76 × in four runs): there are too many leaves. Ids that
begin with the time would put what is of today side by side; they would also tell when a booking was made.`,
};
