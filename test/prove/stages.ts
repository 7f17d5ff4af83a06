import type { Figures as StormFigures } from '../convergence/converge.ts';
import type { Figures as CrashFigures } from '../crash/crash-loop.ts';
import { POINTS } from '../crash/points.ts';
import { MUTANTS } from '../mutants/mutants.ts';
import { runMutants, type Verdict } from '../mutants/run-mutants.ts';
import { progress, type Run, run, runShares, shares } from './stage.ts';

const KILLS_FOR_ALL = 200; // With so many, each named instant must have been met.

const count = (number: number) => number.toLocaleString('en');

/** Each deliberate bug in turn; `every` takes only each so-manieth. */
export async function mutants(every: number): Promise<Run & { verdicts: Verdict[] }> {
  const verdicts = await runMutants(
    MUTANTS.filter((_, at) => at % every === 0),
    line => console.log(`  ${line}`),
  );
  const alive = verdicts.filter(({ noticed }) => noticed.length === 0).map(({ mutant }) => mutant.name);
  if (alive.length > 0) throw new Error(`nobody noticed: ${alive.join('; ')}`);
  return {
    name: 'Deliberate bugs',
    command: 'npm run prove -- --only mutants',
    checks: [],
    figures: `${verdicts.length} of ${verdicts.length} noticed by the test that is there for it`,
    details: [],
    verdicts,
  };
}

/** Whole histories of customers, gateways, faults and crashes, each from one seed. It uses all cores by itself. */
export async function simulations(seeds: number, first: number, postgres = false): Promise<Run> {
  const where = postgres ? ['--postgres'] : [];
  const command = ['npm', 'run', '--silent', 'simulate', '--', '--seeds', `${seeds}`, '--seed', `${first}`, ...where];
  const met: string[] = [];
  let lived = 0; // Fewer than were asked for, when somebody stopped it.
  await run(command, {
    hear(line) {
      lived = Number(/^(\d+) of \d+ histories/.exec(line)?.[1] ?? lived);
      const [, times, what] = /^ +(\d+) {2}(.+)$/.exec(line) ?? [];
      if (what) met.push(`${what}: ${count(Number(times))}`);
      else if (line) console.log(`  ${line}`);
    },
  });
  return {
    name: postgres ? 'Simulated histories on PostgreSQL' : 'Simulated histories',
    command: command.filter(word => word !== '--silent').join(' '),
    checks: ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12', 'I13', 'I14'],
    figures: `${count(lived)} seeds, 0 broken`,
    details: met,
  };
}

/** The real server, killed again and again under load. */
export async function kills(total: number, first: number, only: 'kills' | 'postgres-kills' = 'kills'): Promise<Run> {
  const told = progress('kills', total);
  const all: CrashFigures[] = [];
  await runShares(
    shares(total, first, 10_000),
    ({ count, seed }) => [process.execPath, 'test/crash/run.ts', '--kills', `${count}`, '--seed', `${seed}`],
    line => {
      const figures = JSON.parse(line) as CrashFigures;
      all.push(figures);
      told(figures.kills);
    },
  );
  const sum = (one: (figures: CrashFigures) => number) => all.reduce((total, figures) => total + one(figures), 0);
  const instants = new Map<string, number>();
  for (const { reached } of all)
    for (const [instant, times] of Object.entries(reached)) instants.set(instant, (instants.get(instant) ?? 0) + times);
  const missed = POINTS.filter(point => !instants.has(point));
  if (total >= KILLS_FOR_ALL && missed.length > 0) throw new Error(`it never died ${missed.join(', ')}`);
  const promised = `${count(sum(one => one.promised.bookings))} × 201, ${count(sum(one => one.promised.payments))} × 202, ${count(sum(one => one.promised.callbacks))} × 200 to the gateway, ${count(sum(one => one.promised.views))} views`;
  const money = `${count(sum(one => one.accounts.debits))} debits: ${count(sum(one => one.accounts.applied))} applied, ${count(sum(one => one.accounts.refundDue))} owed back, ${count(sum(one => one.accounts.unknown))} seen by staff as unknown, 0 lost`;
  return {
    name: only === 'kills' ? 'kill -9 under load' : 'kill -9 under load, on PostgreSQL',
    command: `npm run prove -- --only ${only} --${only} ${total} --seed ${first}`,
    checks: ['I2', 'I3', 'I5', 'I6', 'I7', 'I8', 'I10', 'I11', 'I12', 'I13'],
    figures: `${count(total)} kills, 0 promises broken, nothing half done`,
    details: [
      `promised and kept: ${promised}`,
      money,
      ...[...instants].sort().map(([instant, times]) => `died ${instant}: ${times}`),
    ],
  };
}

/** The kernel's own account of what was on the disk when an answer left. */
export async function traces(customers: number): Promise<Run> {
  const said: string[] = [];
  const command = [process.execPath, '--test', '--test-reporter=tap', 'test/crash/durable.test.ts'];
  await run(command, { env: { TRACED_CUSTOMERS: `${customers}` }, hear: line => void said.push(line) });
  const traced = said.find(line => line.includes('promises traced'))?.slice(2);
  return {
    name: 'Answers after the disk',
    command: `TRACED_CUSTOMERS=${customers} node --test test/crash/durable.test.ts`,
    checks: ['I8', 'I11'],
    figures: traced ? `${traced}, 0 too early` : 'strace could not run: only what SQLite was told was looked at',
    details: [],
  };
}

/** Watchers on a network that loses, doubles and overtakes. */
export async function storms(seeds: number, first: number): Promise<Run> {
  const told = progress('storms', seeds);
  const sum = { pushes: 0, faulty: 0, shown: 0 };
  await runShares(
    shares(seeds, first),
    ({ count, seed }) => [process.execPath, 'test/convergence/run.ts', '--seeds', `${count}`, '--seed', `${seed}`],
    line => {
      const figures = JSON.parse(line) as StormFigures & { seeds: number };
      for (const key of ['pushes', 'faulty', 'shown'] as const) sum[key] += figures[key];
      told(figures.seeds);
    },
  );
  return {
    name: 'Watchers in storms',
    command: `npm run prove -- --only storms --storms ${seeds} --seed ${first}`,
    checks: ['I14'],
    figures: `${count(seeds)} seeds, ${count(sum.pushes)} pushes of which ${count(sum.faulty)} were lost, doubled or overtaken, ${count(sum.shown)} versions shown, 0 older after newer, 0 left behind`,
    details: [],
  };
}
