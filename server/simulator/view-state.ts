import type { Armed } from './armed-faults.ts';
import type { SentCallback } from './daraja/send.ts';
import { armedOf } from './fault-lists.ts';
import type { Debit, Reversal } from './ledger.ts';
import type { Parts } from './parts.ts';
import type { ArmedPesapal } from './pesapal/armed-faults.ts';
import { currencyOf, isLocked, magicFaultAt, type Phone } from './phones.ts';

const PHONES_SHOWN = 24; // A load test makes thousands: the page gets the newest.
const DEBITS_SHOWN = 10;

export function phoneView(phone: Phone) {
  const { number, pin, balance, on, wrongPins, prompt, messages } = phone;
  return {
    number,
    pin,
    balance,
    currency: currencyOf(number),
    on,
    wrongPins,
    locked: isLocked(phone),
    fault: magicFaultAt(number),
    prompt: prompt && { ...prompt, expiresAt: prompt.expiresAt.toISOString() },
    messages: messages.map(({ at, text }) => ({ at: at.toISOString(), text })),
  };
}
export type PhoneView = ReturnType<typeof phoneView>;

export function debitView({ at, ...debit }: Debit) {
  return { ...debit, at: at.toISOString() };
}

export function reversalView({ at, ...reversal }: Reversal) {
  return { ...reversal, at: at.toISOString() };
}

export function callbackView({ sentAt, ...callback }: SentCallback) {
  return { ...callback, sentAt: sentAt.toISOString() };
}

export function armedView({ fault, phone, times }: Armed | ArmedPesapal) {
  return { fault, phone, times };
}

/** All that the page shows and that can change. */
export function stateView(parts: Parts) {
  const { clock, settings, phones, ledger } = parts;
  return {
    now: clock.now().toISOString(),
    merchant: settings.merchant,
    autoAnswer: settings.autoAnswer,
    phones: phones.all().slice(-PHONES_SHOWN).map(phoneView),
    armed: armedOf(parts).map(armedView),
    debits: ledger.debits.slice(-DEBITS_SHOWN).map(debitView),
  };
}
