import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../mutants/copy-tree.ts';
import { usePostgres } from '../support/postgres.ts';
import { type Run, run } from './stage.ts';

const BESIDE_IT = /^(bench|client|convergence|histories|mutants|prove|screens|simulator)\//; // Their tests ask no database, or SQLite's own.
const ELSEWHERE = /browser|hosted-page|tidy|supply-chain|crash\/durable|database\/(durable|failed)/;

/** Whatever `work` starts runs on a PostgreSQL of its own. */
export async function onPostgres<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.TIKETI_TEST_STORE;
  const postgres = await usePostgres();
  try {
    return await work();
  } finally {
    await postgres?.stop();
    if (before === undefined) delete process.env.TIKETI_TEST_STORE;
    else process.env.TIKETI_TEST_STORE = before;
  }
}

/** Every test of the server once more, on PostgreSQL; `every` takes only each so-manieth file. */
export async function testsOnPostgres(every: number): Promise<Run> {
  const files = serverTests().filter((_, at) => at % every === 0);
  const options = ['--test-concurrency=2', '--test-timeout=240000', '--test-global-setup=test/support/global.ts'];
  const said: string[] = [];
  let isFailure = false;
  await run([process.execPath, '--test', '--test-reporter=tap', ...options, ...files], {
    env: { TIKETI_TEST_STORE: 'postgres' },
    hear(line) {
      said.push(line);
      if (/^\s*(not )?ok/.test(line)) isFailure = /^\s*not/.test(line);
      if (isFailure) console.log(`  ${line}`); // With all that it says of itself.
    },
  });
  const passed = Number(
    said
      .findLast(line => line.startsWith('# pass'))
      ?.split(' ')
      .at(-1),
  );
  return {
    name: 'The server’s tests on PostgreSQL',
    command: 'npm run prove -- --only postgres-tests',
    checks: [],
    figures: `${passed.toLocaleString('en')} tests in ${files.length} files, 0 failed`,
    details: [],
  };
}

function serverTests(): string[] {
  return readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts') && !BESIDE_IT.test(name) && !ELSEWHERE.test(name))
    .sort()
    .map(name => `test/${name}`);
}
