import { inflateSync } from 'node:zlib';

const STREAM = /stream\r?\n([\s\S]*?)\r?\nendstream/g;

/** What pdfkit's own fonts say in a PDF, a line for each line that is drawn. */
export function textOf(pdf: Buffer): string[] {
  const drawn = [...pdf.toString('latin1').matchAll(STREAM)].map(([, bytes = '']) =>
    inflate(Buffer.from(bytes, 'latin1')),
  );
  return drawn.flatMap(page => [...page.matchAll(/\[(.*?)\] TJ/g)].map(([, line = '']) => wordsOf(line)));
}

/** Pieces in hexadecimal, between which letters are moved closer together. */
function wordsOf(line: string): string {
  const pieces = [...line.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
  return new TextDecoder('windows-1252').decode(Buffer.concat(pieces));
}

function inflate(bytes: Buffer): string {
  try {
    return inflateSync(bytes).toString('latin1');
  } catch {
    return ''; // Not text: a picture, or a font.
  }
}
