import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

export interface Started {
  child: ChildProcess;
  /** The next message that it sends. */
  next<T>(): Promise<T>;
  /** Asks it something and waits for the answer. */
  ask<T>(message: unknown): Promise<T>;
  /** Resolves when it has ended, by itself or asked to. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

interface Wish {
  arguments?: string[];
  environment?: Record<string, string>;
  nodeOptions?: string[];
  /** Hears each line that it writes. */
  onOutput?: (said: string) => void;
}

/** A process of its own that talks to this one: everything under load, and every load, lives in one. */
export function startProcess(file: string, wish: Wish = {}): Started {
  const child = spawn(process.execPath, [...(wish.nodeOptions ?? []), file, ...(wish.arguments ?? [])], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? '', ...wish.environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.stdout?.on('data', said => wish.onOutput?.(String(said)));
  const ended = once(child, 'exit');
  const next = async <T>() => {
    const [message] = await Promise.race([once(child, 'message'), ended.then(() => gone(file))]);
    return message as T;
  };
  return {
    child,
    next,
    ask(message) {
      const answer = next<never>();
      child.send(message as object);
      return answer;
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}

function gone(file: string): never {
  throw new Error(`${file} ended before it answered`);
}

/** Runs a load to its one answer; `warm` is called when what counts begins. */
export async function runLoad<T>(file: string, job: object, warm: () => Promise<void> = async () => {}): Promise<T> {
  const started = startProcess(join(import.meta.dirname, 'load', file));
  try {
    await started.ask(job);
    await warm();
    return await started.next<T>();
  } finally {
    await started.stop('SIGKILL');
  }
}
