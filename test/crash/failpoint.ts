import { subscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import Database from 'better-sqlite3';
import pg from 'pg';
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

/** What one open transaction has written so far. */
class Transaction {
  readonly #written = new Set<(typeof PROMISING_TABLES)[number]>();
  #forgetsTold = false;

  wrote(sql: string) {
    const table = PROMISING_TABLES.find(one => new RegExp(`^insert into .?${one}\\b`).test(sql));
    if (table) this.#written.add(table);
    if (/^delete from .?outbox\b/.test(sql)) this.#forgetsTold = true;
  }

  beforeCommit() {
    pass('before a commit');
    for (const table of this.#written) pass(beforeCommitOf(table));
    if (this.#forgetsTold) pass('before the commit that forgets what was told');
    this.#forgetsTold = false;
  }

  afterCommit() {
    pass('after a commit');
    for (const table of this.#written) pass(afterCommitOf(table));
    this.#written.clear();
  }
}

/** SQLite has one. */
const only = new Transaction();

const prepare = Database.prototype.prepare;
Database.prototype.prepare = function (this: Database.Database, sql: string) {
  const statement = prepare.call(this, sql);
  if (sql === 'commit')
    return around(
      statement,
      () => only.beforeCommit(),
      () => only.afterCommit(),
    );
  return around(statement, () => only.wrote(sql));
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

/** PostgreSQL has one for each connection. */
const ofConnections = new WeakMap<object, Transaction>();
const query = pg.Client.prototype.query as (...asked: unknown[]) => Promise<unknown>;
pg.Client.prototype.query = async function (this: object, ...asked: unknown[]) {
  const transaction = ofConnections.get(this) ?? new Transaction();
  ofConnections.set(this, transaction);
  const sql = textOf(asked[0]);
  transaction.wrote(sql);
  if (sql === 'commit') transaction.beforeCommit();
  const answer = await query.apply(this, asked);
  if (sql === 'commit') transaction.afterCommit();
  return answer;
} as typeof pg.Client.prototype.query;

/** Statements with values come under a name. */
function textOf(asked: unknown): string {
  return typeof asked === 'object' && asked !== null && 'text' in asked ? String(asked.text) : String(asked);
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
