import * as v from 'valibot';

const TIMEOUT_MS = 20_000; // A payment is answered within 5 s; the rest is a slow network's.

/** As much of a problem as a page can act on: the whole of shared/problem.ts is the server's, and weighs. */
const Refusal = v.object({
  code: v.string(),
  errors: v.optional(v.array(v.object({ path: v.string() })), []),
  placesLeft: v.optional(v.nullable(v.number()), null),
  retryAfter: v.optional(v.string()),
});

/** Why there is no answer to show: a problem's code, or `no_answer` when nothing came back that we understand. */
export interface Trouble {
  code: string;
  fields: string[];
  placesLeft: number | null;
  retryAt: Date | null;
}

/** `now` is when the server answered, by its own clock, to the second. */
export type Answered<T> = { value: T; now: string } | { trouble: Trouble };

export const NO_ANSWER: Trouble = { code: 'no_answer', fields: [], placesLeft: null, retryAt: null };

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  headers?: Record<string, string>;
  cache?: RequestCache;
}

/** Asks the server and checks what it says against `schema`. Never throws. */
export async function call<T>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
  request: Call = {},
): Promise<Answered<T>> {
  const response = await send(path, request);
  return response ? understand(response, schema) : { trouble: NO_ANSWER };
}

/** The bare response, or null when none came. */
export async function send(
  path: string,
  { method = 'GET', body, headers = {}, cache = 'default' }: Call,
): Promise<Response | null> {
  const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
  const init: RequestInit = {
    method,
    cache,
    headers: { ...json, ...headers },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  if (body !== undefined) init.body = JSON.stringify(body);
  return fetch(`/api/v1${path}`, init).catch(() => null);
}

export async function understand<T>(response: Response, schema: v.GenericSchema<unknown, T>): Promise<Answered<T>> {
  const content: unknown = await response.json().catch(() => undefined);
  if (!response.ok) return { trouble: readTrouble(response.headers, content) };
  const parsed = v.safeParse(schema, content);
  return parsed.success ? { value: parsed.output, now: dateOf(response.headers) } : { trouble: NO_ANSWER };
}

function readTrouble(headers: Headers, content: unknown): Trouble {
  const parsed = v.safeParse(Refusal, content);
  if (!parsed.success) return NO_ANSWER;
  const { code, errors, placesLeft, retryAfter } = parsed.output;
  const retryAt = retryAfter ? new Date(retryAfter) : readRetryAfter(headers);
  return { code, fields: errors.map(({ path }) => path), placesLeft, retryAt };
}

/** `Retry-After` counts seconds from the server's own `Date`, so a wrong phone clock does not matter. */
function readRetryAfter(headers: Headers): Date | null {
  const at = Date.parse(dateOf(headers)) + Number(headers.get('Retry-After') ?? Number.NaN) * 1_000;
  return Number.isNaN(at) ? null : new Date(at);
}

const dateOf = (headers: Headers) => headers.get('Date') ?? '';
