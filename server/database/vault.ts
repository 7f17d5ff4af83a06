import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import type { Random } from '../../shared/random.ts';

const KEY_BYTES = 32; // AES-256.
const NONCE_BYTES = 12; // GCM.
const TAG_BYTES = 16;
const FORMAT = '1.'; // In front of everything sealed, so that a later format can stand beside it.

/** Keeps what must not be read in a stolen database. */
export interface Vault {
  seal(text: string): string;
  /** Throws when the key is another one or a byte was changed. */
  open(sealed: string): string;
  /** The same text gives the same 43 letters, and nobody without the key can try all phone numbers. */
  keyedHash(text: string): string;
}

/** A vault for `dataKey`, any text of at least 32 characters. */
export function createVault(dataKey: string, random: Random): Vault {
  const sealing = derive(dataKey, 'seal');
  const hashing = derive(dataKey, 'hash');
  return {
    seal(text) {
      const nonce = random(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return FORMAT + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed.slice(FORMAT.length), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
    },
    keyedHash: text => createHmac('sha256', hashing).update(text).digest('base64url'),
  };
}

/** An object: from bare bytes Node would make one again each time, which takes longer than to seal a phone number. */
function derive(dataKey: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, 'tiketi', purpose, KEY_BYTES)));
}

/** For what is random already (tokens) or no secret (idempotency keys): 43 letters. */
export function plainHash(text: string): string {
  return hash('sha256', text, 'base64url');
}
