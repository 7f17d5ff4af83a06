import { addMs } from '../../shared/clock.ts';
import { lockPayment } from '../booking/lock-paid-for.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import { prepared } from '../model/prepared.ts';
import { allocateReceipt } from './allocate-receipt.ts';
import { bankReceipt, recordUnallocated } from './bank-receipt.ts';
import {
  type Evidence,
  ignored,
  isMoney,
  type Paid,
  readPayment,
  record,
  type SettledPayment,
  type Settling,
  settled,
  type Verdict,
  whoSays,
} from './evidence.ts';
import { adoptIds, type IdsFit, idsFit } from './gateway-ids.ts';
import { settleQueriedFailure, settleReportedFailure, settleReversal } from './settle-failure.ts';

const BELIEVED_FROM = 1 / 3; // Of the prompt's time: before it, Daraja's query has been seen to say "paid" too early.
const VERIFIED_WITHIN_MS = 2 * 60_000; // Without agreement by then, a person looks at it.

/**
 * The only place where money changes anything. Callbacks, queries and the counter all come through here, in one transaction:
 * outcome → receipt → payment → booking → tickets → audit → outbox. Evidence only ever raises a state, so neither its
 * order nor its repetition can matter, and money beats every "no".
 */
export async function settlePayment(
  em: Em,
  paymentId: string,
  evidence: Evidence,
  settling: Settling,
): Promise<Verdict> {
  await lockPayment(em, paymentId);
  const payment = await readPayment(em, paymentId);
  const fit = await idsFit(em, payment, evidence.ids, settling.vault);
  if (fit !== 'fits' && fit !== 'new') return refuseStranger(em, payment, evidence, fit, settling);
  if (fit === 'new' && evidence.ids) await adoptIds(em, payment.id, evidence.ids, settling.vault);
  if (evidence.source === 'counter') return settleSuccess(em, payment, evidence, evidence.outcome, settling);
  switch (evidence.outcome.outcome) {
    case 'paid':
      return settleSuccess(em, payment, evidence, evidence.outcome, settling);
    case 'failed':
      return evidence.source === 'query'
        ? settleQueriedFailure(em, payment, evidence.outcome, settling)
        : settleReportedFailure(em, payment, evidence.source, evidence.outcome, settling);
    case 'reversed':
      return settleReversal(em, payment, evidence.source, evidence.outcome.receiptNumber, settling);
    case 'going':
      return ignored(evidence.outcome.why);
  }
}

async function settleSuccess(em: Em, payment: SettledPayment, evidence: Evidence, paid: Paid, settling: Settling) {
  const { source } = evidence;
  const actor = whoSays(evidence);
  const doubt = source === 'query' ? doubtAboutQuery(payment, settling) : doubtAboutReport(payment, source, paid);
  switch (doubt) {
    case 'too early':
      return ignored(doubt);
    case 'under review': // A person decides, and must know of this money too.
      if (await recordUnallocated(em, payment, paid, settling.now))
        await record(em, payment, actor, 'money_set_aside', settling.now, { why: doubt });
      return ignored(doubt);
    case 'incomplete':
      return askInstead(em, payment, settling);
    case 'another amount than was asked for':
    case 'paid, in no amount or under no number that we know':
      return quarantine(em, payment, evidence, paid, doubt, settling);
    case null:
      break;
  }
  if (evidence.doubtful) return verifyFirst(em, payment, paid, settling);
  const banked = await bankReceipt(em, payment, paid, settling.now);
  switch (banked.was) {
    case 'of another payment':
      return quarantine(em, payment, evidence, paid, 'this receipt number was counted for another payment', settling);
    case 'given elsewhere':
      return quarantine(em, payment, evidence, paid, 'money of this payment was given to something else', settling);
    case 'known':
      return ignored('this receipt was counted before');
    case 'given its number':
      await record(em, payment, actor, 'receipt_number_known', settling.now, { receiptNumber: paid.receiptNumber });
      return settled();
    case 'new':
      await markPaid(em, payment, evidence, paid, settling.now);
      await allocateReceipt(em, payment, banked.receiptId, actor, settling);
      return settled();
  }
}

