import { type Clock, pause } from '../../shared/clock.ts';
import type { Io } from './realtime.ts';

const NAMESPACES = ['/', '/box-office'];
const TURN_MS = 100;
const TOGETHER = 100; // Of those that come back at once, each a handshake and some questions: so, a thousand a second.
const TURNS_MAX = 50; // Five seconds for everybody, or the machine would be stopped before us.

/**
 * Ends the connections a few at a time. A page that was not told to stay away comes back by itself, to whichever process
 * is there then, within its own random pause; so nobody is overrun by all of them at once.
 */
export async function sendAway(io: Io, clock: Clock): Promise<void> {
  const sockets = NAMESPACES.flatMap(name => [...io.of(name).sockets.values()]);
  const connections = [...new Set(sockets.map(({ conn }) => conn))];
  const together = Math.max(TOGETHER, Math.ceil(connections.length / TURNS_MAX));
  for (let first = 0; first < connections.length; first += together) {
    if (first > 0) await pause(clock, TURN_MS);
    for (const connection of connections.slice(first, first + together)) connection.close();
  }
}
