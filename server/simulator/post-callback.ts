import { Agent, request } from 'undici';
import type { Notify, Post } from './parts.ts';

const TIMEOUT_MS = 30_000;
const ANSWER_BYTES_MAX = 65_536;

/** Callbacks and notifications over the wire, on connections of their own. */
export function createPost(): { post: Post; notify: Notify; close(): Promise<void> } {
  const dispatcher = new Agent({ headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, connectTimeout: TIMEOUT_MS });
  return {
    async post(url, body) {
      const headers = { 'content-type': 'application/json' };
      const answer = await request(url, { method: 'POST', headers, body, dispatcher });
      await answer.body.dump({ limit: ANSWER_BYTES_MAX });
      return answer.statusCode;
    },
    async notify({ method, url, headers, body }) {
      const answer = await request(url, { method, headers, body, dispatcher });
      return { status: answer.statusCode, body: await readAtMost(answer.body, ANSWER_BYTES_MAX) };
    },
    close: () => dispatcher.destroy(),
  };
}

/** More than that is no acknowledgement, whatever it is. */
async function readAtMost(stream: AsyncIterable<Buffer>, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > most) return '';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
