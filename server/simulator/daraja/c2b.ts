import type { Debit } from '../ledger.ts';
import type { Parts } from '../parts.ts';
import type { Checkout } from './checkout.ts';
import { eatDigits } from './east-africa-time.ts';
import { fieldText, isCallbackUrl } from './push-request.ts';
import { REFUSALS } from './refusals.ts';
import { send } from './send.ts';
import { type Answered, gatewayId, json, refusal } from './wire.ts';

const BEHIND_CALLBACK_MS = 1_000;

/** `POST /mpesa/c2b/v2/registerurl`; as in the sandbox, again and again. */
export function registerUrls({ random, settings, c2b }: Parts, body: Record<string, unknown>): Answered {
  if (fieldText(body, 'ShortCode') !== settings.shortCode)
    return refusal(random, '400.002.02', 'Bad Request - Invalid ShortCode');
  const wrong = ['ConfirmationURL', 'ValidationURL'].find(name => !isCallbackUrl(fieldText(body, name)));
  if (wrong) return refusal(random, '400.002.02', `Bad Request - Invalid ${wrong}`);
  if (!['Completed', 'Cancelled'].includes(fieldText(body, 'ResponseType'))) return REFUSALS.invalidPayload(random);
  c2b.confirmationUrl = fieldText(body, 'ConfirmationURL');
  // Daraja spells it so.
  return json(200, {
    OriginatorCoversationID: gatewayId(random),
    ResponseCode: '0',
    ResponseDescription: 'Success',
  });
}

/** The twin of an STK callback: the same receipt once more, for a merchant with a registered URL. */
export function scheduleTwin(parts: Parts, checkout: Checkout, debit: Debit): void {
  const twin = checkout.fault?.twin ?? 'after';
  if (twin === 'never') return;
  const delayMs = twin === 'first' ? 0 : parts.settings.callbackDelayMs + (twin === 'after' ? BEHIND_CALLBACK_MS : 0);
  sendConfirmation(parts, debit, delayMs);
}

/** What every merchant hears who has registered a URL, of all money that comes in. */
export function sendConfirmation(parts: Parts, debit: Debit, delayMs: number): void {
  const { confirmationUrl: url } = parts.c2b;
  if (url === null) return;
  parts.clock.after(delayMs, () => void send(parts, { id: debit.trackingId, url, body: confirmation(debit) }));
}

/** Strings throughout, and the number masked (Daraja portal, C2B v2). */
function confirmation({ receiptNumber, at, amount, shortCode, accountReference, phone }: Debit): string {
  return JSON.stringify({
    TransactionType: 'Pay Bill',
    TransID: receiptNumber,
    TransTime: eatDigits(at),
    TransAmount: amount.toFixed(2),
    BusinessShortCode: shortCode,
    BillRefNumber: accountReference,
    InvoiceNumber: '',
    OrgAccountBalance: '',
    ThirdPartyTransID: '',
    MSISDN: `${phone.slice(0, 4)} ***** ${phone.slice(-3)}`,
    FirstName: 'WANJIKU',
    MiddleName: '',
    LastName: '',
  });
}
