import { constants, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto';

const BITS = 2_048; // As the real one: a credential has 344 characters.

/** Safaricom's key pair for the passwords of initiators. Made when it is first needed, for a tenth of a second. */
export interface Keys {
  /** Where the real one is a certificate: whoever encrypts for it takes either. */
  publicPem(): string;
  /** What was encrypted for us; rubbish where it was for somebody else. */
  decrypt(securityCredential: string): string | undefined;
}

export function createKeys(): Keys {
  let pair: { publicKey: KeyObject; privateKey: KeyObject } | null = null;
  const keys = () => (pair ??= generateKeyPairSync('rsa', { modulusLength: BITS }));
  return {
    publicPem: () => keys().publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    decrypt(securityCredential) {
      const key = { key: keys().privateKey, padding: constants.RSA_PKCS1_PADDING };
      try {
        return privateDecrypt(key, Buffer.from(securityCredential, 'base64')).toString();
      } catch {
        return undefined;
      }
    },
  };
}
