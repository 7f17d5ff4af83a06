import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../mutants/copy-tree.ts';
import type { Verdict } from '../mutants/run-mutants.ts';
import { findTests, type NamedTest } from './find-tests.ts';
import { PLEDGES, type Pledge } from './invariants.ts';
import type { Stage } from './stage.ts';

export interface Proof {
  stages: Stage[];
  verdicts: Verdict[];
}

/** The page that says what was proved, as text. Throws when a promise has no guard, no test or no bug that was noticed. */
export function writeProof({ stages, verdicts }: Proof): string {
  const tests = findTests();
  return [
    '# What is proved, and how',
    '',
    'Written by `npm run prove` from what it ran; nothing here was written by hand. What is not in the table did not run.',
    `Node ${process.version}, ${availableParallelism()} cores.`,
    '',
    '## What was run',
    '',
    ...table(
      ['proof', 'result', 'seconds', 'when (UTC), of', 'again'],
      stages.map(({ name, figures, seconds, at, commit, command }) => [
        name,
        figures,
        String(Math.round(seconds)),
        `${at.slice(0, 16).replace('T', ' ')}, ${code(commit)}`,
        code(command),
      ]),
    ),
    '',
    '## Every promise',
    '',
    ...table(
      ['', 'promise', 'guard', 'tests', 'deliberate bugs that are noticed', 'measured'],
      PLEDGES.map(pledge => rowOf(pledge, tests, verdicts, stages)),
    ),
    '',
    '## Every deliberate bug',
    '',
    ...table(
      ['bug', 'would break', 'noticed by'],
      verdicts.map(({ mutant, noticed }) => [mutant.name, mutant.breaks.join(' '), noticed.join('<br>')]),
    ),
    '',
    '## In more words',
    ...stages
      .filter(({ details }) => details.length > 0)
      .flatMap(stage => ['', `### ${stage.name}`, '', ...list(stage.details)]),
    '',
  ].join('\n');
}

function rowOf({ id, says, guards }: Pledge, tests: NamedTest[], verdicts: Verdict[], stages: Stage[]): string[] {
  const missing = guards.filter(file => !existsSync(join(ROOT, file)));
  if (missing.length > 0) throw new Error(`${id}: there is no ${missing.join(', ')}`);
  const about = tests.filter(({ invariants }) => invariants.includes(id));
  const bugs = verdicts.filter(({ mutant }) => mutant.breaks.includes(id));
  if (about.length === 0) throw new Error(`${id}: no test is named after it`);
  if (bugs.length === 0) throw new Error(`${id}: no deliberate bug breaks it`);
  const measured = stages.filter(({ checks }) => checks.includes(id)).map(({ name, figures }) => `${name}: ${figures}`);
  return [
    id,
    says,
    guards.map(code).join('<br>'),
    byFile(about),
    bugs.map(({ mutant }) => mutant.name).join('<br>'),
    measured.join('<br>') || 'by its tests alone',
  ];
}

function byFile(tests: NamedTest[]): string {
  const files = Map.groupBy(tests, ({ file }) => file);
  return [...files].map(([file, ones]) => `${code(file)}: ${ones.map(({ name }) => name).join('; ')}`).join('<br>');
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

const list = (lines: string[]) => lines.map(line => `- ${line}`);
const code = (text: string) => `\`${text}\``;
