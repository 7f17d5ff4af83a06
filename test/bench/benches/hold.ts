import type { Bench, Setting, SideName } from '../bench-kinds.ts';
import { ask, withServer } from '../http-load.ts';
import { programme } from '../seed.ts';

const side = (name: SideName) => (setting: Setting) =>
  withServer(name, setting, programme, async (server, { seeded }) => {
    const hot = await ask(server, setting, { plan: 'hold', with: { showings: seeded.slice(0, 1) } });
    const spread = await ask(server, setting, { plan: 'hold', with: { showings: seeded } });
    return { hot: hot.perSecond, spread: spread.perSecond, p99: hot.p99, cpu: hot.cpuMs };
  });

const TARGETS = [
  { than: 'floor' as const, least: 0.6 },
  { than: 'naive' as const, least: 3 },
  { than: 'figure' as const, least: 1_500, aim: true },
];

export const hold: Bench = {
  name: 'hold',
  about: 'Two places held, asked for on 64 connections at once, each answered after a commit that is on the disk.',
  rows: [
    { figure: 'hot', what: 'on one showing', unit: '/s', targets: TARGETS },
    { figure: 'spread', what: 'spread over 50 showings', unit: '/s', targets: TARGETS },
    { figure: 'p99', what: 'the slowest hundredth waits', unit: 'ms', targets: [] },
    { figure: 'cpu', what: 'processor time each', unit: 'ms', targets: [] },
  ],
  sides: { ours: side('ours'), floor: side('floor'), naive: side('naive') },
  limits: `Half of a hold's time is SQLite itself: six statements that write, into a table with ten indexes, and its share of a
commit that waits for the disk. One showing is no slower than fifty, because there is one writer either way, and nobody
waits for a row. The rest is HTTP, two keyed hashes, and the view that the answer carries: four statements that read.
Drawing queries up used to take longer than SQLite took to answer them; now each is drawn up once
([prepared.ts](../server/model/prepared.ts)).`,
};
