import { io } from 'socket.io-client';
import * as v from 'valibot';
import type { Stop } from '../../shared/clock.ts';
import { type Answered, NO_OFFICE_ANSWER, readTrouble } from './office-api.ts';

const ANSWER_WITHIN_MS = 5_000; // A suspended laptop wakes up with connections that are dead and do not know it.

/** The namespace of the box office. What comes out of it is unchecked: hand in a schema, or check it yourself. */
export interface OfficeSocket {
  isOpen(): boolean;
  /** At every connect, and at once if it is open already: the time to watch, and to watch again. */
  onOpen(then: () => void): Stop;
  on<T>(event: string, schema: v.GenericSchema<unknown, T>, then: (message: T) => void): Stop;
  /** Asks, and has one answer: what `schema` says, or a trouble. */
  ask<T>(event: string, wish: object, schema: v.GenericSchema<unknown, T>): Promise<Answered<T>>;
}

export interface OfficeConnection extends OfficeSocket {
  connect(): void;
  disconnect(): void;
}

export interface ConnectionNews {
  opened(): void;
  lost(): void;
  /** The server ended it, or let it in no more: the session is over, or locked. */
  shutOut(): void;
}

export function openOfficeSocket(news: ConnectionNews): OfficeConnection {
  const socket = io('/box-office', {
    transports: ['websocket'],
    autoConnect: false,
    randomizationFactor: 0.8,
    reconnectionDelayMax: 5_000,
  });
  socket.on('connect', news.opened);
  socket.on('disconnect', reason => {
    if (reason === 'io server disconnect') news.shutOut();
    else if (reason !== 'io client disconnect') news.lost();
  });
  // Without `active` it was the server that refused; with it the network, and the socket tries again by itself.
  socket.on('connect_error', () => (socket.active ? news.lost() : news.shutOut()));
  return {
    isOpen: () => socket.connected,
    onOpen(then) {
      socket.on('connect', then);
      if (socket.connected) then();
      return () => void socket.off('connect', then);
    },
    on(event, schema, then) {
      const hear = (message: unknown) => {
        const parsed = v.safeParse(schema, message);
        if (parsed.success) then(parsed.output);
      };
      socket.on(event, hear);
      return () => void socket.off(event, hear);
    },
    async ask(event, wish, schema) {
      if (!socket.connected) return { trouble: NO_OFFICE_ANSWER };
      const answer: unknown = await socket
        .timeout(ANSWER_WITHIN_MS)
        .emitWithAck(event, wish)
        .catch(() => undefined);
      const parsed = v.safeParse(schema, answer);
      if (parsed.success) return { value: parsed.output };
      const refusal = v.safeParse(v.object({ problem: v.unknown() }), answer);
      return { trouble: refusal.success ? readTrouble(refusal.output.problem) : NO_OFFICE_ANSWER };
    },
    connect: () => void socket.connect(),
    disconnect: () => void socket.disconnect(),
  };
}
