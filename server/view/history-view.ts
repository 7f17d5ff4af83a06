import { formatMoney } from '../../shared/money.ts';
import { REASONS } from '../../shared/reasons.ts';
import type { Actor, AuditEntry, Happening } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { columnOf, type PaidFor } from '../model/paid-for.ts';

/** One line of the answer to "what happened to this booking" or charge. */
export interface HistoryLine {
  at: string;
  who: string;
  what: string;
}

type Details = Record<string, string | number | boolean | null>;

/** Everything that happened to a booking or a charge and its money, in sentences, oldest first: its audit trail and what gateways sent. */
export async function seeHistory(em: Em, paidFor: PaidFor): Promise<HistoryLine[]> {
  const { column, id } = columnOf(paidFor);
  const changes = await query(em)
    .selectFrom('audit_entry')
    .select(['at', 'actor', 'happening', 'details'])
    .where(column, '=', id)
    .orderBy('id')
    .execute();
  const callbacks = await query(em)
    .selectFrom('callback')
    .leftJoin('refund', 'refund.id', 'callback.refund')
    .leftJoin('payment', 'payment.id', 'callback.payment')
    .select(['receivedAt', 'callback.state', 'verdict', 'listed', 'callback.refund'])
    .where(one => one.or([one(`payment.${column}`, '=', id), one(`refund.${column}`, '=', id)]))
    .orderBy('callback.id')
    .execute();
  const lines = [
    ...callbacks.map(callback => ({
      at: callback.receivedAt.toISOString(),
      who: 'The gateway',
      what: callbackSentence(callback),
    })),
    ...changes.map(lineOf),
  ];
  return lines.sort((one, other) => one.at.localeCompare(other.at));
}

/** The same for money that is nobody's yet. */
export async function seeReceiptHistory(em: Em, receiptId: number): Promise<HistoryLine[]> {
  const changes = await query(em)
    .selectFrom('audit_entry')
    .select(['at', 'actor', 'happening', 'details'])
    .where('receipt', '=', receiptId)
    .orderBy('id')
    .execute();
  return changes.map(lineOf);
}

function lineOf({ at, actor, happening, details }: Pick<AuditEntry, 'at' | 'actor' | 'happening' | 'details'>) {
  return { at: at.toISOString(), who: nameOf(actor), what: SENTENCES[happening](details) };
}

function callbackSentence({
  state,
  verdict,
  listed,
  refund,
}: {
  state: string;
  verdict: string | null;
  listed: boolean;
  refund: string | null;
}): string {
  const subject = refund === null ? 'a message about the payment' : 'a message about the refund';
  const from = listed ? '' : ' from an unlisted address';
  return `sent ${subject}${from}: ${state}${verdict ? ` (${verdict})` : ''}`;
}

function nameOf(actor: Actor): string {
  switch (actor) {
    case 'customer':
      return 'The customer';
    case 'janitor':
      return 'The system';
    case 'push':
      return 'The gateway, asked to collect or to give back,';
    case 'callback':
      return 'The gateway, by callback,';
    case 'query':
      return 'The gateway, when asked,';
    case 'statement':
      return 'The gateway’s statement';
    default:
      return actor.slice('staff:'.length);
  }
}

