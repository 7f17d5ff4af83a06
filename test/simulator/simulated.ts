import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { SettingsInput } from '../../server/simulator/settings.ts';
import { type StartedSimulator, startSimulator } from '../../server/simulator/start-simulator.ts';
import { ManualClock } from '../support/manual-clock.ts';

export const PHONE = '254712345678';
export const START = '2026-11-22T10:34:00.000Z'; // 13:34 in Nairobi.

const HANG_MS = 400; // Real time after which an answer that has not come counts as hanging.

/** A started simulator with a clock moved by hand, a client of its API and a receiver of its callbacks. */
export async function simulate(test: TestContext, settings: SettingsInput = {}, more: { pagesFolder?: string } = {}) {
  const clock = new ManualClock(START);
  const receiver = await startReceiver(test);
  const started = await startSimulator({ port: 0, clock, settings, ...more });
  test.after(() => started.stop());
  const doings = actions(started, clock, receiver);
  return { ...started, ...doings, received: receiver.received, receiver };
}
export type Simulated = Awaited<ReturnType<typeof simulate>>;

/** Stands where Tiketi's callback route stands. */
async function startReceiver(test: TestContext) {
  const received: string[] = [];
  const state = { status: 200 };
  const server = createServer(async (request, response) => {
    received.push(await text(request));
    response.writeHead(state.status).end('{"ResultCode":0,"ResultDesc":"Accepted"}');
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  test.after(() => server.close());
  return { received, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/abc` };
}

async function text(request: IncomingMessage): Promise<string> {
  return Buffer.concat(await request.toArray()).toString();
}

interface Doings {
  /** Moves the clock, and lets every callback that falls due be answered before going on. */
  advance(ms: number): Promise<void>;
  renewToken(): Promise<string>;
  product(path: string, body: unknown, headers?: Record<string, string>): Promise<Said>;
  pushBody(change?: Record<string, unknown>): Record<string, unknown>;
  push(change?: Record<string, unknown>): Promise<Said>;
  query(checkoutRequestId: string): Promise<Said>;
  control(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

function actions({ url, simulator }: StartedSimulator, clock: ManualClock, receiver: { url: string }): Doings {
  let token = '';
  const authorization = `Basic ${btoa('simulated-consumer-key:simulated-consumer-secret')}`;

  async function renewToken(): Promise<string> {
    const answer = await fetch(`${url}/oauth/v1/generate?grant_type=client_credentials`, {
      headers: { authorization },
    });
    const body = (await answer.json()) as { access_token: string };
    token = body.access_token;
    return token;
  }

  async function product(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Said> {
    const sent = fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }).then(say, () => 'reset' as const);
    return Promise.race([sent, setTimeout(HANG_MS, 'hang' as const)]);
  }

  async function advance(ms: number): Promise<void> {
    let leftMs = ms;
    for (let next = clock.nextMs; next !== undefined && next <= leftMs; next = clock.nextMs) {
      clock.move(next);
      leftMs -= next;
      await settled();
    }
    clock.move(leftMs);
  }

  async function settled(): Promise<void> {
    do await setImmediate();
    while (simulator.parts.callbacks.some(callback => callback.status === null));
  }

  return {
    advance,
    renewToken,
    product,
    pushBody: (change = {}) => ({ ...pushBody(receiver.url), ...change }),
    push: (change = {}) => product('/mpesa/stkpush/v1/processrequest', { ...pushBody(receiver.url), ...change }),
    query: checkoutRequestId =>
      product('/mpesa/stkpushquery/v1/query', { ...identity(), CheckoutRequestID: checkoutRequestId }),
    async control(method, path, body, headers = {}) {
      const answer = await fetch(`${url}/simulator${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return say(answer);
    },
  };
}

export type Answer = { status: number; text: string; body: Record<string, unknown> };
export type Said = Answer | 'reset' | 'hang';

async function say(answer: Response): Promise<Answer> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') && text !== '';
  return { status: answer.status, text, body: isJson ? JSON.parse(text) : {} };
}

/** Narrows what was said to a proper answer. */
export function proper(said: Said): Answer {
  if (typeof said === 'string') throw new Error(`The answer was: ${said}`);
  return said;
}

function identity() {
  const timestamp = '20261122133400';
  const passkey = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919';
  return { BusinessShortCode: '174379', Password: btoa(`174379${passkey}${timestamp}`), Timestamp: timestamp };
}

function pushBody(callbackUrl: string) {
  return {
    ...identity(),
    TransactionType: 'CustomerPayBillOnline',
    Amount: 1350,
    PartyA: PHONE,
    PartyB: '174379',
    PhoneNumber: PHONE,
    CallBackURL: callbackUrl,
    AccountReference: 'TK7M2P9QR',
    TransactionDesc: 'Tickets',
  };
}
