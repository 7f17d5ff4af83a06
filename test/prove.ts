import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './mutants/copy-tree.ts';
import type { Verdict } from './mutants/run-mutants.ts';
import { keep, readKept, stateOfProject } from './prove/kept.ts';
import { inParts, joinParts } from './prove/parts.ts';
import { onPostgres, testsOnPostgres } from './prove/postgres-stages.ts';
import { sockets } from './prove/sockets-stage.ts';
import type { Run } from './prove/stage.ts';
import { kills, mutants, simulations, storms, traces } from './prove/stages.ts';
import { writeProof } from './prove/write-proof.ts';

const WHOLE = {
  ...{ mutants: 1, seeds: 100_000, kills: 1_000, traced: 170, storms: 5_000, sockets: 10_000 },
  ...{ 'postgres-tests': 1, 'postgres-seeds': 400, 'postgres-kills': 400 },
};
const QUICK = {
  ...{ mutants: 8, seeds: 400, kills: 24, traced: 10, storms: 100, sockets: 1_000 },
  ...{ 'postgres-tests': 12, 'postgres-seeds': 40, 'postgres-kills': 12 },
};

/**
 * The long proofs: `npm run prove` runs them all and writes docs/proof.md. `--only kills` runs one of them and keeps what it
 * found; `--only simulations-3` the third tenth of those, which are kept apart, so that what breaks in one need not be lived
 * again in all; `--page` writes the page of what was kept; `--quick` runs a little of each and keeps nothing. `--seeds`, `--kills`,
 * `--traced`, `--storms`, `--sockets`, `--postgres-seeds` and `--postgres-kills` say how much, `--seed` where to begin.
 */
const number = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({
  options: {
    ...{ quick: flag, page: flag, only: number, seed: number },
    ...{ seeds: number, kills: number, traced: number, storms: number, sockets: number },
    ...{ 'postgres-seeds': number, 'postgres-kills': number },
  },
});
const usual = values.quick ? QUICK : WHOLE;
const seed = Number(values.seed ?? 1);
type Size = 'seeds' | 'kills' | 'traced' | 'storms' | 'sockets' | 'postgres-seeds' | 'postgres-kills';
const howMany = (name: Size) => Number(values[name] ?? usual[name]);

type Found = Run & { verdicts?: Verdict[] };
const PROOFS: Record<string, () => Promise<Found>> = {
  mutants: () => mutants(usual.mutants),
  storms: () => storms(howMany('storms'), seed),
  sockets: () => sockets(howMany('sockets'), seed),
  traces: () => traces(howMany('traced')),
  kills: () => kills(howMany('kills'), seed),
  ...inParts('simulations', howMany('seeds'), seed, simulations),
  'postgres-tests': () => testsOnPostgres(usual['postgres-tests']),
  'postgres-kills': () => onPostgres(() => kills(howMany('postgres-kills'), seed, 'postgres-kills')),
  'postgres-simulations': () => onPostgres(() => simulations(howMany('postgres-seeds'), seed, true)),
};

const isMeant = (name: string) =>
  values.only === undefined || name === values.only || name.startsWith(`${values.only}-`);
const chosen = Object.entries(PROOFS).filter(([name]) => !values.page && isMeant(name));
if (chosen.length === 0 && !values.page) throw new Error(`--only takes one of ${Object.keys(PROOFS).join(', ')}`);
for (const [name, prove] of chosen) {
  console.log(`${name} …`);
  const [begun, commit] = [performance.now(), stateOfProject()];
  const { verdicts = [], ...found } = await prove();
  const seconds = (performance.now() - begun) / 1_000;
  if (!values.quick) keep(name, { stage: { ...found, seconds, at: new Date().toISOString(), commit }, verdicts });
  console.log(`${found.name}: ${found.figures} (${Math.round(seconds)} s)`);
  for (const line of found.details) console.log(`  ${line}`);
}

if (!values.quick && values.only === undefined) {
  const kept = readKept(Object.keys(PROOFS));
  const proof = {
    stages: joinParts(kept.map(({ stage }) => stage)),
    verdicts: kept.flatMap(({ verdicts }) => verdicts),
  };
  writeFileSync(join(ROOT, 'docs/proof.md'), writeProof(proof));
  console.log('docs/proof.md is written');
}
