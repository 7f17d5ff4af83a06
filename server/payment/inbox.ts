import { isAlone } from '../database/lock.ts';
import type { Parts } from '../parts.ts';
import { settleCallback } from './settle-callback.ts';

const TOGETHER = 64; // Share a commit, which costs nearly the same for many; and are done soon enough for whoever comes meanwhile.
const TOGETHER_APART = 4; // Each has a connection for long where commits are not shared: who stores must find one too.
const BURST = 32; // Being stored at the same moment. A disk that is slow for a tenth of a second, at the pace of an on-sale, is none.
const IN_A_BURST = 1; // Beside dozens that are stored: settling one takes some five times as long as storing one.
const LATELY_MS = 50; // Who was just answered comes again about now.

/** What gateways report, between "stored" and "settled". */
export interface Inbox {
  /** Resolves as `storing` does. Where many do so at once, and a moment longer, settling steps back. */
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
  const most = isAlone(parts.database.read()) ? TOGETHER : TOGETHER_APART;
  const waiting: number[] = [];
  let arriving = 0;
  let burstAt = -LATELY_MS;
  let settling = 0;

  function noticeBurst() {
    if (arriving >= BURST) burstAt = +parts.clock.now();
  }

  function goOn() {
    const isBurst = +parts.clock.now() - burstAt < LATELY_MS;
    while (settling < (isBurst ? IN_A_BURST : most)) {
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
      noticeBurst();
      try {
        return await storing;
      } finally {
        noticeBurst(); // Its commit may have taken longer than "lately".
        arriving--;
        goOn();
      }
    },
    settle(callbackId) {
      waiting.push(callbackId);
      goOn();
    },
  };
}
