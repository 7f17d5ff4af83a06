import type { Context, Middleware } from 'koa';
import { PROBLEMS, type Problem, type ProblemCode } from '../../shared/problem.ts';

interface Extra {
  detail?: string;
  errors?: { path: string; message: string }[];
  placesLeft?: number;
  retryAfter?: Date;
}

/** Something that the caller can act on. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly extra: Extra;

  constructor(code: ProblemCode, extra: Extra = {}) {
    super(extra.detail ?? PROBLEMS[code].title);
    this.code = code;
    this.extra = extra;
  }
}

export function invalid(
  code: 'invalid_body' | 'invalid_phone' | 'too_many_places' | 'gateway_not_offered',
  path: string,
  message: string,
) {
  return new ProblemError(code, { detail: message, errors: [{ path, message }] });
}

/** Every error leaves as application/problem+json; what is not meant for the caller leaves as a bare 500 and is logged. */
export function problems(now: () => Date, failed: (error: unknown) => void): Middleware {
  return async (ctx, next) => {
    keepCallersErrorsQuiet(ctx);
    try {
      await next();
      if (ctx.respond === false || ctx.body !== undefined) return;
      if (ctx.status === 404) throw new ProblemError('not_found');
    } catch (error) {
      const known = error instanceof ProblemError ? error : undefined;
      if (!known && !isCallersDoing(error)) failed(error);
      const problem = presentProblem(known ?? new ProblemError('internal'));
      ctx.status = problem.status;
      ctx.body = problem;
      ctx.type = 'application/problem+json';
      const { retryAfter } = known?.extra ?? {};
      if (retryAfter) ctx.set('Retry-After', String(Math.max(1, Math.ceil((+retryAfter - +now()) / 1_000))));
    }
  };
}

/**
 * The connection broke, or what came was no HTTP. Nothing of ours failed; and Node hangs the bytes as they came on such
 * errors, tokens and phone numbers included, which must not reach a log.
 */
function isCallersDoing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(HPE_|ERR_HTTP_REQUEST_TIMEOUT$|ERR_STREAM_PREMATURE_CLOSE$|ECONNRESET$|EPIPE$)/.test(code);
}

/** Koa reports a broken connection a second time, by itself. */
function keepCallersErrorsQuiet(ctx: Context) {
  const report = ctx.onerror.bind(ctx);
  ctx.onerror = error => {
    if (!isCallersDoing(error)) report(error);
  };
}

function presentProblem({ code, message, extra: { errors, placesLeft, retryAfter } }: ProblemError): Problem {
  const { status, title } = PROBLEMS[code];
  return {
    type: `urn:tiketi:problem:${code}`,
    title,
    status,
    detail: message,
    code,
    ...(errors && { errors }),
    ...(placesLeft !== undefined && { placesLeft }),
    ...(retryAfter && { retryAfter: retryAfter.toISOString() }),
  };
}