/** After the name of who did or said it. */
const SENTENCES: Record<Happening, (details: Details) => string> = {
  places_held: ({ quantity }) => `held ${quantity} ${quantity === 1 ? 'place' : 'places'}`,
  payment_started: () => 'started a payment',
  push_accepted: () => 'accepted it: a prompt is on the phone',
  push_refused: ({ reason, code }) => `refused it: ${reasonOf(reason)} (${code})`,
  push_unanswered: ({ why }) =>
    `gave no answer that can be understood${why ? ` (${why})` : ''}: a prompt may be on the phone`,
  payment_failed: ({ reason, code }) => `said that it failed: ${reasonOf(reason)} (${code})`,
  payment_paid: ({ receiptNumber }) =>
    `said that it was paid${receiptNumber ? `, receipt ${receiptNumber}` : '; the receipt number is not known yet'}`,
  receipt_number_known: ({ receiptNumber }) => `told the receipt number ${receiptNumber}`,
  callback_quarantined: ({ why, receiptNumber }) =>
    `said something that does not fit: ${why}${receiptNumber ? ` (receipt ${receiptNumber})` : ''}`,
  contradiction: ({ code }) => `says that it failed (${code}), and we hold the money: nothing was changed`,
  charge_opened: ({ purpose }) => `asked to pay for: ${purpose}`,
  charge_paid: () => 'so it is paid',
  charge_cancelled: () => 'took it back: it is not to be paid any more',
  part_paid: () => 'so a part of it is paid: it waits for the rest',
  payment_left: () => 'went on to another way of paying: what the first one still brings goes back',
  sale_opened: () => 'began a sale',
  sale_abandoned: () => 'gave the sale up: what was paid goes back',
  booking_confirmed: ({ placesTakenAgain }) =>
    `so confirmed the booking${placesTakenAgain ? ': its places were free again' : ''}`,
  booking_lapsed: () => 'ended the hold: the places went back',
  showing_cancelled: ({ note }) => `cancelled the showing: ${note}`,
  showing_moved: ({ from, to }) => `moved the showing from ${from} to ${to}`,
  booking_cancelled: ({ note }) => `cancelled the booking: the places went back${note ? ` (${note})` : ''}`,
  booking_moved: ({ from, to, note }) => `moved the booking from ${from} to ${to}: ${note}`,
  prompt_resent: () => 'had the prompt sent again',
  tickets_reprinted: ({ note }) => `printed the tickets again: ${note}`,
  mail_requested: ({ kind }) => `had a mail sent again: ${mailOf(kind)}`,
  mail_sent: ({ kind }) => `sent a mail: ${mailOf(kind)}`,
  mail_given_up: ({ kind, code }) => `could not send a mail: ${mailOf(kind)} (${code})`,
  refund_due: ({ reason, amount, currency, note, approvedBy }) =>
    `made a refund due of ${moneyOf(amount, currency)} (${String(reason).replaceAll('_', ' ')})${note ? `: ${note}` : ''}${approvedBy ? ` (approved by ${approvedBy})` : ''}`,
  refund_requested: ({ approvedBy }) => `asked the gateway to give the money back${approved(approvedBy)}`,
  refund_done: ({ proof, approvedBy }) =>
    `said that the money went back${proof ? `: ${proof}` : ''}${approved(approvedBy)}`,
  refund_failed: ({ code, proof, approvedBy }) =>
    `said that the money did not go back${code ? ` (${code})` : ''}${proof ? `: ${proof}` : ''}${approved(approvedBy)}`,
  refund_uncertain: ({ code }) =>
    `could not say whether the money went back${code ? ` (${code})` : ''}: a person must find out`,
  money_set_aside: ({ why }) => `set money aside: ${why}`,
  money_reversed: ({ note, approvedBy }) =>
    `wrote down that the gateway took the money back${note ? `: ${note}` : ''}${approved(approvedBy)}`,
  ticket_admitted: ({ seat, where }) => `let in ${seat ?? 'one ticket'}${where ? ` (${where})` : ''}`,
  admission_withdrawn: ({ seat, note, approvedBy }) =>
    `took back that ${seat ?? 'one ticket'} was let in: ${note}${approvedBy ? ` (approved by ${approvedBy})` : ''}`,
  staff_closed: ({ note, as, approvedBy }) => `decided${as ? ` (${as})` : ''}: ${note}${approved(approvedBy)}`,
  personal_data_erased: () => 'erased the personal data of this booking',
};

function mailOf(kind: unknown): string {
  return kind === 'confirmation' ? 'the tickets' : String(kind).replaceAll('_', ' ');
}

/** Two people decided. */
function approved(by: unknown): string {
  return by ? ` (approved by ${by})` : '';
}

function reasonOf(reason: unknown): string {
  const known = Object.entries(REASONS).find(([code]) => code === reason);
  return known ? (known[1].en.split('.')[0] ?? '') : String(reason);
}

function moneyOf(amount: unknown, currency: unknown): string {
  const money = { amount: Number(amount), currency: currency === 'TZS' ? ('TZS' as const) : ('KES' as const) };
  return formatMoney(money, 'en-KE');
}
