import type { Parts } from '../parts.ts';
import { settleCallback } from './settle-callback.ts';

const TOGETHER = 64; // One commit's worth.
const WHILE_MORE_ARRIVES = 4; // Beside dozens that are stored: settling one takes some five times as long as storing one.
const LATELY_MS = 50; // Whoever was just answered comes again about now.

/** What gateways report, between "stored" and "settled". */
export interface Inbox {
  /** Resolves as `storing` does; until then, and a moment longer, settling steps back. */
  arriving<T>(storing: Promise<T>): Promise<T>;
  /** In the order in which they were stored, as soon as there is time. */
  settle(callbackId: number): void;
}

/**
 * A gateway waits seconds for its answer and then calls again, or never; a customer who has paid can wait a little. So in
 * a burst nearly all of the database's time goes to storing and acknowledging, and the rest is settled right after it.
 * Whatever is left here when the server dies is in the database, and the janitor's.
 */
export function createInbox(parts: Parts): Inbox {
  const waiting: number[] = [];
  let arriving = 0;
  let arrivedAt = 0;
  let settling = 0;

  function goOn() {
    const isBurst = arriving > 0 || +parts.clock.now() - arrivedAt < LATELY_MS;
    const most = isBurst ? WHILE_MORE_ARRIVES : TOGETHER;
    while (settling < most) {
      const callbackId = waiting.shift();
      if (callbackId === undefined) return;
      settling++;
      parts.inBackground('settle', settleCallback(parts, callbackId).finally(settledOne));
    }
  }

  function settledOne() {
    settling--;
    goOn();
  }

  return {
    async arriving(storing) {
      arriving++;
      try {
        return await storing;
      } finally {
        arriving--;
        arrivedAt = +parts.clock.now();
        goOn();
      }
    },
    settle(callbackId) {
      waiting.push(callbackId);
      goOn();
    },
  };
}
