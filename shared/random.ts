/** Where chance comes from: `count` bytes that nobody can guess. Handed in, so that a seed can replay a history. */
export type Random = (count: number) => Uint8Array;

const DRAWN_AT_ONCE = 4_096; // Bytes: asking the system takes longer than handing out what it gave.

export const systemRandom = drawnTogether();

function drawnTogether(): Random {
  let drawn = new Uint8Array(0);
  let used = 0;
  return count => {
    if (used + count > drawn.length) {
      drawn = crypto.getRandomValues(new Uint8Array(Math.max(count, DRAWN_AT_ONCE)));
      used = 0;
    }
    used += count;
    return drawn.slice(used - count, used);
  };
}

const ID_BYTES = 16; // 128 bits: knowing an id is the right to see what it names.
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const READABLE = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'; // No 0 O 1 I L: people read these out at a counter.

/** Lower-case hex cannot spell any of the words that gateways forbid in a URL. */
export function randomHex(random: Random, bytes = ID_BYTES): string {
  let hex = '';
  for (const byte of random(bytes)) hex += HEX[byte];
  return hex;
}

/** A code of `length` characters for people to read out, such as `K7M2P9QR`. */
export function randomReadable(random: Random, length: number): string {
  let code = '';
  while (code.length < length)
    for (const byte of random(length)) {
      // The last few byte values would make the first letters likelier: they are thrown away.
      if (code.length < length && byte < 256 - (256 % READABLE.length)) code += READABLE[byte % READABLE.length];
    }
  return code;
}

/** A number from 0 up to, but not including, 1. */
export function randomFraction(random: Random): number {
  return new DataView(random(4).slice().buffer).getUint32(0) / 2 ** 32;
}
