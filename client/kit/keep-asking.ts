import { type Clock, every, type Stop } from '../../shared/clock.ts';
import type { Presence } from './presence.ts';

const ASK_EVERY_MS = 10_000; // While something is still open; a push that got lost costs no more than this.
const ANSWER_WITHIN_MS = 5_000; // A suspended phone wakes up with connections that are dead and do not know it.

/** What the asking needs to know of a connection. */
export interface Line {
  isOpen(): boolean;
  onOpen(then: () => void): Stop;
}

export interface Asking {
  clock: Clock;
  line: Line;
  presence: Presence;
  /** Asks over the open line; resolves once the answer has been dealt with. */
  overLine(): Promise<void>;
  /** The same over plain HTTP, for browsers whose socket cannot open. */
  overHttp(): Promise<void>;
  /** Whether something may still change by itself. */
  isUnsettled(): boolean;
}

/** Asks at every connect, at every return to the page, and every 10 s while things are unsettled and somebody looks. */
export function keepAsking(asking: Asking): { askNow(): Promise<void>; stop: Stop } {
  const { clock, line, presence, isUnsettled } = asking;
  const askNow = () => ask(asking);
  const stops = [
    line.onOpen(() => void askNow()),
    presence.onReturn(() => void askNow()),
    every(clock, ASK_EVERY_MS, async () => {
      if (presence.isHere() && isUnsettled()) await askNow();
    }),
  ];
  return { askNow, stop: () => stops.forEach(stop => void stop()) };
}

async function ask({ clock, line, overLine, overHttp }: Asking): Promise<void> {
  if (line.isOpen() && (await answersInTime(clock, overLine()))) return;
  await overHttp();
}

function answersInTime(clock: Clock, answer: Promise<void>): Promise<boolean> {
  return new Promise(resolve => {
    const stop = clock.after(ANSWER_WITHIN_MS, () => resolve(false));
    void answer.then(() => {
      stop();
      resolve(true);
    });
  });
}
