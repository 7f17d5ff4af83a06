import type { Server } from 'node:http';
import { type Clock, pause } from '../shared/clock.ts';
import type { Background } from './assemble.ts';
import type { Readiness } from './health/readiness.ts';
import type { Drain } from './http/drain.ts';
import type { Janitor } from './janitor.ts';
import type { Postman } from './mail/postman.ts';
import type { Realtime } from './realtime/realtime.ts';
import type { Wire } from './realtime/wire.ts';
import type { Relay } from './relay.ts';
import type { StaffTellers } from './tell-watchers.ts';

/** Everything that must come to its end. */
interface Running {
  parts: { clock: Clock };
  http: Server;
  drain: Drain;
  readiness: Pick<Readiness, 'drain'>;
  janitor: Janitor;
  postman: Postman | null;
  realtime: Realtime;
  staff: StaffTellers;
  relay: Relay;
  wire: Pick<Wire, 'close'> | null;
  background: Background;
  metrics: { stop(): Promise<void> } | null;
  close(stopReaders: () => Promise<void>): Promise<void>;
}

/** `delayMs`: still taking work, until nobody sends any. `lingerMs`: for what is on its way on kept connections. */
export interface Patience {
  delayMs: number;
  lingerMs: number;
}

const AT_ONCE: Patience = { delayMs: 0, lingerMs: 0 };

export interface Leaving {
  /** No new work; what is under way comes to its end, in the order in which one thing needs another. */
  stop(patience?: Patience): Promise<void>;
  /** What `stop` still waits for, in words for a log. */
  left(): string[];
}

export function createLeaving(running: Running): Leaving {
  const { drain, janitor, postman, realtime, staff, relay, background, metrics } = running;
  const ending = new Set<string>();

  async function end(what: string, work: Promise<unknown> | undefined) {
    ending.add(what);
    await work;
    ending.delete(what);
  }

  async function leaveDoor({ lingerMs }: Patience) {
    await end('requests', drain.end(lingerMs));
    await end('sockets', realtime.close());
    running.http.closeAllConnections();
  }

  return {
    async stop(patience = AT_ONCE) {
      running.readiness.drain();
      drain.begin();
      if (patience.delayMs > 0) await end('the delay', pause(running.parts.clock, patience.delayMs));
      await Promise.all([
        leaveDoor(patience),
        end('a round of the janitor', janitor.stop()),
        end('mails', postman?.stop()),
      ]);
      await staff.stop();
      await end(
        'what goes on in the background',
        running.close(async () => {
          await end('the relay', relay.stop());
          await metrics?.stop();
        }),
      );
      await end('the wire', running.wire?.close());
    },
    left: () => [
      ...ending,
      ...(drain.underWay() > 0 ? [`${drain.underWay()} requests without an answer`] : []),
      ...background.names(),
    ],
  };
}
