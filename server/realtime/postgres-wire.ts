import { Socket } from 'node:net';
import { createAdapter } from '@socket.io/postgres-adapter';
import pg from 'pg';
import { type Clock, every } from '../../shared/clock.ts';
import { NEWS_CHANNEL, type Wire } from './wire.ts';

const NEVER_MS = 2 ** 31 - 1; // The adapter's table for large messages does not exist: ours are small, and nothing in it ages.
const ANSWERED_WITHIN_MS = 5_000;
const LOOK_MS = 5_000; // News may be missed for about as long as these two, without anybody knowing.

interface WireParts {
  url: string;
  clock: Clock;
  failed(error: Error): void;
}

/**
 * What the Socket.IO adapter needs of a pool, and what a plain pool gets wrong for it: with several connections messages
 * overtake each other, a listening connection that breaks is never given back, and nobody hears its error event. The same
 * connection hears the news. The adapter takes for its own, and leaves alone, what names no namespace.
 */
export async function openPostgresWire(parts: WireParts): Promise<Wire> {
  const { url, failed } = parts;
  const ears = { heard: (_news: string) => {}, back: () => {} };
  const clients = new Set<pg.Client>();
  const sender = new pg.Pool({ connectionString: url, max: 1, query_timeout: ANSWERED_WITHIN_MS, keepAlive: true });
  sender.on('error', failed);
  sender.on('connect', client => client.on('error', failed));
  let closed = false;

  async function listen() {
    const { client, stop } = await openListener(parts, news => ears.heard(news));
    const forget = () => {
      stop();
      clients.delete(client);
    };
    const release = () => {
      forget(); // The adapter has taken all listeners away by now.
      void client.end();
    };
    clients.add(client);
    client.once('end', forget);
    return Object.assign(client, { release });
  }

  let first: ReturnType<typeof listen> | undefined = Promise.resolve(await listen());
  async function connect() {
    const waiting = first;
    first = undefined;
    if (waiting) return waiting;
    if (closed) return new Promise<never>(() => {}); // Refused, the adapter would try for ever.
    const client = await listen();
    ears.back();
    return client;
  }

  const pool = { query: (sql: string, values?: unknown[]) => sender.query(sql, values), connect };
  return {
    adapter: createAdapter(pool as unknown as pg.Pool, { cleanupInterval: NEVER_MS, errorHandler: failed }),
    listen: to => void Object.assign(ears, to),
    async close() {
      if (closed) return; // A pool refuses to be ended twice.
      closed = true;
      await Promise.all([...clients].map(client => client.end()));
      await sender.end();
    },
  };
}

/** Asks now and then whether anybody is there: what is half dead says no word, and its end starts the next. */
async function openListener({ url, clock, failed }: WireParts, heard: (news: string) => void) {
  const socket = new Socket();
  const client = new pg.Client({
    ...{ connectionString: url, application_name: 'tiketi-news', query_timeout: ANSWERED_WITHIN_MS },
    ...{ keepAlive: true, stream: () => socket },
  });
  client.on('error', failed);
  client.on('notification', ({ channel, payload = '' }) => {
    if (channel === NEWS_CHANNEL) heard(payload);
  });
  await client.connect();
  await client.query(`listen "${NEWS_CHANNEL}"`);
  const ask = () =>
    client.query('select 1').then(
      () => {},
      () => void socket.destroy(),
    );
  return { client, stop: every(clock, LOOK_MS, ask) };
}
