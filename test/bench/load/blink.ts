import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { eachOf, RawSocket } from '../../support/raw-socket.ts';

const WATCHED_BY_ONE = 10; // Bookings of one socket.
const POLL_MS = 5_000;
const PATIENCE_MS = 2 * POLL_MS;

/** Callbacks at an even rate, and somebody who watches each booking, or asks for it every five seconds. */
export interface BlinkJob {
  url: string;
  pending: { bookingId: string; path: string; body: string }[];
  perSecond: number;
  how: 'pushed' | 'polled';
}

/** In milliseconds, from just before the callback was sent until its booking was seen confirmed. */
export interface Blinks {
  p50: number;
  p99: number;
  seen: number;
}

process.once('message', async (job: BlinkJob) => {
  process.send?.(await run(job));
});

const sentAt = new Map<string, number>();
const took: number[] = [];

async function run({ url, pending, perSecond, how }: BlinkJob): Promise<Blinks> {
  const pool = new Pool(url, { connections: 32 });
  const ids = pending.map(({ bookingId }) => bookingId);
  if (how === 'pushed') await watchAll(url, ids);
  else for (const id of ids) void poll(pool, id);
  const begun = performance.now();
  for (const [number, { bookingId, path, body }] of pending.entries()) {
    const waitMs = begun + (number / perSecond) * 1_000 - performance.now();
    if (waitMs > 0) await setTimeout(waitMs);
    sentAt.set(bookingId, performance.now());
    void pool
      .request({ method: 'POST', path, body, headers: { 'content-type': 'application/json' } })
      .then(answer => answer.body.dump());
  }
  const givingUp = performance.now() + PATIENCE_MS;
  while (took.length < pending.length && performance.now() < givingUp) await setTimeout(20);
  took.sort((one, other) => one - other);
  const at = (part: number) => took[Math.floor(part * (took.length - 1))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), seen: took.length };
}

function see(bookingId: string) {
  const sent = sentAt.get(bookingId);
  if (sent === undefined) return;
  took.push(performance.now() - sent);
  sentAt.delete(bookingId);
}

async function watchAll(url: string, ids: readonly string[]) {
  const groups = Array.from({ length: Math.ceil(ids.length / WATCHED_BY_ONE) }, (_, group) =>
    ids.slice(group * WATCHED_BY_ONE, (group + 1) * WATCHED_BY_ONE),
  );
  await eachOf(groups, 20, async group => {
    const socket = await RawSocket.open(url, (event, message) => {
      const view = message as { bookingId: string; state: string };
      if (event === 'booking:changed' && view.state === 'confirmed') see(view.bookingId);
    });
    for (const bookingId of group) await socket.ask('booking:watch', { bookingId });
  });
}

/** Like a page that knows no better; each began at a moment of its own. */
async function poll(pool: Pool, bookingId: string) {
  await setTimeout(Math.random() * POLL_MS);
  for (;;) {
    const { body } = await pool.request({ method: 'GET', path: `/api/v1/bookings/${bookingId}` });
    const { state } = (await body.json()) as { state: string };
    if (state === 'confirmed') return see(bookingId);
    await setTimeout(POLL_MS);
  }
}
