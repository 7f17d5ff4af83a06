import type { Context } from 'koa';
import * as v from 'valibot';
import { IdempotencyKey } from '../../shared/requests.ts';
import { ProblemError } from './problem.ts';

export const BODY_MAX_BYTES = 65_536; // What gateways may send; browsers send under 1 KB.
const UTF8 = new TextDecoder('utf-8', { fatal: true }); // Half a letter must not be kept as another one.
const ERRORS_MAX = 20; // Enough to mend a form; a hostile body must not make a large answer.

/** The body as `schema` has it; 413 or 422 otherwise, with the field that is wrong. */
export async function readJson<const S extends v.GenericSchema>(ctx: Context, schema: S): Promise<v.InferOutput<S>> {
  return check(schema, parse(await readRaw(ctx)));
}

/** The same where everything in the body is optional, and so is the body. */
export async function readJsonIfAny<const S extends v.GenericSchema>(
  ctx: Context,
  schema: S,
): Promise<v.InferOutput<S>> {
  const raw = await readRaw(ctx);
  return check(schema, raw.length === 0 ? {} : parse(raw));
}

function check<const S extends v.GenericSchema>(schema: S, content: unknown): v.InferOutput<S> {
  const read = v.safeParse(schema, content);
  if (read.success) return read.output;
  const errors = read.issues
    .slice(0, ERRORS_MAX)
    .map(issue => ({ path: v.getDotPath(issue) ?? '', message: issue.message }));
  throw new ProblemError('invalid_body', { detail: errors[0]?.message ?? 'Invalid', errors });
}

/** The bytes as they came; 413 as soon as there are more than `most`. */
export async function readRaw(ctx: Context, most = BODY_MAX_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req) {
    bytes += chunk.length;
    if (bytes > most) throw tooLarge(ctx);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The first `most` bytes, or as many as came before the connection broke. */
export async function readStart(ctx: Context, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of ctx.req.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes >= most) break;
    }
  } catch {
    // The connection broke.
  }
  ctx.req.resume(); // Thrown away as it comes, so that the connection can go on.
  return Buffer.concat(chunks).subarray(0, most);
}

/** The rest of the body is not waited for: the connection ends with the answer. */
function tooLarge(ctx: Context) {
  ctx.set('Connection', 'close');
  return new ProblemError('body_too_large');
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(UTF8.decode(raw));
  } catch {
    throw new ProblemError('invalid_body', {
      detail: 'The body is not JSON',
      errors: [{ path: '', message: 'Not JSON' }],
    });
  }
}

export function readIdempotencyKey(ctx: Context): string {
  const read = v.safeParse(IdempotencyKey, ctx.get('Idempotency-Key'));
  if (read.success) return read.output;
  throw new ProblemError('idempotency_key_missing', {
    detail: 'Send an Idempotency-Key header of 16 to 64 visible characters, new for each intention',
  });
}
