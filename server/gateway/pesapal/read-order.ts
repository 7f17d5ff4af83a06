import * as v from 'valibot';
import { Code, Id, readJson } from '../answer.ts';
import type { Collected } from '../gateway.ts';
import type { Called } from '../send-with-token.ts';
import { isHostedPage } from './hosted-page.ts';
import { describe, type Envelope, plainCode } from './read-envelope.ts';
import { type Certain, readNotAccepted } from './read-not-accepted.ts';
import { INVALID_IPN_ID, isInvalidIpnId, refusalOf } from './refusals.ts';

const Order = v.object({
  order_tracking_id: Id,
  merchant_reference: v.optional(v.unknown()),
  redirect_url: v.fallback(v.string(), ''),
  status: v.fallback(Code, ''),
});

/** What the answer to an order is held against. */
export interface Ordered {
  reference: string;
  baseUrl: string;
}

/** Concludes from an order's answer: an id, a page and Pesapal's own 200 together are success, and nothing else is. */
export function readOrder(called: Called, { reference, baseUrl }: Ordered): Collected {
  const body = called.result === 'answered' ? readJson(called.body) : undefined;
  const order = v.safeParse(Order, body);
  if (called.result !== 'answered' || !order.success) return readNotAccepted(called, refusalIn);
  const { order_tracking_id, merchant_reference, redirect_url, status } = order.output;
  if (![undefined, null, '', reference].some(ours => ours === merchant_reference))
    return { answer: 'unknown', why: 'answer about another order' };
  const ids = { trackingId: order_tracking_id, requestId: reference };
  if (status !== '200') return { answer: 'unknown', why: describe(called), ids };
  if (!isHostedPage(redirect_url, baseUrl)) return { answer: 'unknown', why: 'no page of the gateway', ids };
  return { answer: 'accepted', ids, redirectUrl: redirect_url };
}

/**
 * A code that nobody knows is a refusal here: without the page that did not come, nobody can pay. Words alone are not, nor
 * are those that say that the order was paid before.
 */
function refusalIn(envelope: Envelope): Certain | undefined {
  if (isInvalidIpnId(envelope)) return certain(INVALID_IPN_ID);
  if (envelope.code === '' || /already/i.test(envelope.message)) return undefined;
  return certain(plainCode(envelope.code) || 'unlisted');
}

function certain(code: string): Certain {
  return { ...(refusalOf(code) ?? { reason: 'refused', retry: { after: 'no' } }), code };
}
