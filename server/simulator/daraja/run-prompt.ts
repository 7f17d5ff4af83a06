import { addMs } from '../../../shared/clock.ts';
import type { Parts } from '../parts.ts';
import { isLocked, isMagic, type Phone, receiveMessage } from '../phones.ts';
import { scheduleTwin } from './c2b.ts';
import type { Checkout } from './checkout.ts';
import { failureText, receiptText } from './messages.ts';
import type { ResultCode } from './results.ts';
import { scheduleCallbacks, sendCallbacksNow } from './send-callbacks.ts';

const BY_DARAJA = { gateway: 'daraja', network: 'mpesa', currency: 'KES', charged: null } as const;
const FULL_WALLET = 500_000; // KES. Magic numbers never run out of money.

/** Opens the prompt on the phone, or lets the push come to nothing a moment later. */
export function beginPrompt(parts: Parts, checkout: Checkout): void {
  const { clock, settings } = parts;
  const dead = comesToNothing(parts, checkout);
  if (dead) {
    clock.after(settings.answerMs, () => conclude(parts, checkout, dead));
    return;
  }
  openPrompt(parts, checkout);
  answerAlone(parts, checkout);
}

/** Nobody has to press anything where the fault knows how it ends, at a magic number, or in a load test. */
function answerAlone(parts: Parts, checkout: Checkout): void {
  const { clock, settings } = parts;
  const ends = checkout.fault?.ends;
  const knows = ends !== undefined || isMagic(checkout.owner);
  if (ends === 'ignored' || !(knows || settings.autoAnswer)) return;
  clock.after(knows ? settings.answerMs : 0, () => conclude(parts, checkout, afterRightPin(checkout)));
}

/** All of it at once, callback included, before the push is answered. */
export async function hurryPrompt(parts: Parts, checkout: Checkout): Promise<void> {
  const dead = comesToNothing(parts, checkout);
  if (!dead) openPrompt(parts, checkout);
  decide(parts, checkout, dead ?? afterRightPin(checkout));
  await sendCallbacksNow(parts, checkout);
}

/** The customer types a PIN and presses OK. Undefined when nothing is asked on this phone. */
export function enterPin(parts: Parts, phone: Phone, pin: string): ResultCode | undefined {
  const checkout = openCheckout(parts, phone);
  return checkout && conclude(parts, checkout, tryPin(checkout, pin));
}

export function cancelPrompt(parts: Parts, phone: Phone): ResultCode | undefined {
  const checkout = openCheckout(parts, phone);
  return checkout && conclude(parts, checkout, '1032');
}

/** Off the screen, but open at the gateway until its time is over. */
export function ignorePrompt(parts: Parts, phone: Phone): void {
  if (phone.prompt) phone.prompt.ignored = true;
  parts.changed();
}

function openCheckout({ checkouts }: Parts, { prompt }: Phone): Checkout | undefined {
  return prompt && !prompt.ignored ? checkouts.get(prompt.checkoutRequestId) : undefined;
}

function comesToNothing({ settings, clock }: Parts, checkout: Checkout): ResultCode | null {
  const last = checkout.owner.pushedAt.get(checkout.amount);
  if (checkout.doomed) return checkout.doomed;
  if (last && addMs(last, settings.sameAmountSeconds * 1_000) > clock.now()) return '17';
  return checkout.owner.on ? null : '1037';
}

function openPrompt(parts: Parts, checkout: Checkout): void {
  const { clock, settings } = parts;
  const { owner: phone, checkoutRequestId, amount, accountReference, pushedAt } = checkout;
  const expiresAt = addMs(pushedAt, settings.promptSeconds * 1_000);
  phone.prompt = {
    gateway: 'daraja',
    currency: 'KES',
    checkoutRequestId,
    merchant: settings.merchant,
    amount,
    accountReference,
    expiresAt,
    ignored: false,
  };
  phone.pushedAt.set(amount, pushedAt);
  if (isMagic(phone)) phone.balance = FULL_WALLET;
  checkout.stopWaiting = clock.after(settings.promptSeconds * 1_000, () => conclude(parts, checkout, '1037'));
}

function tryPin(checkout: Checkout, pin: string): ResultCode {
  const { owner: phone } = checkout;
  if (isLocked(phone)) return '8006';
  if (pin === phone.pin) {
    phone.wrongPins = 0;
    return afterRightPin(checkout);
  }
  phone.wrongPins += 1;
  return isLocked(phone) ? '8006' : '2001';
}

function afterRightPin({ fault, amount, owner }: Checkout): ResultCode {
  const ends = fault?.ends ?? 'paid';
  if (ends !== 'paid' && ends !== 'ignored') return ends;
  return owner.balance < amount ? '1' : '0';
}

function conclude(parts: Parts, checkout: Checkout, code: ResultCode): ResultCode {
  if (checkout.result === null) {
    decide(parts, checkout, code);
    scheduleCallbacks(parts, checkout);
  }
  return checkout.result ?? code;
}

/** The one place where money leaves a phone. */
function decide(parts: Parts, checkout: Checkout, code: ResultCode): void {
  const at = parts.clock.now();
  const { owner: phone } = checkout;
  checkout.result = code;
  checkout.stopWaiting();
  if (phone.prompt?.checkoutRequestId === checkout.checkoutRequestId) phone.prompt = null;
  if (code === '0') {
    const { amount, checkoutRequestId, merchantRequestId, accountReference, shortCode } = checkout;
    phone.balance -= amount;
    const paid = { phone: phone.number, amount, at, checkoutRequestId, merchantRequestId, accountReference, shortCode };
    const names = { trackingId: checkoutRequestId, merchantReference: accountReference };
    checkout.debit = parts.ledger.enter({ ...paid, ...names, ...BY_DARAJA });
    scheduleTwin(parts, checkout, checkout.debit);
    receiveMessage(phone, at, receiptText(checkout.debit, parts.settings.merchant, phone.balance));
  } else {
    const text = failureText(code, checkout, parts.settings.merchant);
    if (text) receiveMessage(phone, at, text);
  }
  parts.changed();
}
