import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { look, type Sights } from './look.ts';
import type { Instruments } from './prometheus.ts';
import { startTail } from './tail.ts';

const GOOD_FOR_MS = 5_000; // However often somebody scrapes, the database is looked at no more often.
const PATIENCE_MS = 3_000; // Then the last figures are given: Prometheus' own patience is ten seconds.

export interface Place {
  host: string;
  port: number;
  /** How long a number of the audit trail may be given and not committed. */
  settleMs: number;
}

/** Answers `GET /metrics` on an address of its own, which no proxy leads to. */
export async function serveMetrics({ host, port, settleMs }: Place, instruments: Instruments, sights: Sights) {
  const tail = await startTail(sights.read(), sights.clock.now(), settleMs);
  const refresh = createRefresh(instruments, sights, () => look(instruments, sights, tail));
  const http = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') response.writeHead(404).end();
    else void refresh().then(() => answer(response, instruments));
  });
  http.listen(port, host);
  await once(http, 'listening');
  return {
    port: (http.address() as AddressInfo).port,
    async stop() {
      http.closeAllConnections();
      http.close();
      await refresh.idle();
    },
  };
}

async function answer(response: ServerResponse, { registry }: Instruments) {
  const text = await registry.metrics();
  response.writeHead(200, { 'Content-Type': registry.contentType }).end(text);
}

/** One look at a time, and none that is newer than it must be. A database that does not answer holds nobody up for long. */
function createRefresh({ looked }: Instruments, { clock }: Sights, lookNow: () => Promise<void>) {
  let lookedAt: Date | null = null;
  let looking: Promise<void> | null = null;

  async function lookOnce() {
    try {
      await lookNow();
      lookedAt = clock.now();
      looked.set(1);
    } catch {
      looked.set(0); // Why, /readyz says, and the log.
    }
    looking = null;
  }

  async function refresh() {
    if (lookedAt !== null && +clock.now() - +lookedAt < GOOD_FOR_MS) return;
    looking ??= lookOnce();
    const late = Promise.withResolvers<void>();
    const stopWaiting = clock.after(PATIENCE_MS, late.resolve);
    const isLate = late.promise.then(() => looked.set(0));
    await Promise.race([looking, isLate]);
    stopWaiting();
  }

  return Object.assign(refresh, { idle: async () => void (await looking) });
}
