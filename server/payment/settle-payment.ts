import { addMs } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { renewHeldUntil } from '../booking/end-hold.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Rules } from '../config.ts';
import type { Vault } from '../database/vault.ts';
import type { GatewayIds, Outcome } from '../gateway/gateway.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import type { Parts } from '../parts.ts';
import { allocateReceipt } from './allocate-receipt.ts';
import { bankReceipt, recordUnallocated } from './bank-receipt.ts';
import { adoptIds, type IdsFit, idsFit } from './gateway-ids.ts';

const BELIEVED_FROM = 1 / 3; // Of the prompt's time: before it, Daraja's query has been seen to say "paid" too early.
const SEEN_TWICE_APART = 1 / 6; // Of the prompt's time: so long must a query insist on a failure.
const VERIFIED_WITHIN_MS = 2 * 60_000; // Without agreement by then, a person looks at it.
const RECHECK_MS = 5 * 60_000; // Queries have called paid payments failed: ask again. A last time after an hour.

/** What somebody says became of a payment, and through which door it came. */
export interface Evidence {
  source: 'callback' | 'query' | 'statement';
  /** The gateway's ids as the message has them; null where it carries none. */
  ids: GatewayIds | null;
  outcome: Outcome;
  /** From where this gateway is not known to call, and the settings want that verified: a query must agree first. */
  doubtful?: boolean;
}

/** What came of it: `settled` changed the payment or confirmed it, `ignored` added nothing, `quarantined` is for a person. */
export interface Verdict {
  verdict: 'settled' | 'ignored' | 'quarantined';
  why: string | null;
}

export interface Settling {
  now: Date;
  rules: Rules;
  random: Random;
  vault: Vault;
}

export function settlingNow({
  clock,
  config,
  random,
  vault,
}: Pick<Parts, 'clock' | 'config' | 'random' | 'vault'>): Settling {
  return { now: clock.now(), rules: config.rules, random, vault };
}

/**
 * The only place where money changes anything. Callbacks, queries and people all come through here, in one transaction:
 * outcome → receipt → payment → booking → tickets → audit → outbox. Evidence only ever raises a state, so neither its
 * order nor its repetition can matter, and money beats every "no".
 */
export async function settlePayment(
  em: Em,
  paymentId: string,
  evidence: Evidence,
  settling: Settling,
): Promise<Verdict> {
  const payment = await readPayment(em, paymentId);
  const fit = await idsFit(em, payment, evidence.ids, settling.vault);
  if (fit !== 'fits' && fit !== 'new') return refuseStranger(em, payment, evidence, fit, settling);
  if (fit === 'new' && evidence.ids) await adoptIds(em, payment.id, evidence.ids, settling.vault);
  switch (evidence.outcome.outcome) {
    case 'paid':
      return settleSuccess(em, payment, evidence, evidence.outcome, settling);
    case 'failed':
      return evidence.source === 'callback'
        ? settleReportedFailure(em, payment, evidence.outcome, settling)
        : settleQueriedFailure(em, payment, evidence.outcome, settling);
    case 'reversed':
    case 'going':
      return ignored(evidence.outcome.outcome);
  }
}

export type SettledPayment = Awaited<ReturnType<typeof readPayment>>;
export type Paid = Extract<Outcome, { outcome: 'paid' }>;
type Failed = Extract<Outcome, { outcome: 'failed' }>;

