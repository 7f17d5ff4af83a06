import type { Bench } from './bench-kinds.ts';
import { blink } from './benches/blink.ts';
import { browse } from './benches/browse.ts';
import { callback } from './benches/callback.ts';
import { cluster } from './benches/cluster.ts';
import { growth } from './benches/growth.ts';
import { hold } from './benches/hold.ts';
import { pay } from './benches/pay.ts';
import { search } from './benches/search.ts';
import { settle } from './benches/settle.ts';
import { start } from './benches/start.ts';
import { watchers } from './benches/watchers.ts';
import type { STORES } from './stores.ts';

/** Benches that run on one kind of database, in the order of the page. */
export interface Part {
  title: string;
  about: string;
  store: keyof typeof STORES;
  benches: readonly Bench[];
}

const ALL = [browse, hold, callback, settle, pay, blink, watchers, search, growth, start];

/** Their years of bookings are written into a file of SQLite, and they look at its plans and its cache. */
const FOR_SQLITE: readonly Bench[] = [search, growth];

/** In the order of the page. */
export const PARTS = {
  sqlite: {
    ...{ title: 'SQLite', store: 'sqlite', benches: ALL },
    about: `*Ours* is the server as it is started, in one process, with every commit on the disk before anybody is answered.
The *floor* is the same HTTP, the same commits and the same statements with nothing of ours around them: what no design on
these libraries can beat by much. *Naive* is how one would write it first: entities, one unit of work and one commit a
request; or a browser that asks every five seconds. They run in turn, again and again, each time on a database of its own;
figures are medians, ratios are medians of what was measured side by side.`,
  },
  postgres: {
    ...{ title: 'PostgreSQL', store: 'postgres' },
    benches: ALL.filter(bench => !FOR_SQLITE.includes(bench)).map(onlyOurs),
    about: `The same server, in one process, on a PostgreSQL of its own that really syncs and stands on the same machine. The
floor and the naive one know SQLite only, so ours is shown beside ours on SQLite: medians of two measurements at different
times. What a bench must reach beside another side is not asked here; ${FOR_SQLITE.map(({ name }) => name).join(' and ')} are not here
either: they measure what is SQLite's own.  What limits it is that each statement is a message to another process and back:
0.12 ms on this machine with nothing else to do, of which 0.05 ms are the server's processor. A hold asks some fifteen of
them and a settlement some forty, one after another, and commits are not shared but wait for the disk beside each other.
Each statement is read once for each connection and planned each time
([postgres-pool.ts](../server/database/postgres-pool.ts)): a plan that is kept takes a quarter of the time (0.07 ms for a
join of three, instead of 0.3), but is made while tables are small, and then misses the indexes that only a few rows are in:
with it, payments began at a fifth of the pace.  The next step would be statements that name the values by which those
indexes are chosen, as they do for SQLite ([planned-once.ts](../server/database/planned-once.ts)), and to keep their plans.`,
  },
  cluster: {
    ...{ title: 'Several processes on one PostgreSQL', store: 'postgres', benches: [cluster] },
    about: 'What it means for many more machines is computed in [scale.md](scale.md).',
  },
} satisfies Record<string, Part>;

/** What we are measured against knows SQLite only. */
function onlyOurs({ sides: { ours }, rows, ...bench }: Bench): Bench {
  return {
    ...{ ...bench, sides: { ...(ours && { ours }) } },
    rows: rows.map(row => ({ ...row, targets: row.targets.filter(({ than }) => than === 'figure') })),
  };
}
