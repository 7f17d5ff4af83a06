import type { Server } from 'node:http';
import { seatOf } from './box-office/seats.ts';
import { isPostgres } from './database/open-database.ts';
import { type IsOurs, isFromOurs } from './http/origins.ts';
import { bookingOf, chargeOf } from './model/paid-for.ts';
import { officeEvents } from './office-events.ts';
import { gatewaysOf, type Parts, seeingNow } from './parts.ts';
import { askIfStale } from './payment/ask-if-stale.ts';
import type { OfficeEvent } from './realtime/office.ts';
import { type Realtime, startRealtime } from './realtime/realtime.ts';
import type { Wire } from './realtime/wire.ts';
import { seeBooking } from './view/booking-view.ts';
import { seeCharge } from './view/charge-view.ts';
import { seeProgrammeVersion, seeShowing } from './view/showing-view.ts';

/** Only PostgreSQL has several processes, and only who uses it waits for its driver to be loaded. */
export async function openWire({ clock, config, log }: Parts): Promise<Wire | null> {
  if (!isPostgres(config.database)) return null;
  const { openPostgresWire } = await import('./realtime/postgres-wire.ts');
  const failed = (error: Error) => log.warn({ err: error }, 'the wire to other processes is down');
  return openPostgresWire({ url: config.database, clock, failed });
}

/** What browsers may watch, each as it is seen by whoever asks for it. */
export function openSockets(
  http: Server,
  parts: Parts,
  { isOurs, wire }: { isOurs: IsOurs; wire: Wire | null },
): Realtime {
  const { seat, seatAgain } = seatOf(parts);
  const asked = begun(parts);
  return startRealtime(http, {
    clock: parts.clock,
    wire,
    limited: parts.config.rules.limited,
    accepts: request => isFromOurs(request, isOurs),
    seeBooking: asked(async id => {
      await askIfStale(parts, bookingOf(id));
      return seeBooking(parts.database.read(), id, seeingNow(parts));
    }),
    seeCharge: asked(async id => {
      await askIfStale(parts, chargeOf(id));
      return seeCharge(parts.database.read(), id, seeingNow(parts));
    }),
    seeShowing: asked(id => seeShowing(parts.database.read(), id, gatewaysOf(parts.lines))),
    seeProgrammeVersion: asked(() => seeProgrammeVersion(parts.database.read())),
    office: { seat: asked(seat), seatAgain: asked(seatAgain), events: officeEvents(parts).map(hearing(parts)) },
    failed: error => parts.log.error({ err: error }, 'a socket failed'),
  });
}

/** A socket may be gone before it has its answer: whoever closes the database waits for that all the same. */
function begun(parts: Parts) {
  return <Wish extends unknown[], T>(look: (...wish: Wish) => Promise<T>) =>
    (...wish: Wish) => {
      const work = look(...wish);
      const ended = work.catch(() => {}); // Whoever asked hears of a failure.
      parts.inBackground('a question by socket', ended);
      return work;
    };
}

function hearing(parts: Parts) {
  const asked = begun(parts);
  return (event: OfficeEvent): OfficeEvent => ({
    ...event,
    hear(wish, seat) {
      const hearing = event.hear(wish, seat);
      return hearing && asked(() => hearing)();
    },
  });
}
