import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { BookingAnswer } from '../../shared/views.ts';
import { Customer } from '../support/customer.ts';
import { openVictim, type Victim } from './victim.ts';

const CALLS = 'pwrite64,write,writev,sendto,sendmsg,read,fdatasync,fsync';
const SHOWN_BYTES = '64'; // Of each message: the first line of a request or an answer.
/** A file for each thread, paths for numbers, and no stop at any other call. */
const STRACE = ['strace', '-D', '-ff', '--seccomp-bpf', '-y', '-s', SHOWN_BYTES, '-e', `trace=${CALLS}`];
const PATIENCE_MS = 10_000;

/** What the kernel was asked by one thread, in order. */
export interface Happening {
  call: string;
  /** What was read, written or synced: a path, or `socket:[…]`. */
  file: string;
  fd: string;
  /** The beginning of what was read or written. */
  text: string;
  result: number;
}

/** An answer that promises something, and what had reached the disk when it left. */
export interface Promise2xx {
  request: string;
  status: number;
  /** Something was written to the log for it, or for something else, since the request came in. */
  written: boolean;
  /** Nothing that had been written was still on its way to the disk. */
  synced: boolean;
}

/** Whether the kernel lets us look: strace is there, and tracing is allowed. */
export async function canTrace(): Promise<boolean> {
  const [command = '', ...options] = [...STRACE, '-o', '/dev/null', 'true'];
  return promisify(execFile)(command, options).then(
    () => true,
    () => false,
  );
}

/** So many customers, one after another, at a server under strace; answers what its kernel was asked to do. */
export async function traceServer(customers: number): Promise<Happening[]> {
  const victim = await openVictim({ HOLD_MINUTES: '5', HOLD_CAP_MINUTES: '10' }, 'sqlite');
  const trace = join(dirname(victim.database), 'trace');
  try {
    const life = victim.start({ under: [...STRACE, '-o', trace] });
    assert.ok(await life.opened, 'the server did not start under strace');
    await visit(victim, customers);
    life.kill('SIGTERM');
    await life.ended;
    return await mainThread(trace);
  } finally {
    await victim.close();
  }
}

async function visit({ url, gateway }: Victim, customers: number) {
  const customer = new Customer(url);
  const { showingId } = await customer.payableShowing();
  const { callbacks } = gateway.simulator.parts;
  for (let at = 0; at < customers; at++) {
    const answer = await customer.tryToBook({ showingId, quantity: 1 }, randomUUID());
    const { bookingId } = v.parse(BookingAnswer, answer.body).booking;
    await customer.pay(bookingId, `2547${30_000_000 + at}`);
    await until(() => callbacks[at]?.status === 200);
    await until(async () => (await customer.see(bookingId)).state === 'confirmed');
  }
}

async function until(happened: () => boolean | Promise<boolean>) {
  const givingUp = performance.now() + PATIENCE_MS;
  while (!(await happened())) {
    assert.ok(performance.now() < givingUp, 'it never happened');
    await setTimeout(2);
  }
}

/** The thread that talks to SQLite and to sockets; no other may write to the database. */
async function mainThread(trace: string): Promise<Happening[]> {
  const folder = dirname(trace);
  const names = (await readdir(folder)).filter(name => name.startsWith('trace.'));
  const threads = await Promise.all(names.map(async name => read(await readFile(join(folder, name), 'utf8'))));
  const writing = threads.filter(thread => thread.some(({ file, call }) => isLog(file) && call === 'pwrite64'));
  assert.equal(writing.length, 1, 'one thread writes');
  return writing[0] ?? [];
}

const LINE = /^(\w+)\((\d+)<([^>]*)>(?:, (.*))?\) += (-?\d+)/;

function read(text: string): Happening[] {
  return text.split('\n').flatMap(line => {
    const [, call = '', fd = '', file = '', rest = '', result = ''] = LINE.exec(line) ?? [];
    return call ? [{ call, fd, file, text: /"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1] ?? '', result: Number(result) }] : [];
  });
}

const isLog = (file: string) => file.endsWith('.db-wal');
export const isSync = ({ file, call, result }: Happening) => isLog(file) && /^f(data)?sync$/.test(call) && result === 0;

/** Walks through what happened and looks at each promise as it leaves. */
export function promisesIn(happenings: Happening[]): Promise2xx[] {
  const requests = new Map<string, { line: string; written: boolean }>();
  const promises: Promise2xx[] = [];
  let unsynced = false;
  for (const happening of happenings) {
    const { call, fd, file, text } = happening;
    if (isLog(file) && call === 'pwrite64') {
      unsynced = true;
      for (const request of requests.values()) request.written = true;
    } else if (isSync(happening)) unsynced = false;
    else if (call === 'read' && /^(GET|POST|DELETE) /.test(text))
      requests.set(fd, { line: text.split('\\r\\n')[0] ?? '', written: false });
    else if (text.startsWith('HTTP/1.1 20')) {
      const request = requests.get(fd);
      const status = Number(text.slice(9, 12));
      if (request?.line.startsWith('POST '))
        promises.push({ request: request.line, status, written: request.written, synced: !unsynced });
    }
  }
  return promises;
}
