import type { Clock } from '../../shared/clock.ts';
import type { Answered } from '../box-office/office-api.ts';

const PAUSES_MS = [1_000, 2_000, 3_000, 5_000]; // The last one from then on: a network that comes back is noticed soon.
/** Whether it was done is not known: nothing came back, or the person at the till is away for a moment. */
const LOST = /^(no_answer|internal|locked|not_signed_in)$/;

export interface Asking {
  clock: Clock;
  /** An answer was lost, for the `tries`th time; `askNow` does not wait for the next try. */
  lost(tries: number, askNow: () => void): void;
  isOver(): boolean;
}

/**
 * Asks the same again, under the same idempotency key, until the server has said something definite: whether a sale was
 * made is never left open, and it is never made twice. Null once nobody waits for it any more.
 */
export async function untilAnswered<T>(
  ask: () => Promise<Answered<T>>,
  { clock, lost, isOver }: Asking,
): Promise<Answered<T> | null> {
  for (let tries = 1; ; tries++) {
    const answer = await ask();
    if (isOver()) return null;
    if ('value' in answer || !LOST.test(answer.trouble.code)) return answer;
    await new Promise<void>(askNow => {
      const stop = clock.after(PAUSES_MS[tries - 1] ?? PAUSES_MS.at(-1) ?? 0, askNow);
      lost(tries, () => {
        stop();
        askNow();
      });
    });
    if (isOver()) return null;
  }
}
