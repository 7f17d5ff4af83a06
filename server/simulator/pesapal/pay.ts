import { addMs } from '../../../shared/clock.ts';
import type { Parts } from '../parts.ts';
import { isLocked, isMagic, type Phone, receiveMessage } from '../phones.ts';
import { livingAt } from './armed-faults.ts';
import type { FailureName } from './failures.ts';
import { paidText } from './messages.ts';
import { CARDS, inDollars, NETWORKS, type NetworkName } from './networks.ts';
import { notifyOf } from './notify.ts';
import { type Attempt, mayBePaid, type Order } from './orders.ts';
import { tell, tellOfPayment } from './tell.ts';

/** What the customer chose on the page: a phone’s number, or a card’s. */
export interface Choice {
  network: NetworkName;
  account: string;
}

/** `unanswered`: nobody knows what the customer wants, so nothing is told. */
export type End = 'paid' | 'unanswered' | FailureName;

const FULL_WALLET = 10_000_000; // Magic numbers never run out of money.

/** The button on the page. False where the order cannot be paid now. */
export function startAttempt(parts: Parts, order: Order, { network, account }: Choice): boolean {
  if (!mayBePaid(order)) return false;
  const phone = network === 'card' ? order.phone : account;
  order.fault = parts.pesapal.faults.take('payment', phone) ?? livingAt(phone) ?? order.fault;
  const owner = network === 'card' ? null : parts.phones.findOrAdd(account);
  const number = (order.attempt?.number ?? 0) + 1;
  const startedAt = parts.clock.now();
  const attempt: Attempt = {
    ...{ number, network, owner, account, startedAt, state: 'asking', failure: null, stopWaiting: () => {} },
  };
  order.attempt = attempt;
  if (owner) askOn(parts, order, attempt, owner);
  else endSoon(parts, order, attempt, CARDS[account]?.declined ? 'card' : afterRightPin(order, attempt));
  parts.changed();
  return true;
}

function askOn(parts: Parts, order: Order, attempt: Attempt, phone: Phone): void {
  if (phone.prompt) endSoon(parts, order, attempt, 'busy');
  else if (!phone.on) endSoon(parts, order, attempt, 'unreachable');
  else openPrompt(parts, order, attempt, phone);
}

function endSoon(parts: Parts, order: Order, attempt: Attempt, end: End): void {
  parts.clock.after(parts.settings.answerMs, () => void conclude(parts, order, attempt, end));
}

function openPrompt(parts: Parts, order: Order, attempt: Attempt, phone: Phone): void {
  const { settings, clock } = parts;
  const { trackingId, merchantReference, amount, currency, fault } = order;
  phone.prompt = {
    ...{ gateway: 'pesapal', checkoutRequestId: trackingId, merchant: settings.merchant, amount, currency },
    ...{ accountReference: merchantReference, expiresAt: addMs(attempt.startedAt, settings.promptSeconds * 1_000) },
    ignored: false,
  };
  if (isMagic(phone)) phone.balance = FULL_WALLET;
  attempt.stopWaiting = clock.after(settings.promptSeconds * 1_000, () => {
    conclude(parts, order, attempt, 'unanswered');
  });
  const knows = fault?.ends !== undefined || fault?.firstTry !== undefined || isMagic(phone);
  if (fault?.ends === 'ignored' || !(knows || settings.autoAnswer)) return;
  const end = () => conclude(parts, order, attempt, afterRightPin(order, attempt));
  clock.after(knows ? settings.answerMs : 0, () => void end());
}

/** The customer types a PIN and presses OK. Undefined when nothing is asked on this phone. */
export function enterPesapalPin(parts: Parts, phone: Phone, pin: string): End | undefined {
  const open = openAttempt(parts, phone);
  return open && conclude(parts, open.order, open.attempt, tryPin(open.order, open.attempt, phone, pin));
}

export function cancelPesapalPrompt(parts: Parts, phone: Phone): End | undefined {
  const open = openAttempt(parts, phone);
  return open && conclude(parts, open.order, open.attempt, 'cancelled');
}

function openAttempt({ pesapal }: Parts, { prompt }: Phone): { order: Order; attempt: Attempt } | undefined {
  const order = prompt && !prompt.ignored ? pesapal.orders.byTrackingId.get(prompt.checkoutRequestId) : undefined;
  return order?.attempt ? { order, attempt: order.attempt } : undefined;
}

function tryPin(order: Order, attempt: Attempt, phone: Phone, pin: string): End {
  if (isLocked(phone)) return 'locked';
  if (pin !== phone.pin) {
    phone.wrongPins += 1;
    return isLocked(phone) ? 'locked' : 'pin';
  }
  phone.wrongPins = 0;
  return afterRightPin(order, attempt);
}

function afterRightPin({ fault, amount }: Order, { number, owner }: Attempt): End {
  if (fault?.firstTry && number === 1) return fault.firstTry;
  const ends = fault?.ends ?? 'paid';
  if (ends !== 'paid' && ends !== 'ignored') return ends;
  return owner && owner.balance < amount ? 'funds' : 'paid';
}

/** Ends the try, once: the customer closed it, the time is over, or the order was cancelled under it. */
export function conclude(parts: Parts, order: Order, attempt: Attempt, end: End): End {
  if (attempt.state !== 'asking') return attempt.failure ?? (attempt.state === 'paid' ? 'paid' : 'unanswered');
  attempt.stopWaiting();
  const { owner } = attempt;
  if (owner?.prompt?.checkoutRequestId === order.trackingId) owner.prompt = null;
  if (end === 'paid') takeMoney(parts, order, attempt);
  else if (end === 'unanswered') attempt.state = 'unanswered';
  else {
    attempt.state = 'failed';
    attempt.failure = end;
    tell(parts, order, { code: 2, failure: end });
  }
  parts.changed();
  return end;
}

/** The one place where Pesapal’s money leaves a phone or a card. */
function takeMoney(parts: Parts, order: Order, attempt: Attempt): void {
  const { trackingId, merchantReference, amount, currency, fault } = order;
  const { network, owner, account } = attempt;
  const at = parts.clock.now();
  const inUsd = fault?.charged === 'USD' || CARDS[account]?.chargedInUsd;
  attempt.state = 'paid';
  if (owner) owner.balance -= amount;
  const paid = { gateway: 'pesapal', network, amount, currency, at, trackingId, merchantReference } as const;
  const notDarajas = { checkoutRequestId: '', merchantRequestId: '', accountReference: '', shortCode: '' };
  order.debit = parts.ledger.enter(
    { ...paid, ...notDarajas, phone: owner?.number ?? order.phone ?? '', charged: inUsd ? inDollars(amount) : null },
    NETWORKS[network].codeDigits,
  );
  if (owner) receiveMessage(owner, at, paidText(order.debit, parts.settings.merchant, owner.balance));
  notifyOf(parts, order, 'paid');
  tellOfPayment(parts, order);
}
