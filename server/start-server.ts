import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { assemble, type Outside } from './assemble.ts';
import { createBoardTeller } from './board/tell-board.ts';
import { ensureManager } from './box-office/first-manager.ts';
import { seatOf } from './box-office/seats.ts';
import { createExceptionTeller } from './box-office/tell-exceptions.ts';
import type { Config } from './config.ts';
import { createDoorTeller } from './door/tell-door.ts';
import { type IsOurs, isFromOurs, ownOrigins } from './http/origins.ts';
import { startJanitor } from './janitor.ts';
import { type Postman, startPostman } from './mail/postman.ts';
import { queueMails } from './mail/queue-mails.ts';
import { bookingOf, chargeOf } from './model/paid-for.ts';
import { officeEvents } from './office-events.ts';
import { gatewaysOf, type Parts, seeingNow } from './parts.ts';
import { askIfStale } from './payment/ask-if-stale.ts';
import { type Realtime, startRealtime } from './realtime/realtime.ts';
import { type OutboxRow, startRelay } from './relay.ts';
import { isLoopback } from './settings/meaning.ts';
import { tellTill } from './till/events.ts';
import { seeBooking } from './view/booking-view.ts';
import { seeCharge } from './view/charge-view.ts';
import { seeProgrammeVersion, seeShowing } from './view/showing-view.ts';

const CLIENT_FOLDER = `${import.meta.dirname}/../dist`;
const HEADERS_TIMEOUT_MS = 10_000; // For all headers of a request: a slow sender must not hold a connection.
const LOOK_AT_CONNECTIONS_MS = 1_000; // How exactly the two below are kept.
const REQUEST_TIMEOUT_MS = 20_000; // For the whole request.

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
  const postman = startPostman(parts);
  const relay = carryNews(parts, { realtime, staff, postman });
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
      await postman?.stop();
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

/** What was committed goes to whoever watches, and where customers get mail, into the postman's bag. */
function carryNews(
  parts: Parts,
  { realtime, staff, postman }: { realtime: Realtime; staff: ReturnType<typeof tellStaff>; postman: Postman | null },
) {
  return startRelay({
    clock: parts.clock,
    database: parts.database,
    realtime,
    seeBooking: (em, id) => seeBooking(em, id, seeingNow(parts)),
    seeCharge: (em, id) => seeCharge(em, id, seeingNow(parts)),
    tellOffice: tellTill(parts),
    touchBoard: staff.touch,
    mail: postman && { queue: (em, ids) => queueMails(em, ids, parts.clock.now()), wake: postman.wake },
    failed: error => parts.log.error({ err: error }, 'the relay stumbled'),
  });
}

/** Boards, doors and lists of exceptions, of whatever has changed. */
function tellStaff(parts: Parts & Pick<Realtime, 'office'>) {
  const failed = (error: unknown) => parts.log.error({ err: error }, 'a board was not told');
  const board = createBoardTeller({ ...parts, failed });
  const door = createDoorTeller(parts);
  const exceptions = createExceptionTeller({ ...parts, failed });
  return {
    touch(changes: readonly OutboxRow[]) {
      board.touch(changes);
      door.touch(changes);
      exceptions.touch(changes);
    },
    async idle() {
      await board.idle();
      await exceptions.idle();
    },
    async stop() {
      door.stop();
      await exceptions.stop();
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

function portOf(http: Server): number {
  return (http.address() as AddressInfo).port;
}
