import type { TestContext } from 'node:test';
import type { CollectRequest, Gateway, Memory, Outcome } from '../../server/gateway/gateway.ts';
import { createPesapal } from '../../server/gateway/pesapal/pesapal.ts';
import type { PesapalSettings } from '../../server/gateway/pesapal/settings.ts';
import { createSend, type Send, type Sent } from '../../server/gateway/send.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type Answer, json, startScript } from './scripted-daraja.ts';

export { type Answer, hang, json, reset, resetAfterHeaders, text } from './scripted-daraja.ts';

const BASE = '/pesapalv3';
export const TOKEN = `${BASE}/api/Auth/RequestToken`;
export const REGISTER = `${BASE}/api/URLSetup/RegisterIPN`;
export const LIST = `${BASE}/api/URLSetup/GetIpnList`;
export const ORDER = `${BASE}/api/Transactions/SubmitOrderRequest`;
export const STATUS = `${BASE}/api/Transactions/GetTransactionStatus`;
export const REFUND = `${BASE}/api/Transactions/RefundRequest`;
export const CANCEL = `${BASE}/api/Transactions/CancelOrder`;

export const NOW = '2025-11-08T13:11:00Z';
export const SECRETS = /712345678|first-token|consumer|c0ffee|sesame|asha@|notified-here/;
export const CALLBACK_TOKEN = 'c0ffee00c0ffee00c0ffee00c0ffee00';
export const REQUEST: CollectRequest = {
  amount: { amount: 2_000_000, currency: 'TZS' },
  phone: '255712345678',
  email: null,
  paymentId: 'a'.repeat(32),
  callbackToken: CALLBACK_TOKEN,
  accountReference: 'TK7M2P9QR',
};
export const IDS = {
  trackingId: '5b2f7a1e-93c1-4d0a-8f35-db1c7e46a9d2',
  requestId: `tiketi-TK7M2P9QR-${'a'.repeat(32)}`,
};
export const PAGE = `https://cybqa.pesapal.com/pesapaliframe/PesapalIframe3/Index?OrderTrackingId=${IDS.trackingId}`;
export const ORDERED = {
  order_tracking_id: IDS.trackingId,
  merchant_reference: IDS.requestId,
  redirect_url: PAGE,
  error: null,
  status: '200',
};
const NO_ERROR = { error_type: null, code: null, message: null };
/** A body of GetTransactionStatus, in the shape and the mood of recorded ones. */
export const PENDING = {
  payment_method: '',
  amount: 20_000,
  created_date: '2025-11-08T16:11:00.75',
  confirmation_code: '',
  order_tracking_id: IDS.trackingId,
  payment_status_description: 'INVALID',
  description: null,
  message: 'Request processed successfully',
  payment_account: '',
  call_back_url: `https://tickets.example/return/pesapal/${CALLBACK_TOKEN}`,
  status_code: 0,
  merchant_reference: IDS.requestId,
  account_number: null,
  payment_status_code: '',
  currency: 'TZS',
  error: { error_type: 'api_error', code: 'payment_details_not_found', message: 'Pending Payment' },
  status: '500',
};
export const COMPLETED = {
  ...PENDING,
  payment_method: 'TIGOTZ',
  created_date: '2025-11-08T16:14:09.5031234',
  confirmation_code: '25478901234567',
  payment_status_description: 'Completed',
  payment_account: '2557xxx45678',
  status_code: 1,
  error: NO_ERROR,
  status: '200',
};
export const PAID: Outcome = {
  outcome: 'paid',
  receiptNumber: '25478901234567',
  amount: REQUEST.amount,
  paidAt: new Date('2025-11-08T13:14:09Z'),
};

export const granted = (token: string, expiryDate: unknown = '2025-11-08T14:11:00.1234567Z') => ({
  token,
  expiryDate,
  error: null,
  status: '200',
  message: 'Request processed successfully',
});
export const grant = (token: string, expiryDate?: unknown): Answer => json(200, granted(token, expiryDate));
export const registered = (ipnId: string): Answer =>
  json(200, {
    id: 7,
    url: 'https://tickets.example/callbacks/pesapal/notified-here',
    created_date: '2025-11-08T13:11:00.1234567Z',
    ipn_id: ipnId,
    notification_type: 1,
    ipn_notification_type_description: 'POST',
    ipn_status: 1,
    ipn_status_decription: 'Active',
    error: null,
    status: '200',
  });
/** Errors come under HTTP 200 mostly; the body's own status says 500. */
export const error = (code: string | null, message: string | null = '', status = 200): Answer =>
  json(status, { error: { error_type: 'api_error', code, message }, status: '500' });
export const badBearer = (status: number): Answer =>
  json(status, {
    error: {
      error_type: 'authentication_error',
      code: 'invalid_api_credentials_provided',
      message: 'Invalid Access Token',
    },
    status: null,
  });

/** What an adapter remembers, kept where a test can look. */
export class OpenMemory implements Memory {
  readonly kept = new Map<string, string>();
  async read(name: string) {
    return this.kept.get(name);
  }
  async write(name: string, value: string) {
    this.kept.set(name, value);
  }
}

export function settingsFor(baseUrl: string, some: Partial<PesapalSettings> = {}): PesapalSettings {
  return {
    baseUrl: baseUrl + BASE,
    consumerKey: 'consumer-key-1',
    consumerSecret: 'consumer-secret-2',
    ipnId: 'ipn-of-settings',
    notificationUrl: 'https://tickets.example/callbacks/pesapal/notified-here',
    returnUrl: 'https://tickets.example/return/pesapal',
    timeoutMs: 20_000,
    ...some,
  };
}

/** The adapter, over real HTTP, against a script. */
export async function openWorld(t: TestContext, some: Partial<PesapalSettings> = {}, memory = new OpenMemory()) {
  const script = await startScript(t);
  const clock = new ManualClock(NOW);
  const { send, close } = createSend({ clock });
  t.after(close);
  const settings = settingsFor(script.url, some);
  const open = (change: Partial<PesapalSettings> = {}) =>
    createPesapal({ ...settings, ...change }, { send, clock, memory });
  script.say(TOKEN, grant('first-token'));
  return { ...script, clock, settings, memory, open, pesapal: open() };
}

/** The adapter with a network in memory: every token is granted, everything else answered in turn. */
export function pesapalOver(send: Send): Gateway {
  const answered: Sent = { result: 'answered', status: 200, headers: {}, body: JSON.stringify(granted('sesame')) };
  return createPesapal(settingsFor('http://gateway.invalid'), {
    send: async wish => (wish.url.endsWith('RequestToken') ? answered : send(wish)),
    clock: new ManualClock(NOW),
    memory: new OpenMemory(),
  });
}
