import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Logger, pino } from 'pino';
import { type Clock, systemClock } from '../shared/clock.ts';
import { type Random, systemRandom } from '../shared/random.ts';
import { createApp } from './app.ts';
import { createBoardTeller } from './board/tell-board.ts';
import { ensureManager } from './box-office/first-manager.ts';
import { seatOf } from './box-office/seats.ts';
import type { Config } from './config.ts';
import { dataKeyFor } from './database/data-key.ts';
import { type Database, openDatabase } from './database/open-database.ts';
import { refuseOtherMode, rememberOrRefuse, rememberSecret } from './database/remember.ts';
import { createVault } from './database/vault.ts';
import { createDoorTeller } from './door/tell-door.ts';
import { createSend, type Send } from './gateway/send.ts';
import { type IsOurs, isFromOurs, ownOrigins } from './http/origins.ts';
import { createRateLimits } from './http/rate-limits.ts';
import { startJanitor } from './janitor.ts';
import { bookingOf, chargeOf } from './model/paid-for.ts';
import { officeEvents } from './office-events.ts';
import { openGateways } from './open-gateways.ts';
import { gatewaysOf, type Parts, seeingNow } from './parts.ts';
import { askIfStale } from './payment/ask-if-stale.ts';
import { NO_SOCKETS } from './realtime/office.ts';
import { type Realtime, startRealtime } from './realtime/realtime.ts';
import { type OutboxRow, startRelay } from './relay.ts';
import { isLoopback } from './settings/meaning.ts';
import { fillProgramme } from './show/fill-programme.ts';
import { tellTill } from './till/events.ts';
import { seeBooking } from './view/booking-view.ts';
import { seeCharge } from './view/charge-view.ts';
import { seeProgrammeVersion, seeShowing } from './view/showing-view.ts';

const CLIENT_FOLDER = `${import.meta.dirname}/../dist`;
const HEADERS_TIMEOUT_MS = 10_000; // For all headers of a request: a slow sender must not hold a connection.
const LOOK_AT_CONNECTIONS_MS = 1_000; // How exactly the two below are kept.
const REQUEST_TIMEOUT_MS = 20_000; // For the whole request.

/** What a test hands in instead of the real thing. */
export interface Outside {
  clock?: Clock;
  random?: Random;
  log?: Logger;
  network?: { send: Send; close(): Promise<void> };
  database?: Database;
}

export type StartedServer = Awaited<ReturnType<typeof startServer>>;

/** Everything, listening. `stop` lets work under way end. */
export async function startServer(config: Config, outside: Outside = {}) {
  const http = createImpatientServer();
  const { parts, connect, settled, close } = await assemble(config, outside);
  let isOurs: IsOurs = () => false; // Until the port is known.
  const app = createApp(parts, { isOurs: origin => isOurs(origin), clientFolder: CLIENT_FOLDER }); // Pages that are not built stop us here, before anything listens.
  http.listen(config.port, config.host);
  await once(http, 'listening');
  const port = portOf(http);
  isOurs = ownOrigins(config.publicUrl, [port], isLoopback(config.publicUrl));
  const realtime = openSockets(http, parts, isOurs);
  const staff = tellStaff({ ...parts, office: realtime.office });
  const relay = startRelay({
    clock: parts.clock,
    database: parts.database,
    realtime,
    seeBooking: (em, id) => seeBooking(em, id, seeingNow(parts)),
    seeCharge: (em, id) => seeCharge(em, id, seeingNow(parts)),
    tellOffice: tellTill(parts),
    touchBoard: staff.touch,
    failed: error => parts.log.error({ err: error }, 'the relay stumbled'),
  });
  connect({ wakeRelay: relay.wake, watchers: realtime.watchers, office: realtime.office });
  http.on('request', app.callback());
  const welcome = await ensureManager(parts);
  const janitor = startJanitor(parts);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    parts,
    /** How the first manager signs in; undefined once there is one. */
    welcome,
    /** Resolves when everything that is due has been done: a round of the janitor, work in the background, pushes. */
    async idle() {
      await janitor.idle();
      await settled();
      await relay.idle();
      await staff.idle();
    },
    async stop() {
      await janitor.stop();
      await realtime.close();
      await staff.stop();
      http.closeAllConnections();
      await close(() => relay.stop());
    },
  };
}

