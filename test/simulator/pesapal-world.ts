import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { SettingsInput } from '../../server/simulator/settings.ts';
import { type Answer, proper, type Said, simulate } from './simulated.ts';

export const PHONE_TZ = '255712345678';

const HANG_MS = 400; // Real time after which an answer that has not come counts as hanging.

/** A notification as it reached the merchant. */
export interface Heard {
  method: string;
  type: string | undefined;
  query: Record<string, string>;
  body: string;
}

/** A started simulator with a client of Pesapal's API, and a merchant who is notified. */
export async function simulatePesapal(
  test: TestContext,
  settings: SettingsInput = {},
  more: { pagesFolder?: string } = {},
) {
  const world = await simulate(test, settings, more);
  const merchant = await startMerchant(test);
  const { url } = world;
  let token = '';
  let ipnId = '';

  async function call(method: string, path: string, body?: unknown, bearer = token): Promise<Said> {
    const sent = fetch(`${url}/pesapalv3/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }).then(say, () => 'reset' as const);
    return Promise.race([sent, setTimeout(HANG_MS, 'hang' as const)]);
  }

  const requestToken = (change: object = {}) => call('POST', 'Auth/RequestToken', { ...KEYS, ...change });
  const renewToken = async () => {
    token = String(proper(await requestToken()).body.token);
    return token;
  };
  /** With a token that is certainly good, however long the test's clock has run. */
  const callAnew = async (method: string, path: string, body?: unknown) => call(method, path, body, await renewToken());
  const registerUrl = (change: object = {}) =>
    call('POST', 'URLSetup/RegisterIPN', { url: merchant.url, ipn_notification_type: 'POST', ...change });
  const register = async (change: object = {}) => {
    ipnId = String(proper(await registerUrl(change)).body.ipn_id);
    return ipnId;
  };
  const orderBody = (change: object = {}) => ({ ...ORDER, notification_id: ipnId, ...change });
  const submit = (change: object = {}) => call('POST', 'Transactions/SubmitOrderRequest', orderBody(change));
  return {
    ...world,
    ...{ merchant, call, requestToken, renewToken, registerUrl, register, orderBody, submit },
    /** Everything that comes before the first order. */
    async ready() {
      await renewToken();
      await register();
    },
    /** An order under its own phone and reference; its tracking id. */
    async order(change: object = {}) {
      return String(proper(await submit(change)).body.order_tracking_id);
    },
    status: (id: string) => callAnew('GET', `Transactions/GetTransactionStatus?orderTrackingId=${id}`),
    refund: (change: object) =>
      callAnew('POST', 'Transactions/RefundRequest', {
        amount: '15000.00',
        username: 'amina',
        remarks: 'Refund',
        ...change,
      }),
    cancel: (id: string) => callAnew('POST', 'Transactions/CancelOrder', { order_tracking_id: id }),
    pay: (id: string, choice: object = { network: 'mpesa' }) =>
      world.control('POST', `/pesapal/orders/${id}/pay`, choice),
    enterPin: (pin = '1234', phone = PHONE_TZ) => world.control('POST', `/phones/${phone}/pin`, { pin }),
    look: async (id: string) => (await world.control('GET', `/pesapal/orders/${id}`)).body,
  };
}
export type PesapalWorld = Awaited<ReturnType<typeof simulatePesapal>>;

export const KEYS = { consumer_key: 'simulated-pesapal-key', consumer_secret: 'simulated-pesapal-secret' };

const ORDER = {
  id: 'tiketi-TK7M2P9QR-1',
  currency: 'TZS',
  amount: 15000,
  description: 'Tickets TK7M2P9QR',
  callback_url: 'http://localhost:3000/return/pesapal/abc',
  cancellation_url: 'http://localhost:3000/bookings/1',
  billing_address: { phone_number: PHONE_TZ, email_address: 'amina@example.com' },
};

export function phoneOf(number: string) {
  return { billing_address: { phone_number: number } };
}

/** Stands where Tiketi's notification route stands; `acknowledge` writes the answer. */
async function startMerchant(test: TestContext) {
  const heard: Heard[] = [];
  const merchant = {
    heard,
    url: '',
    /** Undefined: in exactly the right words. */
    answer: undefined as { status: number; body: string } | undefined,
  };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://merchant').searchParams);
    const notification = { method: request.method ?? '', type: request.headers['content-type'], query, body };
    heard.push(notification);
    const { status, body: said } = merchant.answer ?? { status: 200, body: acknowledgement(notification) };
    response.writeHead(status, { 'content-type': 'application/json' }).end(said);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  test.after(() => server.close());
  merchant.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callbacks/pesapal/abc`;
  return merchant;
}

export function acknowledgement(notification: Heard): string {
  const { id, reference } = named(notification);
  const echo = { orderTrackingId: id, orderMerchantReference: reference };
  return JSON.stringify({ orderNotificationType: 'IPNCHANGE', ...echo, status: 200 });
}

export function named({ method, type, query, body }: Heard) {
  const isForm = type === 'application/x-www-form-urlencoded';
  const fields = method === 'GET' ? query : isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
  return { id: String(fields.OrderTrackingId), reference: String(fields.OrderMerchantReference) };
}

async function say(answer: Response): Promise<Answer> {
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json') && text !== '';
  return { status: answer.status, text, body: isJson ? JSON.parse(text) : {} };
}

/** `404 invalid_url`: the HTTP status and what went wrong, in a word. */
export function gist(said: Said): string {
  if (typeof said === 'string') return said;
  const { status, text, body } = said;
  const error = body.error as { code: string | null } | null | undefined;
  if (text === '') return `${status} empty`;
  if (text.startsWith('<!DOCTYPE html>')) return `${status} html`;
  return [status, error?.code ?? body.payment_status_description ?? body.message ?? 'ok'].join(' ');
}
