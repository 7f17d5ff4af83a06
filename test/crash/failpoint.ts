import { subscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import { afterCommitOf, beforeCommitOf, type Point, PROMISING_TABLES } from './points.ts';

/**
 * Loaded before the real server (`node --import`), kills it dead at one named instant: CRASH_AT says at which, CRASH_AT_HIT
 * at the how manieth time. So the product itself knows nothing of its death.
 */
const { CRASH_AT, CRASH_AT_HIT = '1' } = process.env;
let hitsLeft = Number(CRASH_AT_HIT);

function pass(point: Point) {
  if (point === CRASH_AT && --hitsLeft === 0) process.kill(process.pid, 'SIGKILL'); // Does not return.
}

/** What the open transaction has written so far. */
const written = new Set<(typeof PROMISING_TABLES)[number]>();
let forgetsTold = false;

const prepare = Database.prototype.prepare;
Database.prototype.prepare = function (this: Database.Database, sql: string) {
  const statement = prepare.call(this, sql);
  if (sql === 'commit') return around(statement, beforeCommit, afterCommit);
  const table = PROMISING_TABLES.find(one => new RegExp(`^insert into .?${one}\\b`).test(sql));
  if (table) return around(statement, () => written.add(table));
  if (/^delete from .?outbox\b/.test(sql)) return around(statement, () => (forgetsTold = true));
  return statement;
} as typeof prepare;

/** The statement itself, with something before and after each run. */
function around(statement: Database.Statement, before: () => unknown, after = () => {}): Database.Statement {
  for (const name of ['run', 'all', 'get'] as const) {
    const inner = statement[name].bind(statement);
    statement[name] = ((...values: unknown[]) => {
      before();
      const result = inner(...values);
      after();
      return result;
    }) as never;
  }
  return statement;
}

function beforeCommit() {
  pass('before a commit');
  for (const table of written) pass(beforeCommitOf(table));
  if (forgetsTold) pass('before the commit that forgets what was told');
  forgetsTold = false;
}

function afterCommit() {
  pass('after a commit');
  for (const table of written) pass(afterCommitOf(table));
  written.clear();
}

const end = ServerResponse.prototype.end;
ServerResponse.prototype.end = function (this: ServerResponse, ...rest: unknown[]) {
  const answer = nameOf(this);
  if (answer) pass(`before the ${answer}`);
  const result = Reflect.apply(end, this, rest);
  if (answer) pass(`after the ${answer}`);
  return result;
} as typeof end;

function nameOf({ req, statusCode }: ServerResponse): '201' | '202' | '200 to the gateway' | undefined {
  if (statusCode === 201 || statusCode === 202) return `${statusCode}`;
  return statusCode === 200 && req.url?.startsWith('/callbacks/') ? '200 to the gateway' : undefined;
}

/** undici tells of each request: when it is made, when its first bytes are written, when an answer begins. */
const IN_UNDICI = [
  ['undici:request:create', 'before the push leaves'],
  ['undici:client:sendHeaders', 'while the push leaves'],
  ['undici:request:headers', 'after the push is answered'],
] as const;
for (const [channel, point] of IN_UNDICI)
  subscribe(channel, message => {
    const { request } = message as { request: { path: string } };
    if (request.path.includes('stkpush')) pass(point);
  });
