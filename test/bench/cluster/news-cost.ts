import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../../server/database/open-database.ts';
import type { Figures, Row, Setting } from '../bench-kinds.ts';
import { ask } from '../http-load.ts';
import { programme } from '../seed.ts';
import type { UnderTest } from '../under-test.ts';
import { postgresCpuMs } from './postgres-cpu.ts';
import { cpuMsOf, withServers } from './servers.ts';

const PLANS = ['hold', 'pay'] as const;
const restMs = ({ isQuick }: Setting) => (isQuick ? 2_000 : 10_000);
const WITHOUT_WIRE = { NODE_OPTIONS: `--import ${new URL('without-wire.ts', import.meta.url)}` };

/** All the load goes to the first process; who else is there only hears of it. */
const WAYS = {
  within: { what: 'news stays in the process', count: 1, listening: 0, settings: WITHOUT_WIRE },
  wired: { what: 'through PostgreSQL, nobody else listens', count: 1, listening: 1, settings: {} },
  shared: { what: 'through PostgreSQL, another process listens', count: 2, listening: 2, settings: {} },
} as const;
type Way = keyof typeof WAYS;

/** What it costs that news of a change goes through PostgreSQL: to whoever makes the change, the database, and who hears. */
export async function newsCost(setting: Setting): Promise<Figures> {
  const figures: Figures = {};
  for (const way of Object.keys(WAYS) as Way[]) Object.assign(figures, await costOf(setting, way));
  return figures;
}

function costOf(setting: Setting, way: Way): Promise<Figures> {
  const { count, settings, listening } = WAYS[way];
  return withServers(
    ...([setting, programme, count] as const),
    (servers, { using, seeded: showings }) =>
      using(async database => {
        await assertListening(database, listening);
        const figures: Figures = {};
        const heard: (Heard & { plan: string })[] = [];
        for (const plan of PLANS) {
          const { cpuMs, postgresMs, ...one } = await load(setting, servers, database, { plan, showings });
          figures[`${plan} ${way}`] = cpuMs;
          if (!Number.isNaN(postgresMs)) figures[`${plan} ${way} postgres`] = postgresMs / one.done;
          heard.push({ plan, ...one });
        }
        return servers.length > 1 ? { ...figures, ...(await costOfHearing(setting, servers, heard)) } : figures;
      }),
    settings,
  );
}

/** What the other process did while so much was done by the first. */
interface Heard {
  done: number;
  seconds: number;
  otherMs: number;
}

async function load(
  setting: Setting,
  [first, ...others]: readonly UnderTest[],
  database: Database,
  { plan, showings }: { plan: (typeof PLANS)[number]; showings: number[] },
): Promise<Heard & { cpuMs: number; postgresMs: number }> {
  const beside = { postgres: () => postgresCpuMs(database), other: () => cpuMsOf(others) };
  const job = { plan, with: { showings, firstPhone: 0 } };
  const { done, seconds, cpuMs, besideMs } = await ask(first as UnderTest, setting, job, beside);
  return { done, seconds, cpuMs, postgresMs: besideMs.postgres ?? Number.NaN, otherMs: besideMs.other ?? 0 };
}

/** More than at rest; which is measured afterwards, since a process that has just started is not at rest. */
async function costOfHearing(
  setting: Setting,
  [, other]: readonly UnderTest[],
  heard: readonly (Heard & { plan: string })[],
): Promise<Figures> {
  const rest = await cpuAtRest(setting, other as UnderTest);
  const each = heard.map(({ plan, done, seconds, otherMs }) => [`${plan} heard`, (otherMs - rest * seconds) / done]);
  return { rest, ...Object.fromEntries(each) };
}

/** In a second. */
async function cpuAtRest(setting: Setting, server: UnderTest): Promise<number> {
  const [before, begun] = [await cpuMsOf([server]), performance.now()];
  await setTimeout(restMs(setting));
  return ((await cpuMsOf([server])) - before) / ((performance.now() - begun) / 1_000);
}

/** Without this, a server that names its wire otherwise would be measured with it where it should have none. */
async function assertListening({ orm }: Database, listening: number) {
  const sql = `select count(*) as n from pg_stat_activity where application_name = 'tiketi-news' and datname = current_database()`;
  const [row] = await orm.em.fork().execute(sql);
  if (Number(row?.n) !== listening) throw new Error(`${row?.n} processes hear the news, not ${listening}`);
}

const rowsOf = (plan: (typeof PLANS)[number], what: string): Row[] => [
  ...waysOf(plan, `${what}: processor time of the server`, ''),
  ...waysOf(plan, `${what}: of PostgreSQL`, ' postgres'),
  { figure: `${plan} heard`, what: `${what}: of who only hears of it`, unit: 'ms', targets: [] },
];

const waysOf = (plan: string, what: string, ending: string): Row[] =>
  (Object.keys(WAYS) as Way[]).map(way => ({
    ...{ figure: `${plan} ${way}${ending}`, what: `${what}, ${WAYS[way].what}`, unit: 'ms', targets: [] },
    ...(way !== 'within' && { beside: { figure: `${plan} within${ending}`, called: 'in the process' } }),
  }));

export const NEWS_COST_ROWS: Row[] = [
  ...rowsOf('hold', 'a hold'),
  ...rowsOf('pay', 'a hold, begun and pushed'),
  { figure: 'rest', what: 'processor time of a process at rest beside another, each second', unit: 'ms', targets: [] },
];
