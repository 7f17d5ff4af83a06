import { availableParallelism } from 'node:os';
import { type Copy, copyTree, locate, ROOT } from './copy-tree.ts';
import type { Mutant } from './mutant.ts';
import { runTests } from './run-tests.ts';

/** What became of a mutant: killed by at least one of its files, or alive. */
export interface Verdict {
  mutant: Mutant;
  /** The tests that noticed, as `file: name`. Empty: it lives. */
  noticed: string[];
  /** Files of its list that did not notice. */
  slept: string[];
  ms: number;
}

type Tell = (line: string) => void;

/**
 * Spoils a copy of the project with one bug after another and runs the tests that should notice, on all cores. Throws when
 * a text to spoil is not there, or when a test fails without any bug: then nothing that follows would mean anything.
 */
export async function runMutants(mutants: Mutant[], tell: Tell = () => {}): Promise<Verdict[]> {
  for (const one of mutants.flatMap(({ edits }) => edits)) locate(ROOT, one);
  const length = Math.min(availableParallelism(), mutants.length);
  const copies = await Promise.all(Array.from({ length }, copyTree));
  try {
    const files = [...new Set(mutants.flatMap(mutant => mutant.killedBy))];
    const tests = new Map<string, number>();
    await inParallel(copies, files, async (copy, file) => {
      const run = await runTests(copy.folder, file);
      if (run.failed.length > 0 || run.tests === 0)
        throw new Error(`${file} fails without any bug: ${run.failed.join('; ') || 'it does not load'}`);
      tests.set(file, run.tests);
    });
    tell(`${files.length} test files pass without any bug`);
    return await inParallel(copies, mutants, async (copy, mutant) => {
      const verdict = await judge(copy, mutant, tests);
      tell(`${verdict.noticed.length > 0 ? 'killed' : 'ALIVE '}  ${mutant.name}`);
      return verdict;
    });
  } finally {
    await Promise.all(copies.map(copy => copy.remove()));
  }
}

async function judge(copy: Copy, mutant: Mutant, tests: Map<string, number>): Promise<Verdict> {
  const begun = performance.now();
  const restore = await copy.spoil(mutant.edits);
  const noticed: string[] = [];
  const slept: string[] = [];
  try {
    for (const file of mutant.killedBy) {
      const run = await runTests(copy.folder, file);
      if (run.tests !== tests.get(file))
        throw new Error(`${mutant.name}: ${file} no longer loads, which proves nothing`);
      noticed.push(...run.failed.map(name => `${file}: ${name}`));
      if (run.failed.length === 0) slept.push(file);
    }
  } finally {
    await restore();
  }
  return { mutant, noticed, slept, ms: performance.now() - begun };
}

/** Each worker takes the next item as soon as it is free; the answers stand in the items' order. */
async function inParallel<W, I, R>(workers: W[], items: I[], work: (worker: W, item: I) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const go = async (worker: W) => {
    for (const [at, item] of waiting) results[at] = await work(worker, item);
  };
  await Promise.all(workers.map(go));
  return results;
}
