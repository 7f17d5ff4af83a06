import { parseArgs } from 'node:util';
import { converge, type Figures, openSea } from './converge.ts';

const SEEDS_PER_LINE = 50;

/** `node test/convergence/run.ts --seeds 1000 --seed 1`: a line of figures for every 50 seeds. */
const { values } = parseArgs({ options: { seeds: { type: 'string' }, seed: { type: 'string' } } });
const seeds = Number(values.seeds ?? 200);
const first = Number(values.seed ?? 1);

const ends: (() => unknown)[] = [];
const sea = await openSea({ after: end => void ends.push(end as () => unknown) });
for (let done = 0; done < seeds; done += SEEDS_PER_LINE) {
  const sum: Figures & { seeds: number } = { seeds: 0, pushes: 0, faulty: 0, shown: 0 };
  for (let seed = first + done; seed < first + Math.min(seeds, done + SEEDS_PER_LINE); seed++) {
    const one = await converge(sea, seed);
    sum.seeds++;
    for (const key of ['pushes', 'faulty', 'shown'] as const) sum[key] += one[key];
  }
  console.log(JSON.stringify(sum));
}
for (const end of ends) await end();
