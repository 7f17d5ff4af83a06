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
const FORMAT = '1.'; // In front of every text that is sealed, so that a later format can stand beside it; bytes begin with a 1.
const BYTES_FORMAT = Buffer.from([1]);
const NOTHING = Buffer.alloc(0);

/** Keeps what must not be read in a stolen database. */
export interface Vault {
  seal(text: string): string;
  /** Throws when the key is another one or a byte was changed. */
  open(sealed: string): string;
  /** The same for bytes, which stay bytes: a quarter less to write than as text. */
  sealBytes(bytes: Uint8Array): Buffer;
  openBytes(sealed: Uint8Array): Buffer;
  /** The same text gives the same 43 letters, and nobody without the key can try all phone numbers. */
  keyedHash(text: string): string;
}

/** A vault for `dataKey`, any text of at least 32 characters. */
export function createVault(dataKey: string, random: Random): Vault {
  const sealing = derive(dataKey, 'seal');
  const hashing = derive(dataKey, 'hash');

  function encrypt(format: Uint8Array, bytes: Uint8Array): Buffer {
    const nonce = random(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
    const body = cipher.update(bytes);
    cipher.final(); // Has nothing to add: GCM is a stream.
    return Buffer.concat([format, nonce, cipher.getAuthTag(), body]);
  }

  function decrypt(sealed: Uint8Array): Buffer {
    const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const bytes = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
    decipher.final(); // Throws when a byte was changed.
    return bytes;
  }

  return {
    seal: text => FORMAT + encrypt(NOTHING, Buffer.from(text)).toString('base64url'),
    open: sealed => decrypt(Buffer.from(sealed.slice(FORMAT.length), 'base64url')).toString(),
    sealBytes: bytes => encrypt(BYTES_FORMAT, bytes),
    openBytes: sealed => decrypt(sealed.subarray(BYTES_FORMAT.length)),
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