export function readPayment(em: Em, paymentId: string) {
  return query(em)
    .selectFrom('payment')
    .select(['id', 'booking', 'gateway', 'state', 'amount', 'currency', 'idsHash', 'idsSealed', 'frozen'])
    .select(['startedAt', 'promptEndsAt', 'reportedAt', 'queriedCode', 'queriedCodeAt', 'verifyUntil'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
}

async function settleSuccess(em: Em, payment: SettledPayment, evidence: Evidence, paid: Paid, settling: Settling) {
  const { source } = evidence;
  const doubt = source === 'query' ? doubtAboutQuery(payment, settling) : doubtAboutReport(payment, source, paid);
  switch (doubt) {
    case 'too early':
      return ignored(doubt);
    case 'under review': // A person decides, and must know of this money too.
      if (await recordUnallocated(em, payment, paid, settling.now))
        await record(em, payment, source, 'money_set_aside', settling.now, { why: doubt });
      return ignored(doubt);
    case 'incomplete':
      return askInstead(em, payment, settling);
    case 'another amount than was asked for':
      return quarantine(em, payment, paid, doubt, settling);
    case null:
      break;
  }
  if (evidence.doubtful) return verifyFirst(em, payment, paid, settling);
  const banked = await bankReceipt(em, payment, paid, settling.now);
  switch (banked.was) {
    case 'of another payment':
      return quarantine(em, payment, paid, 'this receipt number was counted for another payment', settling);
    case 'known':
      return ignored('this receipt was counted before');
    case 'given its number':
      await record(em, payment, source, 'receipt_number_known', settling.now, { receiptNumber: paid.receiptNumber });
      return settled();
    case 'new':
      await markPaid(em, payment, source, paid, settling.now);
      await allocateReceipt(em, payment, banked.receiptId, source, settling);
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
  if (!amount || !receiptNumber) return 'incomplete';
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
async function markPaid(em: Em, payment: SettledPayment, source: Evidence['source'], paid: Paid, now: Date) {
  if (isMoney(payment)) return;
  await query(em)
    .updateTable('payment')
    .set({ state: 'paid', live: false, frozen: false, reason: null, reasonCode: null, retryFrom: null })
    .set({ endedAt: now, nextCheckAt: null, verifyUntil: null, ...(source === 'callback' && { reportedAt: now }) })
    .where('id', '=', payment.id)
    .where('state', 'in', paymentStatesBelow('paid'))
    .execute();
  await record(em, payment, source, 'payment_paid', now, { receiptNumber: paid.receiptNumber, before: payment.state });
}

/** A failure by callback is definite, unless there is money. */
async function settleReportedFailure(em: Em, payment: SettledPayment, failed: Failed, { now, rules }: Settling) {
  if (isMoney(payment)) return contradiction(em, payment, 'callback', failed, now);
  if (payment.frozen) return ignored('a person is looking at this payment');
  if (payment.state === 'failed' && payment.reportedAt) return ignored('this payment had failed before');
  await fail(em, payment, 'callback', failed, { now, rules, nextCheckAt: null });
  return settled();
}

/** A failure by query counts only when no callback came, the prompt is over, and the query insists. */
async function settleQueriedFailure(em: Em, payment: SettledPayment, failed: Failed, { now, rules }: Settling) {
  if (isMoney(payment)) return contradiction(em, payment, 'query', failed, now);
  if (payment.frozen || payment.reportedAt || payment.state === 'failed') return ignored('nothing new');
  if (payment.queriedCode !== failed.code || !payment.queriedCodeAt) {
    await query(em)
      .updateTable('payment')
      .set({ queriedCode: failed.code, queriedCodeAt: now })
      .where('id', '=', payment.id)
      .execute();
    return ignored('a query says that it failed; it must say so twice');
  }
  const promptIsOver = payment.promptEndsAt !== null && payment.promptEndsAt <= now;
  const insists = addMs(payment.queriedCodeAt, rules.promptMs * SEEN_TWICE_APART) <= now;
  if (!promptIsOver || !insists) return ignored('a query says that it failed; it is too early to believe it');
  await fail(em, payment, 'query', failed, { now, rules, nextCheckAt: addMs(now, RECHECK_MS) });
  return settled();
}

async function fail(
  em: Em,
  payment: SettledPayment,
  source: Evidence['source'],
  { reason, code, retry }: Failed,
  { now, rules, nextCheckAt }: { now: Date; rules: Rules; nextCheckAt: Date | null },
) {
  const waitMs = retry.after === 'wait' ? Math.min(retry.seconds * 1_000, rules.retryAfterMs) : 0;
  await query(em)
    .updateTable('payment')
    .set({ state: 'failed', live: false, reason, reasonCode: code, retryFrom: addMs(now, waitMs), endedAt: now })
    .set({ nextCheckAt, ...(source === 'callback' && { reportedAt: now }) })
    .where('id', '=', payment.id)
    .where('state', 'in', [...paymentStatesBelow('failed'), 'failed'])
    .execute();
  await renewHeldUntil(em, payment.booking);
  await record(em, payment, source, 'payment_failed', now, { reason, code });
}

/** Somebody says "failed" and we hold the money: nothing changes, and people are told. */
async function contradiction(em: Em, payment: SettledPayment, source: Evidence['source'], failed: Failed, now: Date) {
  await query(em).updateTable('payment').set({ contradictedAt: now }).where('id', '=', payment.id).execute();
  await record(em, payment, source, 'contradiction', now, { reason: failed.reason, code: failed.code });
  return ignored('it says failed, and we hold the money');
}

/** The right token with another payment's ids: whoever sent it, it is not believed. */
function refuseStranger(
  em: Em,
  payment: SettledPayment,
  { outcome, source }: Evidence,
  fit: Exclude<IdsFit, 'fits' | 'new'>,
  settling: Settling,
) {
  if (outcome.outcome === 'paid') return quarantine(em, payment, outcome, fit, settling);
  return record(em, payment, source, 'callback_quarantined', settling.now, { why: fit }).then(
    (): Verdict => ({ verdict: 'quarantined', why: fit }),
  );
}

/** The money is written down, but belongs to nothing until a person has looked; queries settle this payment no more. */
async function quarantine(
  em: Em,
  payment: SettledPayment,
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
  await record(em, payment, 'callback', 'callback_quarantined', now, { why, receiptNumber: paid.receiptNumber });
  return { verdict: 'quarantined', why };
}

function isMoney({ state }: SettledPayment) {
  return state === 'paid' || state === 'reversed';
}

function record(
  em: Em,
  payment: SettledPayment,
  actor: Actor,
  happening: Parameters<typeof recordChange>[2]['happening'],
  at: Date,
  details: Parameters<typeof recordChange>[2]['details'] = {},
) {
  return recordChange(em, payment.booking, { happening, actor, at, payment: payment.id, details });
}

function settled(): Verdict {
  return { verdict: 'settled', why: null };
}

function ignored(why: string): Verdict {
  return { verdict: 'ignored', why };
}
