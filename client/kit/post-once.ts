import type * as v from 'valibot';
import { type Answered, call } from './api.ts';
import { intents } from './device.ts';
import { isRefusal } from './trouble-words.ts';

/**
 * Sends what a person means to do, which then happens once, however often it has to be sent. `after` is what the person
 * has seen come of it before: with something new there, the same words mean something new.
 */
export async function postOnce<T>(
  intent: string,
  path: string,
  schema: v.GenericSchema<unknown, T>,
  body: object,
  after?: string,
): Promise<Answered<T>> {
  const language = document.documentElement.lang; // The page's, which need not be the browser's. Not in the body: in another language it is meant no second time.
  const headers = { 'Idempotency-Key': intents.keyFor(intent, { ...body, after }), 'Accept-Language': language };
  const answer = await call(path, schema, { method: 'POST', body, headers });
  if ('value' in answer || isRefusal(answer.trouble)) intents.answered(intent);
  return answer;
}
