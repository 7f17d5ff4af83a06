import { spawn } from 'node:child_process';
import { once } from 'node:events';

const TEST_TIMEOUT_MS = 60_000; // A bug may also let something wait for ever.

/** What became of one test file. */
export interface TestRun {
  /** The names of the tests that failed. */
  failed: string[];
  /** How many tests ran at all; 0 when the file could not even be loaded. */
  tests: number;
  ms: number;
}

/** Runs one test file in `folder`, in a process of its own. */
export async function runTests(folder: string, file: string): Promise<TestRun> {
  const begun = performance.now();
  const { NODE_TEST_CONTEXT: _, ...rest } = process.env; // Otherwise it would report to the test that started it.
  const env = { ...rest, TIKETI_TEST_STORE: 'sqlite' }; // To notice a bug one database is enough.
  const options = ['--test', '--test-reporter=tap', `--test-timeout=${TEST_TIMEOUT_MS}`, file];
  const child = spawn(process.execPath, options, { cwd: folder, env, stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', chunk => void chunks.push(chunk));
  await once(child, 'close');
  return { ...readTap(Buffer.concat(chunks).toString(), file), ms: performance.now() - begun };
}

function readTap(tap: string, file: string): Omit<TestRun, 'ms'> {
  const failed = [...tap.matchAll(/^not ok \d+ - (.*)$/gm)].map(([, name = '']) => name.replaceAll('\\', ''));
  const tests = Number(/^# tests (\d+)$/m.exec(tap)?.[1] ?? 0);
  const didNotLoad = failed.some(name => name.endsWith(file));
  return didNotLoad ? { failed: [], tests: 0 } : { failed, tests };
}
