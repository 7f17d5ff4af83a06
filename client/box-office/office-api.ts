import * as v from 'valibot';
import { type Call, type Trouble as CallTrouble, send } from '../kit/api.ts';

/** Why there is no answer to show; `detail` is the server's own sentence, in English. */
export interface OfficeTrouble extends CallTrouble {
  detail: string;
}

export type Answered<T> = { value: T } | { trouble: OfficeTrouble };

export const NO_OFFICE_ANSWER: OfficeTrouble = {
  code: 'no_answer',
  detail: '',
  fields: [],
  placesLeft: null,
  retryAt: null,
};

/** The server, with paths as they stand after `/api/v1`. Nothing here throws. */
export interface OfficeApi {
  get<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Answered<T>>;
  /** `key`: the Idempotency-Key of an intention, so that a repeat of a lost request is no second one. */
  post<T>(path: string, schema: v.GenericSchema<unknown, T>, body?: unknown, key?: string): Promise<Answered<T>>;
  patch<T>(path: string, schema: v.GenericSchema<unknown, T>, body: unknown): Promise<Answered<T>>;
  delete<T>(path: string, schema: v.GenericSchema<unknown, T>): Promise<Answered<T>>;
}

const Refusal = v.object({
  code: v.string(),
  detail: v.optional(v.string(), ''),
  errors: v.optional(v.array(v.object({ path: v.string() })), []),
  placesLeft: v.optional(v.nullable(v.number()), null),
  retryAfter: v.optional(v.string()),
});

/** `heard` is told every trouble (a session may be over) and every server time. */
export function createOfficeApi(heard: { trouble(trouble: OfficeTrouble): void; time(now: string): void }): OfficeApi {
  async function ask<T>(path: string, schema: v.GenericSchema<unknown, T>, call: Call): Promise<Answered<T>> {
    const response = await send(path, { cache: 'no-store', ...call });
    const answer = response ? await understand(response, schema, heard.time) : { trouble: NO_OFFICE_ANSWER };
    if ('trouble' in answer) heard.trouble(answer.trouble);
    return answer;
  }
  return {
    get: (path, schema) => ask(path, schema, {}),
    post: (path, schema, body, key) =>
      ask(path, schema, { method: 'POST', body, ...(key && { headers: { 'Idempotency-Key': key } }) }),
    patch: (path, schema, body) => ask(path, schema, { method: 'PATCH', body }),
    delete: (path, schema) => ask(path, schema, { method: 'DELETE' }),
  };
}

async function understand<T>(
  response: Response,
  schema: v.GenericSchema<unknown, T>,
  heardTime: (now: string) => void,
): Promise<Answered<T>> {
  const content: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (!response.ok) return { trouble: readTrouble(content) };
  const timed = v.safeParse(v.object({ now: v.string() }), content);
  if (timed.success) heardTime(timed.output.now);
  const parsed = v.safeParse(schema, content);
  return parsed.success ? { value: parsed.output } : { trouble: NO_OFFICE_ANSWER };
}

export function readTrouble(content: unknown): OfficeTrouble {
  const parsed = v.safeParse(Refusal, content);
  if (!parsed.success) return NO_OFFICE_ANSWER;
  const { code, detail, errors, placesLeft, retryAfter } = parsed.output;
  return {
    code,
    detail,
    fields: errors.map(({ path }) => path),
    placesLeft,
    retryAt: retryAfter ? new Date(retryAfter) : null,
  };
}
