import { isDeepStrictEqual } from 'node:util';
import type { SentCallback } from '../daraja/send.ts';
import type { NotificationRequest, Parts } from '../parts.ts';
import type { Notification } from './fault.ts';
import type { Order } from './orders.ts';
import { guid } from './wire.ts';

/** What a notification names, and nothing else: no amount, no outcome, no signature. */
interface Named {
  trackingId: string;
  reference: string;
}

const CALLBACKS_KEPT = 10_000;
const USUAL: readonly Notification[] = [{}];
const CHANGE = 'IPNCHANGE';

/** Sends what falls due when something is told, the money is taken, or the browser is back. */
export function notifyOf(parts: Parts, order: Order, occasion: 'told' | 'paid' | 'returned'): void {
  const due = (order.fault?.notifications ?? USUAL).filter(({ since = 'told' }) => since === occasion);
  for (const { afterMs = 0, copies = 1, forged } of due)
    parts.clock.after(parts.settings.callbackDelayMs + afterMs, () => {
      for (let copy = 0; copy < copies; copy++)
        void notify(parts, order, forge(parts, order, forged), forged ? 0 : null);
    });
  if (due.length === 0 && occasion === 'told') order.notified = true;
}

/** By hand, through the control API: once more, or with ids of one's own choosing. */
export function notifyByHand(parts: Parts, order: Order, named: Partial<Named>): Promise<void> {
  return notify(parts, order, { ...own(order), ...named }, 0);
}

function forge({ random, clock }: Parts, order: Order, forged: Notification['forged']): Named {
  if (forged === 'trackingId') return { ...own(order), trackingId: guid(random, clock.now()) };
  return forged === 'reference' ? { ...own(order), reference: 'somebody-elses-order' } : own(order);
}

function own({ trackingId, merchantReference: reference }: Order): Named {
  return { trackingId, reference };
}

/** Again and again until it is acknowledged, but not for ever: how often Pesapal does it is written nowhere. */
async function notify(parts: Parts, order: Order, named: Named, retries: number | null): Promise<void> {
  const { settings, clock, callbacks } = parts;
  const left = retries ?? settings.ipnRetries;
  const request = write(parts, order, named);
  const sent: SentCallback = {
    ...{ id: named.trackingId, url: request.url, body: request.body ?? '', sentAt: clock.now(), status: null },
    ...{ method: request.method, acknowledged: null },
  };
  callbacks.push(sent);
  callbacks.splice(0, callbacks.length - CALLBACKS_KEPT);
  await deliver(parts, request, sent, named);
  if (sent.acknowledged || left === 0) order.notified = true;
  else clock.after(settings.ipnRetrySeconds * 1_000, () => void notify(parts, order, named, left - 1));
  parts.changed();
}

async function deliver(parts: Parts, request: NotificationRequest, sent: SentCallback, named: Named): Promise<void> {
  try {
    const answer = await parts.notify(request);
    sent.status = answer.status;
    sent.acknowledged = answer.status === 200 && acknowledges(answer.body, named);
  } catch {
    sent.status = 'failed';
    sent.acknowledged = false;
  }
}

function write({ settings }: Parts, order: Order, { trackingId, reference }: Named): NotificationRequest {
  const { method, url } = order.notificationUrl;
  if (method === 'GET') {
    const full = new URL(url);
    full.searchParams.append('OrderTrackingId', trackingId);
    full.searchParams.append('OrderMerchantReference', reference);
    full.searchParams.append('OrderNotificationType', CHANGE);
    return { method, url: full.href, headers: {}, body: null };
  }
  const fields = { OrderNotificationType: CHANGE, OrderTrackingId: trackingId, OrderMerchantReference: reference };
  const isForm = settings.ipnBody === 'form';
  return {
    method,
    url,
    headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: isForm ? new URLSearchParams(fields).toString() : JSON.stringify(fields),
  };
}

/** In camel case, where the notification is in Pascal case, and with a status that is a number. */
function acknowledges(body: string, { trackingId, reference }: Named): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(body), {
      orderNotificationType: CHANGE,
      orderTrackingId: trackingId,
      orderMerchantReference: reference,
      status: 200,
    });
  } catch {
    return false;
  }
}
