import * as v from 'valibot';
import { isMobile } from '../../../shared/phone.ts';
import type { Shillings } from '../ledger.ts';
import { isWebUrl } from './wire.ts';

/** An order as a merchant wants it, in our words. */
export interface OrderWish {
  merchantReference: string;
  /** Whole shillings. */
  amount: number;
  currency: Shillings;
  description: string;
  callbackUrl: string;
  cancellationUrl: string | null;
  redirectMode: 'TOP_WINDOW' | 'PARENT_WINDOW';
  /** What the page suggests, calling code first; null where there is none, or none of ours. */
  phone: string | null;
}

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));
const WebUrl = v.custom<string>(isWebUrl);
const CALLING_CODES: Record<Shillings, string> = { KES: '254', TZS: '255' };

/**
 * Stricter than Pesapal in three things: only whole shillings, only the characters in a reference of which everybody says
 * that they are good, only the currencies that our phones have.
 */
const Body = v.object({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._:-]{1,50}$/)),
  currency: v.picklist(['TZS', 'KES']),
  amount: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  description: text(100),
  callback_url: WebUrl,
  cancellation_url: v.nullish(v.union([WebUrl, v.literal('')])),
  redirect_mode: v.nullish(v.picklist(['TOP_WINDOW', 'PARENT_WINDOW', ''])),
  billing_address: v.pipe(
    v.object({ phone_number: v.nullish(v.string(), ''), email_address: v.nullish(v.string(), '') }),
    v.check(({ phone_number, email_address }) => phone_number !== '' || email_address !== ''),
  ),
});

/** Undefined: a field is missing or wrong; Pesapal does not say which. */
export function readOrderWish(body: Record<string, unknown>): OrderWish | undefined {
  const read = v.safeParse(Body, body);
  if (!read.success) return undefined;
  const { id, amount, currency, description, callback_url, cancellation_url, redirect_mode } = read.output;
  return {
    merchantReference: id,
    amount,
    currency,
    description,
    callbackUrl: callback_url,
    cancellationUrl: cancellation_url || null,
    redirectMode: redirect_mode || 'TOP_WINDOW',
    phone: readPhone(read.output.billing_address.phone_number, currency),
  };
}

/** As people write it, in the country whose money it is about. */
export function readPhone(typed: string, currency: Shillings): string | null {
  const digits = typed.replace(/\D/g, '').replace(/^00/, '').replace(/^0/, CALLING_CODES[currency]);
  return isMobile(digits, 'TZ') || isMobile(digits, 'KE') ? digits : null;
}
