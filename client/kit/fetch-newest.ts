import type * as v from 'valibot';
import { type Answered, NO_ANSWER, send, understand } from './api.ts';

/** A plain GET that names the version it got before: null when that is still the newest. */
export function createFetch<View>(
  path: string,
  schema: v.GenericSchema<unknown, View>,
): (id: string) => Promise<Answered<View> | null> {
  let etag = '';
  return async id => {
    const headers = etag ? { 'If-None-Match': etag } : {};
    // The browser's own cache would answer with the body of before, and with the time of before in it.
    const response = await send(`${path}/${id}`, { headers, cache: 'no-store' });
    if (!response) return { trouble: NO_ANSWER };
    if (response.status === 304) return null;
    const answer = await understand(response, schema);
    if ('value' in answer) etag = response.headers.get('ETag') ?? '';
    return answer;
  };
}
