import { randomHex } from '../../../shared/random.ts';
import type { ReversalFault } from '../fault.ts';
import type { Debit, Reversal } from '../ledger.ts';
import type { Parts } from '../parts.ts';
import { receiveMessage } from '../phones.ts';
import { eatDigits } from './east-africa-time.ts';
import { refundText } from './messages.ts';
import { fieldText, isCallbackUrl } from './push-request.ts';
import { REFUSALS } from './refusals.ts';
import type { ReversalCode } from './results.ts';
import { type ReversalIds, reversalResult } from './reversal-result.ts';
import { send } from './send.ts';
import { type GatewayAnswer, gatewayId, json, refusal } from './wire.ts';

const AFTER_TIMEOUT_MS = 60_000;

/** Misspelt where Daraja misspells. */
const FIELDS: Record<string, (text: string) => boolean> = {
  Initiator: text => text !== '',
  SecurityCredential: text => /^[A-Za-z0-9+/]+=*$/.test(text),
  CommandID: text => text === 'TransactionReversal',
  TransactionID: text => text !== '',
  Amount: text => /^[1-9]\d*$/.test(text),
  ReceiverParty: text => /^\d{5,7}$/.test(text),
  RecieverIdentifierType: text => text === '11',
  ResultURL: isCallbackUrl,
  QueueTimeOutURL: isCallbackUrl,
  Remarks: text => text.length >= 2 && text.length <= 100,
};

interface Wish extends ReversalIds {
  initiator: string;
  securityCredential: string;
  receiptNumber: string;
  amount: number;
  shortCode: string;
  resultUrl: string;
}

/** `POST /mpesa/reversal/v1/request`: acknowledged is not done. */
export function requestReversal(parts: Parts, body: Record<string, unknown>): GatewayAnswer {
  const { random, clock, settings } = parts;
  const wrong = Object.keys(FIELDS).find(name => !FIELDS[name]?.(fieldText(body, name)));
  if (wrong) return refusal(random, '400.002.02', `Bad Request - Invalid ${wrong}`);
  const wish = readWish(parts, body);
  const debit = parts.ledger.debits.find(one => one.receiptNumber === wish.receiptNumber);
  const fault = debit && parts.faults.takeForReversal(debit.phone)?.reversal;
  if (!fault?.forgotten) clock.after(settings.callbackDelayMs, () => reverse(parts, wish, debit, fault));
  return acknowledge(parts, wish, fault?.answer);
}

function acknowledge({ random }: Parts, wish: Wish, answer: ReversalFault['answer']): GatewayAnswer {
  if (answer === 'reset') return { drop: answer };
  if (answer) return REFUSALS[answer](random);
  return json(200, {
    OriginatorConversationID: wish.originatorConversationId,
    ConversationID: wish.conversationId,
    ResponseCode: '0',
    ResponseDescription: 'Accept the service request successfully.',
  });
}

function readWish({ random, clock }: Parts, body: Record<string, unknown>): Wish {
  return {
    originatorConversationId: gatewayId(random),
    conversationId: `AG_${eatDigits(clock.now()).slice(0, 8)}_${randomHex(random, 10)}`,
    initiator: fieldText(body, 'Initiator'),
    securityCredential: fieldText(body, 'SecurityCredential'),
    receiptNumber: fieldText(body, 'TransactionID'),
    amount: Number(fieldText(body, 'Amount')),
    shortCode: fieldText(body, 'ReceiverParty'),
    resultUrl: fieldText(body, 'ResultURL'),
    timeoutUrl: fieldText(body, 'QueueTimeOutURL'),
  };
}

function reverse(parts: Parts, wish: Wish, debit: Debit | undefined, fault: ReversalFault | undefined): void {
  const refused = debit ? whyNot(parts, wish, debit) : 'R000002';
  const code = refused ?? fault?.ends ?? '0';
  // Where the fault says that somebody else was there before, somebody was.
  const reversal = debit && !refused && /^(0|R000001)$/.test(code) ? giveBack(parts, debit) : null;
  const { shortCode, merchant } = parts.settings;
  const done = debit && reversal && code === '0' ? { debit, reversal, shortCode, merchant } : null;
  tell(parts, wish, reversalResult(wish, code, done, fault?.shape), fault);
}

/** A part of the amount is refused: whether Daraja would give it back is written nowhere. */
function whyNot({ settings, ledger, keys }: Parts, wish: Wish, debit: Debit): ReversalCode | undefined {
  if (wish.initiator !== settings.initiatorName) return '2001';
  if (keys.decrypt(wish.securityCredential) !== settings.initiatorPassword) return '2001';
  if (wish.shortCode !== settings.shortCode) return 'R000002';
  if (ledger.reversals.some(one => one.originalReceiptNumber === debit.receiptNumber)) return 'R000001';
  return wish.amount === debit.amount ? undefined : '2006';
}

/** The one place where money comes back to a phone. */
function giveBack(parts: Parts, debit: Debit): Reversal {
  const { ledger, phones, clock, settings } = parts;
  const reversal = ledger.reverse(debit, clock.now());
  const phone = phones.findOrAdd(debit.phone);
  phone.balance += debit.amount;
  receiveMessage(phone, reversal.at, refundText(reversal, settings.merchant, phone.balance));
  parts.changed();
  return reversal;
}

function tell(parts: Parts, wish: Wish, body: string, fault: ReversalFault | undefined): void {
  const { timeoutUrl, resultUrl: url, originatorConversationId: id } = wish;
  if (fault?.arrives === 'never') return;
  const first = fault?.arrives === 'timeoutFirst' || fault?.arrives === 'timeoutOnly';
  if (first) void send(parts, { id, url: timeoutUrl, body: timeout(wish) });
  if (fault?.arrives === 'timeoutOnly') return;
  if (fault?.arrives === 'twice') void send(parts, { id, url, body });
  parts.clock.after(first ? AFTER_TIMEOUT_MS : 0, () => void send(parts, { id, url, body }));
}

/** What stands in it is written nowhere; the ids are the least that one may hope for. */
function timeout({ originatorConversationId, conversationId }: ReversalIds): string {
  return JSON.stringify({
    OriginatorConversationID: originatorConversationId,
    ConversationID: conversationId,
    ResultDesc: 'The request timed out in the queue.',
  });
}
