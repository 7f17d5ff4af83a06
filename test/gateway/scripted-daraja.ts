import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createDaraja } from '../../server/gateway/daraja/daraja.ts';
import type { DarajaSettings } from '../../server/gateway/daraja/settings.ts';
import type { CollectRequest, Gateway } from '../../server/gateway/gateway.ts';
import { createSend, type Send } from '../../server/gateway/send.ts';
import { ManualClock } from '../support/manual-clock.ts';

export const PUSH = '/mpesa/stkpush/v1/processrequest';
export const QUERY = '/mpesa/stkpushquery/v1/query';
export const REVERSAL = '/mpesa/reversal/v1/request';
export const STATEMENT = '/pulltransactions/v1/query';
export const OAUTH = '/oauth/v1/generate';
export const PASSKEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919';
export const TOKEN = 'c0ffee00c0ffee00c0ffee00c0ffee00';
export const IDS = { trackingId: 'ws_CO_28062021092408123712345678', requestId: '29115-34620561-1' };
export const REQUEST: CollectRequest = {
  amount: { amount: 135_000, currency: 'KES' },
  phone: '254712345678',
  email: null,
  paymentId: 'a'.repeat(32),
  callbackToken: TOKEN,
  accountReference: 'TK7M2P9QR',
};
export const ACCEPTED = {
  MerchantRequestID: IDS.requestId,
  CheckoutRequestID: IDS.trackingId,
  ResponseCode: '0',
  ResponseDescription: 'Success. Request accepted for processing',
  CustomerMessage: 'Success. Request accepted for processing',
};

export interface Heard {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}
export type Answer = (response: ServerResponse, heard: Heard) => void;

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  response =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
export const text =
  (status: number, body: string): Answer =>
  response =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end(body);
export const error = (status: number, errorCode: string, errorMessage: string): Answer =>
  json(status, { requestId: '1c5b-4ba8-815c-ac45c57a3db01495926', errorCode, errorMessage });
export const spikeArrest = (headers?: Record<string, string>): Answer => {
  const faultstring =
    'Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, periodInMicroseconds=60000000, maxBurstMessageCount=1.0}';
  return json(
    429,
    { fault: { faultstring, detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' } } },
    headers,
  );
};
export const incapsula = '<html><body>Request unsuccessful. Incapsula incident ID: 877000120151826471</body></html>';
export const reset: Answer = response => response.socket?.resetAndDestroy();
export const resetAfterHeaders: Answer = response => {
  response.writeHead(200, { 'content-length': '500' }).write('{"ResponseCode":"0",');
  response.socket?.end();
};
export const hang: Answer = () => {};
export const grant = (token: string, expiresIn: unknown = '3599'): Answer =>
  json(200, { access_token: token, expires_in: expiresIn });

/** A server on this machine that says exactly what a test tells it to, each path's last answer again and again. */
export async function startScript(t: TestContext) {
  const scripts = new Map<string, Answer[]>([[OAUTH, [grant('first-token')]]]);
  const heard: Heard[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const path = request.url ?? '';
    const said = { method: request.method ?? '', path, headers: request.headers, body };
    heard.push(said);
    const answers = scripts.get(path.split('?')[0] ?? '') ?? [];
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    (answer ?? text(404, 'no script'))(response, said);
    for (const wake of waiting.splice(0)) wake();
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const calls = (path: string) => heard.filter(one => one.path.startsWith(path));
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    say: (path: string, ...answers: Answer[]) => void scripts.set(path, answers),
    /** Resolves once the path has been asked for that often. */
    asked: async (path: string, times = 1): Promise<void> => {
      while (calls(path).length < times) await new Promise<void>(wake => waiting.push(wake));
    },
  };
}

export function settingsFor(baseUrl: string, some: Partial<DarajaSettings> = {}): DarajaSettings {
  return {
    baseUrl,
    consumerKey: 'consumer-key-1',
    consumerSecret: 'consumer-secret-2',
    passkey: PASSKEY,
    shortCode: '174379',
    tillNumber: null,
    callbackUrl: 'https://tickets.example/callbacks/daraja',
    initiator: null,
    refundCallbackUrl: 'https://tickets.example/callbacks/daraja/refunds',
    statements: false,
    timeoutMs: 20_000,
    ...some,
  };
}

/** The adapter, over real HTTP, against a script; its clock shows the moment of the portal's password sample. */
export async function openWorld(t: TestContext, some: Partial<DarajaSettings> = {}) {
  const script = await startScript(t);
  const clock = new ManualClock('2021-06-28T06:24:08Z');
  const { send, close } = createSend({ clock });
  t.after(close);
  const settings = settingsFor(script.url, some);
  return { ...script, clock, settings, daraja: createDaraja(settings, { send, clock }) };
}

/** The adapter with a network in memory. */
export function darajaOver(send: Send, some: Partial<DarajaSettings> = {}): Gateway {
  return createDaraja(settingsFor('http://gateway.invalid', some), {
    send,
    clock: new ManualClock('2021-06-28T06:24:08Z'),
  });
}