/** A query that comes too soon has been seen to say "paid" by mistake, and it cannot overrule a person. */
function doubtAboutQuery(payment: SettledPayment, { now, rules }: Settling) {
  if (payment.frozen) return 'under review';
  return now < addMs(payment.startedAt, rules.promptMs * BELIEVED_FROM) ? 'too early' : null;
}

function doubtAboutReport(payment: SettledPayment, source: Evidence['source'], { amount, receiptNumber }: Paid) {
  if (payment.frozen && source === 'statement') return 'under review';
  if (!amount || !receiptNumber)
    return source === 'statement' ? 'paid, in no amount or under no number that we know' : 'incomplete'; // It will say no more.
  const fits = amount.amount === payment.amount && amount.currency === payment.currency;
  return fits ? null : 'another amount than was asked for';
}

/** The money is written down at once; only the ticket waits until a query agrees. */
async function verifyFirst(em: Em, payment: SettledPayment, paid: Paid, { now }: Settling): Promise<Verdict> {
  if (!(await recordUnallocated(em, payment, paid, now))) return ignored('this receipt was written down before');
  await query(em)
    .updateTable('payment')
    .set({ verifyUntil: addMs(now, VERIFIED_WITHIN_MS), nextCheckAt: now })
    .where('id', '=', payment.id)
    .where('state', 'in', paymentStatesBelow('paid'))
    .execute();
  await record(em, payment, 'callback', 'money_set_aside', now, { why: 'a query must agree first' });
  return ignored('a query must agree first');
}

/** A "paid" without an amount or a receipt number proves nothing: the gateway is asked at once. */
async function askInstead(em: Em, payment: SettledPayment, { now }: Settling) {
  await query(em)
    .updateTable('payment')
    .set({ nextCheckAt: now })
    .where('id', '=', payment.id)
    .where('state', 'in', paymentStatesBelow('paid'))
    .where('frozen', '=', false)
    .execute();
  return ignored('no amount or receipt number: the gateway is asked');
}

/** Paid is paid, whatever was believed before. A second receipt for a paid payment leaves it as it is. */
async function markPaid(em: Em, payment: SettledPayment, evidence: Evidence, paid: Paid, now: Date) {
  if (isMoney(payment)) return;
  const mark = evidence.source === 'callback' ? markReported : markFound;
  await mark.run(em, { id: payment.id, now });
  const details = { receiptNumber: paid.receiptNumber, before: payment.state };
  await record(em, payment, whoSays(evidence), 'payment_paid', now, details);
}

const markBy = (isReport: boolean) =>
  prepared((em, { id, now }: { id: string; now: Date }) =>
    query(em)
      .updateTable('payment')
      .set({ state: 'paid', live: false, frozen: false, reason: null, reasonCode: null, retryFrom: null })
      .set({ silentSince: null })
      .set({ endedAt: now, nextCheckAt: null, verifyUntil: null, ...(isReport && { reportedAt: now }) })
      .where('id', '=', id)
      .where('state', 'in', paymentStatesBelow('paid')),
  );

const markReported = markBy(true);
const markFound = markBy(false);

/** The right token with another payment's ids: whoever sent it, it is not believed. */
function refuseStranger(
  em: Em,
  payment: SettledPayment,
  evidence: Evidence,
  fit: Exclude<IdsFit, 'fits' | 'new'>,
  settling: Settling,
) {
  const { outcome } = evidence;
  if (outcome.outcome === 'paid') return quarantine(em, payment, evidence, outcome, fit, settling);
  return record(em, payment, whoSays(evidence), 'callback_quarantined', settling.now, { why: fit }).then(
    (): Verdict => ({ verdict: 'quarantined', why: fit }),
  );
}

/** The money is written down, but belongs to nothing until a person has looked; queries settle this payment no more. */
async function quarantine(
  em: Em,
  payment: SettledPayment,
  evidence: Evidence,
  paid: Paid,
  why: string,
  { now }: Settling,
): Promise<Verdict> {
  await recordUnallocated(em, payment, paid, now);
  if (!isMoney(payment))
    await query(em)
      .updateTable('payment')
      .set({ frozen: true, nextCheckAt: null })
      .where('id', '=', payment.id)
      .where('state', 'in', paymentStatesBelow('paid'))
      .execute();
  await record(em, payment, whoSays(evidence), 'callback_quarantined', now, { why, receiptNumber: paid.receiptNumber });
  return { verdict: 'quarantined', why };
}
