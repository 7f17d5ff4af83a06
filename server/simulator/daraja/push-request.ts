import type { Settings } from '../settings.ts';
import { isEatDigits } from './east-africa-time.ts';
import type { RefusalName } from './refusals.ts';
import type { ResultCode } from './results.ts';

/** A push that Daraja would take, in our words. */
export interface Push {
  phone: string;
  /** Whole shillings. */
  amount: number;
  accountReference: string;
  shortCode: string;
  callbackUrl: string;
  /** What it will end in although it is accepted, because of how it was asked for. */
  doomed: ResultCode | null;
}

const AMOUNT_MAX = 250_000; // KES a payment (Daraja portal, FAQ 5).
const REFERENCE_MAX = 12;
const DESCRIPTION_MAX = 13;
const PROMPT_TEXT_MAX = 182; // Longer ones end in 1025 (Daraja portal, result codes).
const MOBILE = /^254[17]\d{8}$/;
const SHORT_CODE = /^\d{5,7}$/;
const FORBIDDEN_IN_URL = /m-?pesa|safaricom|exe|cmd|sql|query/i; // Daraja portal, C2B FAQ 8; exec contains exe.

/** The fields in the portal's order, each with what it must look like. */
const FIELDS: Record<string, (text: string) => boolean> = {
  BusinessShortCode: text => SHORT_CODE.test(text),
  Password: text => text !== '',
  Timestamp: isEatDigits,
  TransactionType: text => text === 'CustomerPayBillOnline' || text === 'CustomerBuyGoodsOnline',
  Amount: text => /^[1-9]\d*$/.test(text),
  PartyA: text => MOBILE.test(text),
  PartyB: text => SHORT_CODE.test(text),
  PhoneNumber: text => MOBILE.test(text),
  CallBackURL: isCallbackUrl,
  AccountReference: text => text !== '',
};

/** The first field that is missing or wrong. */
export function wrongField(body: Record<string, unknown>): string | undefined {
  return Object.keys(FIELDS).find(name => !FIELDS[name]?.(fieldText(body, name)));
}

/** Who is asking: a short code that exists, with the Password that its passkey makes. */
export function refuseMerchant(body: Record<string, unknown>, settings: Settings): RefusalName | undefined {
  const shortCode = fieldText(body, 'BusinessShortCode');
  if (shortCode !== settings.shortCode) return 'unknownMerchant';
  const password = Buffer.from(shortCode + settings.passkey + fieldText(body, 'Timestamp')).toString('base64');
  return fieldText(body, 'Password') === password ? undefined : 'wrongCredentials';
}

export function readPush(body: Record<string, unknown>, settings: Settings): Push {
  return {
    phone: fieldText(body, 'PhoneNumber'),
    amount: Number(fieldText(body, 'Amount')),
    accountReference: fieldText(body, 'AccountReference'),
    shortCode: fieldText(body, 'BusinessShortCode'),
    callbackUrl: fieldText(body, 'CallBackURL'),
    doomed: doom(body, settings),
  };
}

export function isCallbackUrl(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '') && !FORBIDDEN_IN_URL.test(text);
}

/** Numbers and strings are the same to Daraja. */
export function fieldText(body: Record<string, unknown>, name: string): string {
  const field = body[name];
  return typeof field === 'string' || typeof field === 'number' ? String(field) : '';
}

function doom(body: Record<string, unknown>, settings: Settings): ResultCode | null {
  if (Number(fieldText(body, 'Amount')) > AMOUNT_MAX) return '3';
  if (!partyFits(body, settings)) return fieldText(body, 'TransactionType').includes('PayBill') ? '2028' : 'SFC_IC0003';
  return textFits(body, settings) ? null : '1025';
}

/** A PayBill collects for itself, Buy Goods for a till of this merchant. */
function partyFits(body: Record<string, unknown>, settings: Settings): boolean {
  const partyB = fieldText(body, 'PartyB');
  return fieldText(body, 'TransactionType') === 'CustomerPayBillOnline'
    ? partyB === settings.shortCode && settings.tillNumber === null
    : partyB === settings.tillNumber;
}

/** Stricter than Daraja, which is sometimes lucky: letters, digits and spaces only. */
function textFits(body: Record<string, unknown>, settings: Settings): boolean {
  const reference = fieldText(body, 'AccountReference');
  const description = fieldText(body, 'TransactionDesc');
  return (
    /^[A-Za-z0-9]+$/.test(reference) &&
    /^[A-Za-z0-9 ]*$/.test(description) &&
    reference.length <= REFERENCE_MAX &&
    description.length <= DESCRIPTION_MAX &&
    `Do you want to pay KES 250,000 to ${settings.merchant} for ${reference} ${description}?`.length < PROMPT_TEXT_MAX
  );
}
