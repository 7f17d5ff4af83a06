import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomHex } from '../shared/random.ts';
import { createApp } from './app.ts';
import { assemble, type Outside } from './assemble.ts';
import { ensureManager } from './box-office/first-manager.ts';
import type { Config } from './config.ts';
import { createReadiness, staleAfter } from './health/readiness.ts';
import { createDrain } from './http/drain.ts';
import { type IsOurs, ownOrigins } from './http/origins.ts';
import { startJanitor } from './janitor.ts';
import { createLeaving } from './leave.ts';
import { startPostman } from './mail/postman.ts';
import { measure } from './measure.ts';
import { openSockets, openWire } from './open-sockets.ts';
import type { Parts } from './parts.ts';
import { isLoopback } from './settings/meaning.ts';
import { carryNews, tellStaff } from './tell-watchers.ts';

const CLIENT_FOLDER = `${import.meta.dirname}/../dist`;
const RELAY_STALE_MS = 15_000; // It goes round every second.
const JANITOR_STALE_MS = 120_000; // So does it, but a round may wait for a gateway.
const HEADERS_TIMEOUT_MS = 10_000; // For all headers of a request: a slow sender must not hold a connection.
const LOOK_AT_CONNECTIONS_MS = 1_000; // How exactly the two below are kept.
const REQUEST_TIMEOUT_MS = 20_000; // For the whole request.

export type StartedServer = Awaited<ReturnType<typeof startServer>>;

/** Everything, listening. `stop` lets work under way end; `left` says what it still waits for. */
export async function startServer(config: Config, outside: Outside = {}) {
  const http = createImpatientServer();
  const assembled = await assemble(config, outside);
  const { parts, background, connect } = assembled;
  const drain = createDrain(http, parts.clock);
  const readiness = createReadiness(parts);
  let isOurs: IsOurs = () => false; // Until the port is known.
  const app = createApp(parts, { isOurs: origin => isOurs(origin), clientFolder: CLIENT_FOLDER, readiness }); // Pages that are not built stop us here, before anything listens.
  const metrics = await measure(parts, assembled.instruments);
  const wire = await openWire(parts); // From `listening` on nothing waits: a request that nobody takes would hang.
  http.listen(config.port, config.host);
  await once(http, 'listening').catch(
    error => wire?.close().then(() => Promise.reject(error)) ?? Promise.reject(error),
  );
  const port = portOf(http);
  isOurs = ownOrigins(config.publicUrl, [port], isLoopback(config.publicUrl));
  const realtime = openSockets(http, parts, { isOurs, wire });
  const staff = tellStaff({ ...parts, office: realtime.office });
  const postman = startPostman(parts);
  const relay = carryNews(parts, { realtime, staff, postman, self: wire && randomHex(parts.random) });
  wire?.listen({ heard: relay.hear, back: () => parts.inBackground('asking again', realtime.askAgain()) });
  connect({ wakeRelay: relay.wake, watchers: realtime.watchers, office: realtime.office });
  answerWith(app, http, parts);
  const welcome = await ensureManager(parts);
  const janitor = startJanitor(parts);
  readiness.add('relay', staleAfter(RELAY_STALE_MS, parts.clock, relay.wellAt));
  readiness.add('janitor', staleAfter(JANITOR_STALE_MS, parts.clock, janitor.wellAt));
  await metrics?.begin({ realtime, readiness });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    /** Where /metrics is answered; null: nowhere. */
    metricsPort: metrics?.port ?? null,
    parts,
    /** How the first manager signs in; undefined once there is one. */
    welcome,
    /** Resolves when everything that is due has been done: a round of the janitor, work in the background, pushes. */
    async idle() {
      for (const one of [janitor, background, relay, staff]) await one.idle();
    },
    ...createLeaving({ ...assembled, http, drain, readiness, janitor, postman, realtime, staff, relay, wire, metrics }),
  };
}

function createImpatientServer(): Server {
  return createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: LOOK_AT_CONNECTIONS_MS,
  });
}

/** Who hangs up leaves the work behind: it is waited for as what goes on in the background is. */
function answerWith(app: ReturnType<typeof createApp>, http: Server, { inBackground }: Parts) {
  const handle = app.callback();
  http.on('request', (request, answer) => {
    const handled = handle(request, answer);
    answer.once('close', () => {
      if (!answer.writableEnded) inBackground('a request that nobody waits for', handled);
    });
  });
}

function portOf(http: Server): number {
  return (http.address() as AddressInfo).port;
}
