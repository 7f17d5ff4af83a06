import { addMs, type Clock } from '../../../shared/clock.ts';
import { wholeShillings } from '../../../shared/money.ts';
import { isMobile } from '../../../shared/phone.ts';
import type { TokenKeeper } from '../access-token.ts';
import type { Collected, CollectRequest, Gateway, Memory } from '../gateway.ts';
import type { Send } from '../send.ts';
import type { Called } from '../send-with-token.ts';
import { type CallPesapal, createCall } from './call-pesapal.ts';
import { pageSources } from './hosted-page.ts';
import { readNotice } from './notification.ts';
import { createNotificationUrl, type NotificationUrl } from './notification-url.ts';
import { readCancelled } from './read-cancelled.ts';
import { readEnvelope } from './read-envelope.ts';
import { readOrder } from './read-order.ts';
import { readStatus } from './read-status.ts';
import { createRefunds } from './refunds.ts';
import { isInvalidIpnId } from './refusals.ts';
import { CANCEL_PATH, merchantReference, ORDER_PATH, orderFields, statusPath } from './requests.ts';
import type { PesapalSettings } from './settings.ts';

/** Mobile money and cards in Tanzania, by Pesapal's API 3.0: the customer pays on a page of Pesapal's. */
export function createPesapal(
  settings: PesapalSettings,
  { send, clock, memory, keeper }: { send: Send; clock: Clock; memory: Memory; keeper?: TokenKeeper | undefined },
): Gateway {
  const call = createCall(settings, { send, clock, keeper });
  const notificationUrl = createNotificationUrl(settings, { call, clock, memory });
  const collect = createCollect(settings, { call, clock, notificationUrl });
  return {
    name: 'pesapal',
    currency: 'TZS',
    country: 'TZ',
    flow: 'page',
    pageSources: pageSources(settings.baseUrl),
    mayRepeat: true,
    answers: 'statement',
    async collect(request) {
      return refusedUnsent(request) ?? collect(request);
    },
    async ask(ids) {
      return readStatus(await call.get(statusPath(ids)), ids);
    },
    readCallback: null, // They only say "ask me".
    readNotice,
    async cancel({ trackingId }) {
      return readCancelled(await call.post(CANCEL_PATH, { order_tracking_id: trackingId }));
    },
    refunds: createRefunds(call),
    lookUp: null,
    readConfirmation: null,
    statement: null,
  };
}

/**
 * Everything together must fit into the send budget of four calls: after an id that was slow to come the order is not sent
 * any more, and a second id is looked for only if the first order was answered quickly.
 */
function createCollect(
  settings: PesapalSettings,
  { call, clock, notificationUrl }: { call: CallPesapal; clock: Clock; notificationUrl: NotificationUrl },
) {
  const { timeoutMs, baseUrl } = settings;
  return async (request: CollectRequest): Promise<Collected> => {
    const startedAt = clock.now();
    const within = (calls: number) => clock.now() <= addMs(startedAt, calls * timeoutMs);
    const order = async (ipnId: string): Promise<Called> =>
      within(2)
        ? call.post(ORDER_PATH, orderFields(settings, request, ipnId), () => within(2))
        : { result: 'not_sent', why: 'timeout' };

    const found = await notificationUrl.find();
    if ('answer' in found) return found;
    const called = await order(found.ipnId);
    const ordered = { reference: merchantReference(request), baseUrl };
    if (!notThisIpnId(called) || !within(1)) return readOrder(called, ordered);
    const other = await notificationUrl.find(found.ipnId);
    if ('answer' in other) return other;
    return readOrder(other.ipnId === found.ipnId ? called : await order(other.ipnId), ordered);
  };
}

function notThisIpnId(called: Called): boolean {
  return called.result === 'answered' && isInvalidIpnId(readEnvelope(called));
}

/** What Pesapal would refuse, or take for another payment, is not sent at all. */
function refusedUnsent({ amount, phone, accountReference, paymentId }: CollectRequest): Collected | undefined {
  const refuse = (reason: 'amount_not_allowed' | 'invalid_phone' | 'refused', code: string): Collected => ({
    answer: 'refused',
    reason,
    code,
    retry: { after: 'no' },
  });
  const shillings = wholeShillings(amount.amount);
  if (amount.currency !== 'TZS' || !Number.isInteger(shillings) || shillings <= 0)
    return refuse('amount_not_allowed', 'unsent:amount');
  if (!isMobile(phone, 'TZ')) return refuse('invalid_phone', 'unsent:phone');
  if (!/^[A-Za-z0-9]{1,12}$/.test(accountReference) || !/^[A-Za-z0-9-]{1,37}$/.test(paymentId))
    return refuse('refused', 'unsent:reference');
  return undefined;
}
