import type { Run, Stage } from './stage.ts';

const PARTS = 10;
const SUM = '\u0000'; // Stands for it.
const SEEDS = /--seeds \d+ --seed \d+/;

/** One proof as several, by their names, each of a tenth of the seeds. All tell how the whole is done again. */
export function inParts(
  name: string,
  seeds: number,
  first: number,
  prove: (seeds: number, first: number) => Promise<Run>,
): Record<string, () => Promise<Run>> {
  const bounds = Array.from({ length: PARTS + 1 }, (_, at) => first + Math.round((seeds * at) / PARTS));
  const parts = bounds.slice(1).map((end, at) => ({ end, begin: bounds[at] ?? first }));
  const asWhole = (run: Run) => ({ ...run, command: run.command.replace(SEEDS, `--seeds ${seeds} --seed ${first}`) });
  return Object.fromEntries(
    parts.map(
      ({ begin, end }, at) => [`${name}-${at + 1}`, async () => asWhole(await prove(end - begin, begin))] as const,
    ),
  );
}

/** Parts of one proof, known by its name, become one: their figures are added up, and each state that they are of is named. */
export function joinParts(stages: readonly Stage[]): Stage[] {
  return [...Map.groupBy(stages, ({ name }) => name).values()].map(parts => parts.reduce(join));
}

function join(one: Stage, other: Stage): Stage {
  return {
    ...one,
    figures: addUp([one.figures, other.figures]).join('; '),
    details: addUp([...one.details, ...other.details]),
    seconds: one.seconds + other.seconds,
    at: one.at > other.at ? one.at : other.at,
    commit: [...new Set([...one.commit.split(', '), other.commit])].join(', '),
  };
}

/** Lines that differ only in the number with which they begin or end become one, with the sum. */
function addUp(lines: readonly string[]): string[] {
  const sums = new Map<string, number>();
  for (const line of lines) {
    const [number = ''] = line.match(/^[\d,]+|[\d,]+$/) ?? [];
    const words = number === '' ? line : line.replace(number, SUM);
    sums.set(words, (sums.get(words) ?? 0) + Number(number.replaceAll(',', '')));
  }
  return [...sums].map(([words, sum]) => words.replace(SUM, sum.toLocaleString('en')));
}
