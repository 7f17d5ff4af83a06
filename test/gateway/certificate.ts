import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A key pair, its certificate as Safaricom hands out its own, and the bare public key; all in PEM but the private one. */
export function makeCertificate() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    certificate: selfSigned(publicKey, privateKey),
  };
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BITS = 0x03;
const UTC_TIME = 0x17;
const SHA256_WITH_RSA = Buffer.from('300d06092a864886f70d01010b0500', 'hex');

/** The least that X.509 asks for: version 1, no names, ten years. */
function selfSigned(publicKey: KeyObject, privateKey: KeyObject): string {
  const years = der(SEQUENCE, der(UTC_TIME, Buffer.from('260101000000Z')), der(UTC_TIME, Buffer.from('360101000000Z')));
  const nobody = der(SEQUENCE);
  const key = publicKey.export({ type: 'spki', format: 'der' });
  const told = der(SEQUENCE, der(INTEGER, Buffer.from([1])), SHA256_WITH_RSA, nobody, years, nobody, key);
  const signature = der(BITS, Buffer.from([0]), sign('sha256', told, privateKey));
  const base64 = der(SEQUENCE, told, SHA256_WITH_RSA, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
