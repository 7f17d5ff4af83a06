import type { Bench, Figures, Row, Setting } from '../bench-kinds.ts';
import { burstAt } from '../cluster/burst.ts';
import { NEWS_COST_ROWS, newsCost } from '../cluster/news-cost.ts';
import { saleAt } from '../cluster/sale.ts';

const PROCESSES = [1, 2, 4];

/** The same load on one, two and four processes, and what news between them takes and costs. */
async function ours(setting: Setting): Promise<Figures> {
  const figures: Figures = {};
  for (const count of PROCESSES) Object.assign(figures, await saleAt(setting, count));
  for (const count of PROCESSES) Object.assign(figures, await burstAt(setting, count));
  return Object.assign(figures, await newsCost(setting));
}

const perCount = (figure: string, what: string, unit: Row['unit']): Row[] =>
  PROCESSES.map(count => ({
    ...{ figure: `${figure}${count}`, what: `${what}, processes: ${count}`, unit, targets: [] },
    ...(count > 1 && { beside: { figure: `${figure}1`, called: 'one process' } }),
  }));

/** Only on PostgreSQL: `npm run bench -- --cluster`. */
export const cluster: Bench = {
  name: 'cluster',
  about:
    'One, two and four processes on one PostgreSQL that really syncs, all on this machine, with the load beside them.',
  runs: 3,
  rows: [
    ...perCount('hot', 'holds on one showing', '/s'),
    ...perCount('hold', 'holds on fifty showings', '/s'),
    ...perCount('holdCpu', 'processor time of the servers for each hold', 'ms'),
    ...perCount('pay', 'held, begun and pushed', '/s'),
    ...perCount('payCpu', 'processor time of the servers for each payment begun', 'ms'),
    ...perCount('stored', 'callbacks stored and acknowledged in a burst', '/s'),
    ...perCount('storedCpu', 'processor time of the servers for each callback, in the burst', 'ms'),
    ...perCount('settledAfter', 'all are settled after the burst in', 's'),
    ...perCount('settledCpu', 'processor time of the servers for each callback, with its settling', 'ms'),
    { figure: 'own', what: 'a change until a watcher of the same process has it', unit: 'ms', targets: [] },
    { figure: 'across', what: 'until a watcher of another process has it', unit: 'ms', targets: [] },
    { figure: 'across99', what: 'the slowest hundredth of those', unit: 'ms', targets: [] },
    { figure: 'news', what: 'notifications sent and heard, one commit each', unit: '/s', targets: [] },
    ...NEWS_COST_ROWS,
  ],
  sides: { ours },
  limits: `The processes share the cores of one machine with PostgreSQL and with the load, so they show what sharing the
work costs, not what more machines bring. One hot showing is one row: its holds wait for each other's commit. Callbacks
come on as many connections to each process as to one alone, so that each has its burst and settling steps back in all.
For the cost of news, all holds and payments go to one process; the Socket.IO adapter adds nothing to a change, since each
process tells its own sockets, and what it says of itself every five seconds is in the figure at rest, where there is also
the look that every process takes each second for news that nobody took.`,
};
