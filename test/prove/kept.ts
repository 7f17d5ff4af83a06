import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../mutants/copy-tree.ts';
import type { Verdict } from '../mutants/run-mutants.ts';
import type { Stage } from './stage.ts';

const FOLDER = join(ROOT, 'test/prove/results'); // Ignored by git: the page is what is kept for ever.

/** What one proof found, and of the bugs, who noticed them. */
export interface Kept {
  stage: Stage;
  verdicts: Verdict[];
}

/** Hours of work are not lost when the next proof fails, and each can be run when the machine has time for it. */
export function keep(name: string, kept: Kept): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(fileOf(name), JSON.stringify(kept, null, 2));
}

/** The newest run of each; nothing of one that never ran here. */
export function readKept(names: string[]): Kept[] {
  const ran = names.filter(name => existsSync(fileOf(name)));
  return ran.map(name => JSON.parse(readFileSync(fileOf(name), 'utf8')) as Kept);
}

/** The state of the project that is being proved, as git calls it; with a + when files differ from it. */
export function stateOfProject(): string {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
  return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no') ? '+' : '');
}

function fileOf(name: string) {
  return join(FOLDER, `${name}.json`);
}
