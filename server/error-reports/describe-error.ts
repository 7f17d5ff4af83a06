import { resolve } from 'node:path';
import { scrub } from './scrub.ts';

const ROOT = `${resolve(import.meta.dirname, '../..')}/`;
const CAUSES_MAX = 3;
const FRAMES_MAX = 30;
const FRAME =
  /^ {4}at (?:async )?(?:([\w$.<> ]{1,120}?) (?:\[as \w+\] )?\()?(?:file:\/\/)?(\/[^():]{1,300}|node:[\w/]{1,80}):(\d{1,6}):(\d{1,6})\)?$/;

/** Where in the code: nothing of the values with which it ran. */
export interface Frame {
  function: string;
  /** From the project's folder on. */
  file: string;
  line: number;
  column: number;
}

export interface ErrorDescription {
  type: string;
  message: string;
  /** Innermost first. */
  frames: Frame[];
}

/** An error and what caused it, in words that hold nobody's data; the cause last. */
export function describeError(error: unknown): ErrorDescription[] {
  const described: ErrorDescription[] = [];
  for (let one = error; one !== undefined && described.length < CAUSES_MAX; )
    if (one instanceof Error) {
      described.push({ type: typeOf(one), message: messageOf(one), frames: framesOf(one) });
      one = one.cause;
    } else {
      described.push({ type: 'NotAnError', message: '', frames: [] });
      break;
    }
  return described;
}

function typeOf(error: Error): string {
  const name = String(error.name);
  return /^[A-Za-z]{1,60}$/.test(name) ? name : 'Error';
}

/** With the short code that systems and databases give: `SQLITE_FULL`, `ECONNRESET`. */
function messageOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  const words = scrub(String(error.message));
  return /^[A-Z_]{3,40}$/.test(code) ? `${code}: ${words}` : words;
}

/** What stands before the first frame is the message once more, and may look like anything; so may a frame of nowhere. */
function framesOf({ stack, message }: Error): Frame[] {
  const text = String(stack);
  const from = text.indexOf(message) + message.length;
  return text
    .slice(from)
    .split('\n')
    .flatMap(line => {
      const [, name = '?', file = '', at = '0', column = '0'] = FRAME.exec(line) ?? [];
      const isKnown = file.startsWith(ROOT) || file.startsWith('node:');
      return isKnown
        ? [{ function: name, file: file.replace(ROOT, ''), line: Number(at), column: Number(column) }]
        : [];
    })
    .slice(0, FRAMES_MAX);
}
