import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { ROOT } from '../mutants/copy-tree.ts';
import type { Invariant } from '../mutants/mutant.ts';

/** One kind of proof, as it was run. */
export interface Stage {
  name: string;
  /** How to do it again. */
  command: string;
  checks: Invariant[];
  /** What was counted, in words. */
  figures: string;
  /** The same in more words, for those who want to know. */
  details: string[];
  seconds: number;
  /** When it ended, and which state of the project it was. */
  at: string;
  commit: string;
}

/** What a proof itself finds; when and where is noted by whoever runs it. */
export type Run = Omit<Stage, 'seconds' | 'at' | 'commit'>;

export interface Share {
  count: number;
  seed: number;
}

/** As many shares as there are cores, each with seeds that no other has. */
export function shares(total: number, firstSeed: number, apart = 0): Share[] {
  const cores = Math.min(availableParallelism(), total);
  const count = Math.ceil(total / cores);
  return Array.from({ length: cores }, (_, at) => ({
    count: Math.min(count, total - at * count),
    seed: firstSeed + at * (apart || count),
  })).filter(share => share.count > 0);
}

interface Running {
  env?: Record<string, string>;
  signal?: AbortSignal;
  hear(line: string): void;
}

/** Runs a command of the project; each line that it says goes to `hear`. Throws when it fails. */
export async function run(command: string[], { env = {}, signal, hear }: Running): Promise<void> {
  const [name = '', ...options] = command;
  const child = spawn(name, options, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(signal && { signal }),
  });
  createInterface({ input: child.stdout }).on('line', hear);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`failed: ${command.join(' ')}`);
}

/** One process for each share; when one fails the others are stopped. */
export async function runShares(
  all: Share[],
  commandOf: (share: Share) => string[],
  hear: (line: string, share: Share) => void,
): Promise<void> {
  const stop = new AbortController();
  try {
    await Promise.all(
      all.map(share => run(commandOf(share), { signal: stop.signal, hear: line => hear(line, share) })),
    );
  } finally {
    stop.abort();
  }
}

/** Tells how far it is, at most once in so many seconds. */
export function progress(what: string, total: number): (done: number) => void {
  const EVERY_MS = 5_000;
  let sum = 0;
  let toldAt = performance.now();
  return done => {
    sum += done;
    if (performance.now() - toldAt < EVERY_MS && sum < total) return;
    toldAt = performance.now();
    console.log(`  ${sum.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}`);
  };
}
