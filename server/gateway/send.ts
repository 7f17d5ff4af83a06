import type { Agent, Dispatcher, request } from 'undici';
import type { Clock, Stop } from '../../shared/clock.ts';

const CONNECT_TIMEOUT_MS = 5_000; // A gateway that cannot be reached by then is better tried again by the customer.
const CONNECTIONS_MAX = 128; // Per gateway: six seconds of pushes at full speed, each waiting for its answer.
const IDLE_MS = 4_000; // A socket kept longer is more likely to be one that the gateway has closed: a push lost on it is unknown.
const ANSWER_BYTES_MAX = 64 * 1_024; // Real answers have less than 1 KiB, a firewall's page some 10; statements set their own.

export interface SendRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** For everything: waiting for a connection, making it, asking and reading the answer. */
  timeoutMs: number;
  /** For answers that are longer by nature. */
  answerBytesMax?: number;
}

/** What became of one HTTP call. `why` is a short code, never a message: messages may quote what was sent. */
export type Sent =
  | { result: 'answered'; status: number; headers: { 'retry-after'?: string }; body: string }
  /** Not one byte of the request left: the other side cannot have acted on it. */
  | { result: 'not_sent'; why: string }
  /** The request left, or may have; the other side may have acted on it. */
  | { result: 'unanswered'; why: string };

/** One bounded HTTP call. Never throws, never repeats itself, follows no redirect. */
export type Send = (request: SendRequest) => Promise<Sent>;

/** The real network. `close` lets calls under way end; what is asked for after it is not sent. */
export function createSend(parts: { clock: Clock }): { send: Send; close: () => Promise<void> } {
  let opened: Promise<Network> | null = null;
  let closed: Promise<void> | null = null;
  const open = () => (opened ??= openNetwork());
  const close = () => (closed ??= open().then(({ agent }) => agent.close()));
  return { send: wish => sendOnce(open, parts.clock, wish), close };
}

interface Network {
  agent: Agent;
  request: typeof request;
}

/** undici is loaded by the first call: a box office at rest has none, and it is a tenth of all that there is to load. */
async function openNetwork(): Promise<Network> {
  const { Agent, request } = await import('undici');
  const agent = new Agent({
    allowH2: false, // HTTP/2 may quietly send a request a second time after a GOAWAY.
    pipelining: 1,
    connections: CONNECTIONS_MAX,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    headersTimeout: 0, // The deadline below is the only one.
    bodyTimeout: 0,
  });
  return { agent, request };
}

/**
 * Whether a failed request can have left is not guessed from the error: the same ECONNRESET comes from a TLS handshake
 * and from a socket that died under the request. undici announces a request just before it writes it.
 */
async function sendOnce(open: () => Promise<Network>, clock: Clock, wish: SendRequest): Promise<Sent> {
  let begun = false;
  const announced = announce(() => (begun = true));
  const failed = (why: string): Sent => ({ result: begun ? 'unanswered' : 'not_sent', why });
  const cut = new AbortController();
  let stopDeadline: Stop = () => {};
  const deadline = new Promise<Sent>(done => {
    stopDeadline = clock.after(wish.timeoutMs, () => {
      cut.abort(); // A request that still waits for its connection is not written after this, so `begun` is final.
      done(failed('timeout'));
    });
  });
  const answer = open()
    .then(({ agent, request }) => exchange(request, agent.compose(announced), wish, cut.signal))
    .catch((error: unknown) => failed(shortCode(error)));
  return Promise.race([answer, deadline]).finally(stopDeadline);
}

async function exchange(
  ask: typeof request,
  dispatcher: Dispatcher,
  wish: SendRequest,
  signal: AbortSignal,
): Promise<Sent> {
  const { method, headers, body = null, answerBytesMax = ANSWER_BYTES_MAX } = wish;
  const answer = await ask(wish.url, { method, headers, body, signal, dispatcher });
  const text = await readText(answer.body, answerBytesMax);
  if (text === undefined) return { result: 'unanswered', why: 'too_large' };
  const retryAfter = answer.headers['retry-after'];
  const kept = typeof retryAfter === 'string' ? { 'retry-after': retryAfter } : {};
  return { result: 'answered', status: answer.statusCode, headers: kept, body: text };
}

/** Leaving the loop early also closes the connection, so nothing of an endless answer is read any further. */
async function readText(body: AsyncIterable<Buffer>, bytesMax: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Calls `begin` when the first byte of the request is about to be written. */
function announce(begin: () => void): Dispatcher.DispatcherComposeInterceptor {
  return dispatch => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        begin();
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...news) => handler.onResponseStart?.(...news),
      onResponseData: (...news) => handler.onResponseData?.(...news),
      onResponseEnd: (...news) => handler.onResponseEnd?.(...news),
      onResponseError: (...news) => handler.onResponseError?.(...news),
    });
}

/** `ECONNREFUSED`, `UND_ERR_SOCKET`, …: what may be written into a log. */
function shortCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : 'failed';
}