function createImpatientServer(): Server {
  return createServer({
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: LOOK_AT_CONNECTIONS_MS,
  });
}

/** Boards and doors, of whatever has changed. */
function tellStaff(parts: Parts & Pick<Realtime, 'office'>) {
  const failed = (error: unknown) => parts.log.error({ err: error }, 'a board was not told');
  const board = createBoardTeller({ ...parts, failed });
  const door = createDoorTeller(parts);
  return {
    touch(changes: readonly OutboxRow[]) {
      board.touch(changes);
      door.touch(changes);
    },
    idle: board.idle,
    async stop() {
      door.stop();
      await board.stop();
    },
  };
}

function openSockets(http: Server, parts: Parts, isOurs: IsOurs) {
  return startRealtime(http, {
    clock: parts.clock,
    limited: parts.config.rules.limited,
    accepts: request => isFromOurs(request, isOurs),
    async seeBooking(id) {
      await askIfStale(parts, bookingOf(id));
      return seeBooking(parts.database.read(), id, seeingNow(parts));
    },
    async seeCharge(id) {
      await askIfStale(parts, chargeOf(id));
      return seeCharge(parts.database.read(), id, seeingNow(parts));
    },
    seeShowing: id => seeShowing(parts.database.read(), id, gatewaysOf(parts.lines)),
    seeProgrammeVersion: () => seeProgrammeVersion(parts.database.read()),
    office: { ...seatOf(parts), events: officeEvents(parts) },
    failed: error => parts.log.error({ err: error }, 'a socket failed'),
  });
}

type Connected = Pick<Parts, 'wakeRelay' | 'watchers' | 'office'>;

/** The parts, and what is left to connect: sockets and relay need them, and they need to wake the relay. */
export async function assemble(config: Config, outside: Outside) {
  const { clock = systemClock, random = systemRandom, log = makeLog(config) } = outside;
  refuseOtherMode(config.databaseFile, config.mode);
  const { network = createSend({ clock }), database = await openDatabase(config.databaseFile) } = outside;
  const vault = createVault(dataKeyFor(config.databaseFile, config.dataKey, random), random);
  await database.write(em => rememberOrRefuse(em, { mode: config.mode, vault }));
  const notificationSecret = await database.write(em => rememberSecret(em, 'notifications', vault, random));
  if (config.sampleData) await database.write(em => fillProgramme(em, clock.now()));
  const background = new Set<Promise<unknown>>();
  const settled = async () => {
    while (background.size > 0) await Promise.all(background);
  };
  const connected: Connected = { wakeRelay: () => {}, watchers: () => 0, office: NO_SOCKETS };
  const parts: Parts = {
    config,
    clock,
    random,
    log,
    database,
    vault,
    lines: openGateways(config, notificationSecret, { clock, database, vault, send: network.send }),
    notificationSecret,
    limits: createRateLimits(() => clock.now(), config.rules.limited),
    wakeRelay: () => connected.wakeRelay(),
    get office() {
      return connected.office;
    },
    watchers: bookingId => connected.watchers(bookingId),
    inBackground(what, work) {
      const tracked = work
        .catch(error => log.error({ err: error }, `${what} failed`))
        .finally(() => background.delete(tracked));
      background.add(tracked);
    },
  };
  return {
    parts,
    connect: (to: Partial<Connected>) => void Object.assign(connected, to),
    settled,
    async close(stopRelay: () => Promise<void>) {
      await network.close();
      await settled();
      await stopRelay();
      await database.close();
    },
  };
}

/** Errors of libraries may quote what they were given: phone numbers and tokens have no place in a log. */
function makeLog(config: Config): Logger {
  return pino({ level: config.logLevel, redact: ['phone', '*.phone', '*.body', '*.token'] });
}

function portOf(http: Server): number {
  return (http.address() as AddressInfo).port;
}
