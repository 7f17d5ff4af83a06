import { constants, publicEncrypt } from 'node:crypto';
import type { Initiator } from './settings.ts';

/**
 * The initiator's password for Safaricom's eyes only, in base64. The padding is PKCS #1 v1.5, not OAEP, and nothing is
 * added to the password (Daraja portal, Security Credentials). The same one may be sent again and again. Throws when the
 * certificate is none.
 */
export function securityCredential({ password, certificate }: Initiator): string {
  const key = { key: certificate, padding: constants.RSA_PKCS1_PADDING };
  return publicEncrypt(key, Buffer.from(password)).toString('base64');
}
