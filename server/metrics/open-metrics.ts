import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { look, type Sights } from './look.ts';
import type { Instruments } from './prometheus.ts';
import { startTail } from './tail.ts';

const GOOD_FOR_MS = 5_000; // However often somebody scrapes, the database is looked at no more often.
const PATIENCE_MS = 3_000; // Then the last figures are given: Prometheus' own patience is ten seconds.

/**
 * Answers `GET /metrics` on an address of its own, which no proxy leads to. `begin` takes what there is to look at; before
 * it, there is nothing to see yet. This door alone keeps no process alive.
 */
export async function openMetrics({ host, port }: { host: string; port: number }, instruments: Instruments) {
  let refresh: Refresh | undefined;
  const http = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') response.writeHead(404).end();
    else if (!refresh) response.writeHead(503).end();
    else void refresh.look().then(() => answer(response, instruments));
  });
  http.listen(port, host);
  await once(http, 'listening');
  http.unref();
  return {
    port: (http.address() as AddressInfo).port,
    /** `settleMs`: how long a number of the audit trail may be given and not committed. */
    async begin(sights: Sights, settleMs: number) {
      const tail = await startTail(sights.read(), sights.clock.now(), settleMs);
      refresh = createRefresh(instruments, sights, () => look(instruments, sights, tail));
    },
    async stop() {
      http.close();
      http.closeAllConnections();
      await refresh?.idle();
    },
  };
}

async function answer(response: ServerResponse, { registry }: Instruments) {
  const text = await registry.metrics();
  response.writeHead(200, { 'Content-Type': registry.contentType }).end(text);
}

interface Refresh {
  look(): Promise<void>;
  /** Resolves when nobody looks at anything. */
  idle(): Promise<void>;
}

/** One look at a time, and none that is newer than it must be. A database that does not answer holds nobody up for long. */
function createRefresh({ looked }: Instruments, { clock, failed }: Sights, lookNow: () => Promise<void>): Refresh {
  let lookedAt: Date | null = null;
  let looking: Promise<void> | null = null;

  async function lookOnce() {
    try {
      await lookNow();
      lookedAt = clock.now();
      looked.set(1);
    } catch (error) {
      looked.set(0);
      failed(error);
    }
    looking = null;
  }

  async function lookIfDue() {
    if (lookedAt !== null && +clock.now() - +lookedAt < GOOD_FOR_MS) return;
    looking ??= lookOnce();
    const late = Promise.withResolvers<void>();
    const stopWaiting = clock.after(PATIENCE_MS, late.resolve);
    const isLate = late.promise.then(() => looked.set(0));
    await Promise.race([looking, isLate]);
    stopWaiting();
  }

  return { look: lookIfDue, idle: async () => void (await looking) };
}
