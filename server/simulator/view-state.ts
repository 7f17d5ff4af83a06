import { type Armed, faultAt } from './armed-faults.ts';
import type { SentCallback } from './daraja/send.ts';
import { FAMILIES, magicNumber } from './fault.ts';
import { FAULT_NAMES, faultCalled } from './faults.ts';
import type { Debit, Reversal } from './ledger.ts';
import type { Parts } from './parts.ts';
import { isLocked, type Phone } from './phones.ts';

const PHONES_SHOWN = 24; // A load test makes thousands: the page gets the newest.
const DEBITS_SHOWN = 10;

export function phoneView(phone: Phone) {
  const { number, pin, balance, on, wrongPins, prompt, messages } = phone;
  return {
    number,
    pin,
    balance,
    on,
    wrongPins,
    locked: isLocked(phone),
    fault: faultAt(number),
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

export function armedView({ fault, phone, times }: Armed) {
  return { fault, phone, times };
}

/** Every fault there is, for the page and for whoever wants to know. */
export function availableFaults() {
  return FAULT_NAMES.map(name => {
    const fault = faultCalled(name);
    const family = FAMILIES[fault.digits.charAt(0)] ?? '';
    return { name, sentence: fault.sentence, magicNumber: magicNumber(fault), family };
  });
}

/** All that the page shows and that can change. */
export function stateView({ clock, settings, phones, faults, ledger }: Parts) {
  return {
    now: clock.now().toISOString(),
    merchant: settings.merchant,
    autoAnswer: settings.autoAnswer,
    phones: phones.all().slice(-PHONES_SHOWN).map(phoneView),
    armed: faults.armed.map(armedView),
    debits: ledger.debits.slice(-DEBITS_SHOWN).map(debitView),
  };
}
