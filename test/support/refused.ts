import assert from 'node:assert/strict';
import * as v from 'valibot';
import { PROBLEMS, Problem, type ProblemCode } from '../../shared/problem.ts';
import type { RawAnswer } from './raw-http.ts';
import { dumpTables } from './table-dump.ts';
import type { Tiketi } from './tiketi.ts';

export interface Refusal {
  code: ProblemCode;
  /** The field that must be named; undefined where no field is wrong. */
  path?: string | undefined;
}

/** Checks that an answer is this problem in full: status, type, code and the field that is wrong. */
export function assertRefused(answer: RawAnswer, { code, path }: Refusal, what: string): Problem {
  assert.equal(answer.status, PROBLEMS[code].status, `${what}: ${answer.body}`);
  assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json\b/, what);
  const problem = v.parse(Problem, JSON.parse(answer.body));
  assert.equal(problem.code, code, what);
  assert.equal(problem.status, answer.status, what);
  assert.equal(problem.type, `urn:tiketi:problem:${code}`, what);
  if (path !== undefined)
    assert.ok(
      problem.errors?.some(error => error.path === path && error.message !== ''),
      `${what}: names ${path}, not ${JSON.stringify(problem.errors)}`,
    );
  return problem;
}

/** Runs `work` and checks that it left no trace in any table, nothing in the log, and a server that serves. */
export async function assertHarmless(tiketi: Tiketi, what: string, work: () => Promise<unknown>): Promise<void> {
  await tiketi.server.idle();
  const before = dumpTables(tiketi);
  const lines = tiketi.logged.length;
  await work();
  await tiketi.server.idle();
  for (const [table, rows] of Object.entries(dumpTables(tiketi)))
    assert.deepEqual(rows, before[table], `${what}: something was written to ${table}`);
  assert.deepEqual(tiketi.logged.slice(lines), [], `${what}: something was logged`);
  assert.equal((await tiketi.customer.ask('GET', '/api/v1/venues')).status, 200, `${what}: the server serves on`);
}
