import type { Vault } from '../database/vault.ts';

const TOKEN_HEX = 32; // 128 bits.

/**
 * The secret part of a payment's callback or return URL. It is worked out anew whenever it is needed, with a key that no
 * database holds: an order whose answer was lost can be sent again, word for word, and nothing readable was kept.
 */
export function callbackTokenOf(paymentId: string, vault: Vault): string {
  return Buffer.from(vault.keyedHash(`callback:${paymentId}`), 'base64url')
    .toString('hex')
    .slice(0, TOKEN_HEX);
}
