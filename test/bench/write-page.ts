import type { Bench } from './bench-kinds.ts';
import { PARTS, type Part } from './benches.ts';
import type { Kept } from './kept.ts';
import { judge } from './measure.ts';
import { type Beside, markdownTable, rowsOf } from './table.ts';

const INTRODUCTION = `# How fast it is

Written by \`npm run bench -- --write\`; nothing here is typed by hand but the paragraphs around the tables, which stand beside the benches in [test/bench/](../test/bench/bench.ts). The load comes from other processes on the same machine, so the processor is shared with it: ratios say more than figures. After each load the invariants are checked in the database: a figure with a broken one is not printed.
`;

type Read = (part: Part, bench: Bench) => Kept | null;

/** The page that says what was measured, as text. What keeps a bench from being faster is said once, where it first stands. */
export function writePage(read: Read): string {
  const explained = new Set<string>();
  const parts = Object.values<Part>(PARTS).flatMap(part => {
    const sections = part.benches.flatMap(bench => {
      const kept = read(part, bench);
      if (!kept) return [];
      const limits = explained.has(bench.name) ? '' : paragraphs(bench.limits);
      explained.add(bench.name);
      return [sectionOf(bench, kept, besideIn(part, bench, read), limits)];
    });
    return sections.length > 0 ? [`## ${part.title}\n\n${paragraphs(part.about)}\n`, ...sections] : [];
  });
  return `${INTRODUCTION}\n${parts.join('\n')}`;
}

function sectionOf(bench: Bench, kept: Kept, beside: Beside, limits: string): string {
  const said = [
    `### ${bench.name}`,
    bench.about,
    whereOf(kept),
    markdownTable(rowsOf(bench, kept.runs, beside)),
    limits,
  ];
  return `${said.filter(paragraph => paragraph !== '').join('\n\n')}\n`;
}

function whereOf({ at, commit, cores, processor, node, store, runs }: Kept): string {
  const times = runs.ours?.length ?? 0;
  const machine = `${store}, ${cores} cores (${processor}), Node ${node}`;
  return `${machine}, ${at.slice(0, 16).replace('T', ' ')} UTC, of \`${commit ?? 'unknown'}\`, ${times} ${times === 1 ? 'run' : 'runs'}.`;
}

/** Where another database has no other side to be seen beside, it is seen beside SQLite. */
function besideIn(part: Part, bench: Bench, read: Read): Beside {
  const onSqlite = part === PARTS.postgres ? read(PARTS.sqlite, bench) : null;
  return row => {
    const figure = onSqlite && judge(row, onSqlite.runs)?.ours;
    return figure ? { figure, called: PARTS.sqlite.title } : null;
  };
}

function paragraphs(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('  ', '\n\n');
}
