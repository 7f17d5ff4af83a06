export const QUEUE_PATIENCE_MS = 15_000; // A push that waits longer for its turn is not worth a customer's time.

/**
 * How long a push may be on its way before nobody is working on it any more: its turn in the queue, then at most twice a
 * token and the call itself.
 */
export function sendBudgetMs(timeoutMs: number): number {
  return QUEUE_PATIENCE_MS + 4 * timeoutMs;
}
