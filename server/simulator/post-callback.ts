import { Agent, request } from 'undici';
import type { Post } from './parts.ts';

const TIMEOUT_MS = 30_000;
const ANSWER_BYTES_MAX = 65_536;

/** Callbacks over the wire, on connections of their own. */
export function createPost(): { post: Post; close(): Promise<void> } {
  const dispatcher = new Agent({ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, connectTimeout: TIMEOUT_MS });
  return {
    async post(url, body) {
      const headers = { 'content-type': 'application/json' };
      const answer = await request(url, { method: 'POST', headers, body, dispatcher });
      await answer.body.dump({ limit: ANSWER_BYTES_MAX });
      return answer.statusCode;
    },
    close: () => dispatcher.destroy(),
  };
}
