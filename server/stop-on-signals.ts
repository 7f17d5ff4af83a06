import type { Leaving, Patience } from './leave.ts';

const AGAIN_FROM_MS = 500; // Ctrl-C under npm arrives twice within milliseconds: from the terminal and from npm.

interface SignalPatience extends Patience {
  /** From the end of the delay on. */
  deadlineMs: number;
}

/**
 * SIGTERM and SIGINT let work under way end, and the process with it. A second signal ends it at once; so does the
 * deadline, and then it says what was left. Nothing is lost by either: what was promised is in the database.
 */
export function stopOnSignals({ stop, left }: Leaving, patience: SignalPatience): void {
  let askedAt: number | undefined;
  const leave = async () => {
    const deadline = setTimeout(() => giveUp(left()), patience.deadlineMs + patience.delayMs);
    await stop(patience);
    deadline.unref(); // Whatever else keeps the process alive has until then.
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (askedAt !== undefined && performance.now() - askedAt < AGAIN_FROM_MS) return;
      if (askedAt !== undefined) giveUp(left());
      askedAt = performance.now();
      leave().catch(error => giveUp([error instanceof Error ? error.message : String(error)]));
    });
}

function giveUp(left: string[]) {
  console.error(`Stopped with work under way: ${left.join(', ') || 'nothing that has a name'}.`);
  process.exit(1);
}
