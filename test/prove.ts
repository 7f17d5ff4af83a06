import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './mutants/copy-tree.ts';
import type { Verdict } from './mutants/run-mutants.ts';
import { onPostgres, testsOnPostgres } from './prove/postgres-stages.ts';
import type { Stage } from './prove/stage.ts';
import { kills, mutants, simulations, storms, traces } from './prove/stages.ts';
import { writeProof } from './prove/write-proof.ts';

const WHOLE = {
  ...{ mutants: 1, seeds: 100_000, kills: 1_000, traced: 170, storms: 5_000 },
  ...{ 'postgres-tests': 1, 'postgres-seeds': 4_000, 'postgres-kills': 400 },
};
const QUICK = {
  ...{ mutants: 8, seeds: 400, kills: 24, traced: 10, storms: 100 },
  ...{ 'postgres-tests': 12, 'postgres-seeds': 40, 'postgres-kills': 12 },
};

/**
 * The long proofs: `npm run prove`. `--quick` runs a little of each and writes nothing, unless asked to by `--write`;
 * `--only kills` runs one of them; `--seeds`, `--kills`, `--traced`, `--storms`, `--postgres-seeds` and `--postgres-kills` say
 * how much, `--seed` where to begin.
 */
const number = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const { values } = parseArgs({
  options: {
    ...{ quick: flag, write: flag, only: number, seed: number },
    ...{ seeds: number, kills: number, traced: number, storms: number },
    ...{ 'postgres-seeds': number, 'postgres-kills': number },
  },
});
const usual = values.quick ? QUICK : WHOLE;
const seed = Number(values.seed ?? 1);
type Size = 'seeds' | 'kills' | 'traced' | 'storms' | 'postgres-seeds' | 'postgres-kills';
const howMany = (name: Size) => Number(values[name] ?? usual[name]);

const verdicts: Verdict[] = [];
const PROOFS = {
  mutants: async () => {
    const run = await mutants(values.write ? 1 : usual.mutants); // The page needs them all.
    verdicts.push(...run.verdicts);
    return run;
  },
  storms: () => storms(howMany('storms'), seed),
  traces: () => traces(howMany('traced')),
  kills: () => kills(howMany('kills'), seed),
  simulations: () => simulations(howMany('seeds'), seed),
  'postgres-tests': () => testsOnPostgres(usual['postgres-tests']),
  'postgres-kills': () => onPostgres(() => kills(howMany('postgres-kills'), seed, 'postgres-kills')),
  'postgres-simulations': () => onPostgres(() => simulations(howMany('postgres-seeds'), seed, true)),
};

const chosen = Object.entries(PROOFS).filter(([name]) => values.only === undefined || values.only === name);
if (values.only !== undefined && values.write) throw new Error('--write takes all of them');
if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(PROOFS).join(', ')}`);
const stages: Stage[] = [];
for (const [name, prove] of chosen) {
  console.log(`${name} …`);
  const begun = performance.now();
  const stage = { ...(await prove()), seconds: (performance.now() - begun) / 1_000 };
  stages.push(stage);
  console.log(`${stage.name}: ${stage.figures} (${Math.round(stage.seconds)} s)`);
  for (const line of stage.details) console.log(`  ${line}`);
}

const isWhole = !values.quick && values.only === undefined;
if (isWhole || values.write) {
  writeFileSync(join(ROOT, 'docs/proof.md'), writeProof({ stages, verdicts, at: new Date() }));
  console.log('docs/proof.md is written');
}
