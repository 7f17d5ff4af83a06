import type { Parts } from '../parts.ts';

/** One message to the merchant as it was sent; `status` is the receiver's answer, null while there is none. */
export interface SentCallback {
  /** The CheckoutRequestID, for a reversal the OriginatorConversationID, for Pesapal the order_tracking_id. */
  id: string;
  url: string;
  body: string;
  sentAt: Date;
  status: number | 'failed' | null;
  /** Of a notification of Pesapal's: how it was sent, and whether it was acknowledged in the right words. */
  method?: 'GET' | 'POST';
  acknowledged?: boolean | null;
}

type Letter = Pick<SentCallback, 'id' | 'url' | 'body'>;

const CALLBACKS_KEPT = 10_000;
const RETRY_AFTER_MS = 5_000;

/** Returns when it has been answered, or has failed. */
export async function send(parts: Parts, letter: Letter, retries = parts.settings.callbackRetries): Promise<void> {
  const sent: SentCallback = { ...letter, sentAt: parts.clock.now(), status: null };
  parts.callbacks.push(sent);
  parts.callbacks.splice(0, parts.callbacks.length - CALLBACKS_KEPT);
  try {
    sent.status = await parts.post(letter.url, letter.body);
  } catch {
    sent.status = 'failed';
  }
  parts.changed();
  if (sent.status !== 200 && retries > 0)
    parts.clock.after(RETRY_AFTER_MS, () => void send(parts, letter, retries - 1));
}
