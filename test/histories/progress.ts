import type { History } from './history.ts';

const BAR_LETTERS = 30;
const LINES_AT_MOST = 20; // Where there is no terminal.

/** Tells how far a run is: a bar on a terminal, a line now and then elsewhere; and every broken history at once. */
export function createProgress(count: number) {
  const startedAt = performance.now();
  const counts = new Map<string, number>();
  let lived = 0;
  let broken = 0;
  const perSecond = () => Math.round(lived / ((performance.now() - startedAt) / 1_000));
  const line = () => `${lived} of ${count} histories, ${broken} broken, ${perSecond()} a second`;
  const out = process.stdout;

  function show(): void {
    const done = Math.floor((lived / count) * BAR_LETTERS);
    if (out.isTTY) out.write(`\r${'█'.repeat(done)}${'░'.repeat(BAR_LETTERS - done)} ${line()} `);
    else if (lived % Math.ceil(count / LINES_AT_MOST) === 0) out.write(`${line()}\n`);
  }

  return {
    get broken() {
      return broken;
    },
    lived(history: History): void {
      lived += 1;
      for (const [what, times] of history.counts) counts.set(what, (counts.get(what) ?? 0) + times);
      if (history.breaches.length > 0) broken += 1;
      if (history.breaches.length > 0 || count === 1) out.write(`\n${tell(history)}\n`);
      show();
    },
    end(): void {
      if (out.isTTY) out.write('\n');
      const met = [...counts].sort(([one], [other]) => one.localeCompare(other));
      out.write(`\n${met.map(([what, times]) => `${String(times).padStart(9)}  ${what}`).join('\n')}\n\n${line()}\n`);
    },
  };
}

/** A history for people, with what makes it happen again. */
export function tell({ seed, breaches, timeline }: History): string {
  const verdict = breaches.length === 0 ? 'Nothing broke.' : `SEED ${seed} broke\n  ${breaches.join('\n  ')}`;
  return `${timeline}\n\n${verdict}\nAgain: npm run simulate -- --seeds 1 --seed ${seed}\n`;
}
