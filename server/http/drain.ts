import type { Server, ServerResponse } from 'node:http';
import { Server as Listener, type Socket } from 'node:net';
import type { Clock } from '../../shared/clock.ts';

const CUT_MS = 10_000; // Every answer is given long before; who does not fetch it by then is not there any more.

/** The door of a server that is about to stop. */
export interface Drain {
  /** Requests that were begun and not answered yet. */
  underWay(): number;
  /** From now on every answer ends its connection: whoever comes again finds another process. */
  begin(): void;
  /** Takes no new connection, and resolves when every request was answered. Kept connections may still ask for `lingerMs`. */
  end(lingerMs: number): Promise<void>;
}

/** Must be called before anything else listens to `http`. */
export function createDrain(http: Server, clock: Clock): Drain {
  const answers = new Set<ServerResponse>();
  const connections = keepConnections(http);
  const done = Promise.withResolvers<void>();
  let isBegun = false;
  let mayEnd = false;

  function look() {
    if (mayEnd && answers.size === 0) done.resolve();
  }

  http.on('request', (_, answer) => {
    answers.add(answer);
    if (isBegun) endAfter(answer);
    answer.once('close', () => {
      answers.delete(answer);
      look();
    });
  });
  return {
    underWay: () => answers.size,
    begin() {
      isBegun = true;
      for (const answer of answers) endAfter(answer);
    },
    async end(lingerMs) {
      const stopCutting = clock.after(CUT_MS, () => http.closeAllConnections());
      Listener.prototype.close.call(http); // http's own would cut kept connections on which a request is just arriving.
      await linger(connections, lingerMs, clock);
      mayEnd = true;
      look();
      await done.promise;
      http.closeIdleConnections();
      stopCutting();
    },
  };
}

function endAfter(answer: ServerResponse) {
  if (!answer.headersSent) answer.setHeader('Connection', 'close');
}

/** Those that may still ask something: WebSockets are not among them. */
function keepConnections(http: Server): Set<Socket> {
  const connections = new Set<Socket>();
  http.on('connection', connection => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  http.on('upgrade', (_request, connection) => connections.delete(connection as Socket));
  return connections;
}

/** A request may be on its way to us on a connection that we have promised to keep. */
async function linger(connections: Set<Socket>, ms: number, clock: Clock): Promise<void> {
  if (ms === 0 || connections.size === 0) return;
  const over = Promise.withResolvers<void>();
  const stopWaiting = clock.after(ms, over.resolve);
  const closed = [...connections].map(connection => new Promise(gone => connection.once('close', gone)));
  await Promise.race([over.promise, Promise.all(closed)]);
  stopWaiting();
}
