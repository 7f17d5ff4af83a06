import { monitorEventLoopDelay } from 'node:perf_hooks';
import Database from 'better-sqlite3';

const RESOLUTION_MS = 1;

/** What a process under test can be asked. Loaded before it, so that it knows nothing of being watched. */
export type Question = 'cpu' | 'heap' | 'watch delay' | 'delay' | 'statements';

export interface Heap {
  heapBytes: number;
  residentBytes: number;
}

/** In milliseconds, since `watch delay`. */
export interface Delay {
  p50: number;
  p99: number;
  most: number;
}

/** What the database was asked. */
export interface Asked {
  statements: { sql: string; values: unknown[] }[];
}

const statements = new Map<string, unknown[]>();
let delays: ReturnType<typeof monitorEventLoopDelay> | undefined;

keepStatements();
process.on('message', (question: Question) => {
  process.send?.(answer(question) ?? {});
});
process.channel?.unref(); // Whoever is watched may end.

function answer(question: Question) {
  switch (question) {
    case 'cpu':
      return { us: process.cpuUsage().user + process.cpuUsage().system };
    case 'heap':
      global.gc?.();
      global.gc?.(); // What the first one finalised is free only now.
      return { heapBytes: process.memoryUsage().heapUsed, residentBytes: process.memoryUsage().rss } satisfies Heap;
    case 'watch delay':
      delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      delays.enable();
      return {};
    case 'delay':
      return readDelay();
    case 'statements':
      return { statements: [...statements].map(([sql, values]) => ({ sql, values })) } satisfies Asked;
  }
}

function readDelay(): Delay | undefined {
  if (!delays) return undefined;
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS); // It counts the time that it slept itself.
  return { p50: ms(delays.percentile(50)), p99: ms(delays.percentile(99)), most: ms(delays.max) };
}

/** Every text that SQLite was ever given, with the values that it was first asked with, for whoever wants to see its plan. */
function keepStatements() {
  const { prepare } = Database.prototype;
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql);
    if (!statements.has(sql)) keepFirstValues(sql, statement);
    return statement;
  } as typeof prepare;
}

function keepFirstValues(sql: string, statement: Database.Statement) {
  statements.set(sql, []);
  for (const how of ['all', 'run'] as const) {
    const asked = statement[how];
    statement[how] = (...values: unknown[]) => {
      statement[how] = asked as never;
      statements.set(sql, values.flat());
      return (asked as (...values: unknown[]) => unknown).apply(statement, values) as never;
    };
  }
}
