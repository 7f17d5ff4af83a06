import type { Money } from '../../shared/money.ts';
import { likelyNetwork, type Network } from '../../shared/networks.ts';
import type { TakingRequest } from '../../shared/office/till.ts';
import { examplePhone, looksLikeMobile } from '../../shared/phone.ts';
import type { GatewayName } from '../../shared/views.ts';
import { readAmount } from '../charge/charge-form.ts';
import { paysFrom } from '../kit/fields.ts';
import type { TillWords } from './words.ts';

/** How somebody can pay; by `link` they pay by themselves. */
export type Way = GatewayName | 'cash' | 'card' | 'paid_before' | 'complimentary' | 'link';
const RECEIPT = /^[A-Z0-9]{6,20}$/;
const CARD_LEAST = 4; // Letters of a slip's reference, as the server has it.
const REASON_LEAST = 3;

/** What is typed about a payment; it stays typed while one goes from one way to another. */
export interface PaymentForm {
  way: Way;
  /** What the customer hands over; empty: exactly what is to be paid. */
  given: string;
  /** Only this much of it is paid now; null: all. */
  part: string | null;
  phone: string;
  network: Network | null;
  reference: string;
  receiptNumber: string;
  reason: string;
}

export type TypedField = 'given' | 'part' | 'phone' | 'reference' | 'receiptNumber' | 'reason';

export const blankForm = (): PaymentForm => ({
  ...{ way: 'cash', given: '', part: null, phone: '', network: null, reference: '', receiptNumber: '', reason: '' },
});

/** In the order of their keys, F5 and up. */
export function waysAt(gateways: readonly GatewayName[]): Way[] {
  return ['cash', ...gateways, 'card', 'paid_before', 'complimentary', 'link'];
}

/** How much this payment is of; null while that is not a sum. */
export function amountOf({ part, way }: PaymentForm, due: Money): Money | null {
  if (part === null || way === 'paid_before' || way === 'link') return due;
  const amount = readAmount(part);
  return amount === null || amount <= 0 || amount > due.amount ? null : { ...due, amount };
}

/** What goes back to the customer; null while the given sum is none, or too little. */
export function changeOf(form: PaymentForm, due: Money): Money | null {
  const amount = amountOf(form, due);
  if (!amount) return null;
  const given = form.given.trim() === '' ? amount.amount : readAmount(form.given);
  return given === null || given < amount.amount ? null : { ...due, amount: given - amount.amount };
}

export function networkOf({ network, phone }: PaymentForm, { currency }: Money): Network | null {
  return network ?? likelyNetwork(phone, paysFrom(currency));
}

/** What is sent, or the field that is still wrong and why. */
export type Read = { taking: TakingRequest } | { wrong: TypedField; why: string };

export function readForm(form: PaymentForm, due: Money, words: TillWords): Read {
  const amount = amountOf(form, due);
  if (!amount) return { wrong: 'part', why: words.say('partWrong', { most: words.money(due) }) };
  return readWay(form, amount, form.part === null ? {} : { amount }, words);
}

function readWay(form: PaymentForm, amount: Money, split: { amount?: Money }, { say }: TillWords): Read {
  switch (form.way) {
    case 'cash':
      return readCash(form, amount, split, say('givenShort'));
    case 'daraja':
    case 'pesapal':
      return readPush(form, form.way, amount, split, say);
    case 'card': {
      const reference = form.reference.trim();
      if (reference.length < CARD_LEAST) return { wrong: 'reference', why: say('cardWrong') };
      return { taking: { method: 'card', reference, ...split } };
    }
    case 'paid_before':
    case 'link': {
      const receiptNumber = form.receiptNumber.trim().toUpperCase();
      if (!RECEIPT.test(receiptNumber)) return { wrong: 'receiptNumber', why: say('receiptWrong') };
      return { taking: { method: 'paid_before', receiptNumber } };
    }
    case 'complimentary': {
      const reason = form.reason.trim();
      if (reason.length < REASON_LEAST) return { wrong: 'reason', why: say('reasonWrong') };
      return { taking: { method: 'complimentary', reason, ...split } };
    }
  }
}

function readCash(form: PaymentForm, amount: Money, split: { amount?: Money }, why: string): Read {
  const change = changeOf(form, amount);
  if (!change) return { wrong: 'given', why };
  return { taking: { method: 'cash', given: { ...amount, amount: amount.amount + change.amount }, ...split } };
}

function readPush(
  form: PaymentForm,
  method: GatewayName,
  amount: Money,
  split: { amount?: Money },
  say: TillWords['say'],
): Read {
  const country = paysFrom(amount.currency);
  if (looksLikeMobile(form.phone, country) !== 'yes')
    return { wrong: 'phone', why: say('problem_invalid_phone', { example: examplePhone(country) }) };
  if (method === 'daraja') return { taking: { method, phone: form.phone, ...split } };
  return { taking: { method, phone: form.phone, network: networkOf(form, amount), ...split } };
}
