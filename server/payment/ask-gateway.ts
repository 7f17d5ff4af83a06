import { addMs } from '../../shared/clock.ts';
import { randomFraction } from '../../shared/random.ts';
import { lockPayment } from '../booking/lock-paid-for.ts';
import type { GatewayIds, Outcome } from '../gateway/gateway.ts';
import { sendBudgetMs } from '../gateway/send-budget.ts';
import { type Em, query } from '../model/entities.ts';
import { isUnresolved } from '../model/payment.ts';
import type { GatewayLine, Parts } from '../parts.ts';
import { cancelOrder } from './cancel-order.ts';
import { nextCheckAt } from './check-schedule.ts';
import { isMoney, type SettledPayment, settlingNow } from './evidence.ts';
import { openIds } from './gateway-ids.ts';
import { repeatPush } from './push-payment.ts';
import { settlePayment } from './settle-payment.ts';

const ASKED_LATELY = 1 / 9; // Of the prompt's time (10 s): whoever asks again sooner learns nothing new.

/**
 * Asks the gateway what became of a payment and settles the answer, if the budget allows. Harmless when repeated, and
 * when two do it at once: a lease lets one through, and `onlyIfDue` turns away the one who comes when it is done. False:
 * it was not asked.
 */
export async function askGateway(parts: Parts, paymentId: string, onlyIfDue = false): Promise<boolean> {
  const askedAt = parts.clock.now();
  const payment = await parts.database.write(em => lease(em, parts, paymentId, onlyIfDue));
  if (!payment) return false;
  const line = parts.lines.get(payment.gateway);
  const ids = openIds(payment.idsSealed, parts.vault);
  const outcome = line ? await ask(parts, line, payment.id, ids) : null;
  await parts.database.write(em => writeDown(em, parts, { ...payment, askedAt, outcome, hasIds: ids !== null }));
  await cancelOrder(parts, payment.id, 'nobody waits');
  parts.wakeRelay();
  return outcome !== null;
}

/** True when asking about it now could bring something new. */
export async function isWorthAsking(em: Em, parts: Parts, paymentId: string): Promise<boolean> {
  const { id, state, frozen, gateway, idsHash, checkedAt, silentSince } = await query(em)
    .selectFrom('payment')
    .select(['id', 'state', 'frozen', 'gateway', 'idsHash', 'checkedAt', 'silentSince'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
  const isAskable = idsHash !== null || (state === 'unknown' && parts.lines.get(gateway)?.gateway.mayRepeat);
  const isOpen = isUnresolved(state) || silentSince !== null || (await refundSchedule(em, id)) !== null;
  if (!isOpen || frozen || !isAskable) return false;
  return !checkedAt || addMs(checkedAt, parts.config.rules.promptMs * ASKED_LATELY) <= parts.clock.now();
}

/** Whoever gets the lease asks; it ends by itself if that one dies. */
function lease(em: Em, { clock, config }: Parts, paymentId: string, onlyIfDue: boolean) {
  const now = clock.now();
  return query(em)
    .updateTable('payment')
    .set({ leasedUntil: addMs(now, sendBudgetMs(config.rules.gatewayTimeoutMs)) })
    .where('id', '=', paymentId)
    .where(one => one.or([one('leasedUntil', 'is', null), one('leasedUntil', '<=', now)]))
    .$if(onlyIfDue, due => due.where('nextCheckAt', '<=', now))
    .returning(['id', 'gateway', 'idsSealed'])
    .executeTakeFirst();
}

/** Null: nobody could be asked. Without ids there is nothing to ask by; where it may be, the request itself is repeated. */
async function ask(parts: Parts, line: GatewayLine, paymentId: string, ids: GatewayIds | null) {
  const { gateway, queries } = line;
  if (ids === null && !gateway.mayRepeat) return null;
  if (!(await queries.take())) return null;
  if (ids === null) return repeatPush(parts, line, paymentId).then(() => null);
  const outcome = await gateway.ask(ids);
  if (outcome.outcome === 'going' && outcome.slowDown) await queries.slowDown();
  return outcome;
}

interface Asked {
  id: string;
  gateway: Parameters<Parts['lines']['get']>[0];
  askedAt: Date;
  outcome: Outcome | null;
  hasIds: boolean;
}

/** Without budget it stays due and only loses its lease; without ids the schedule goes on. */
async function writeDown(em: Em, parts: Parts, { id, gateway, askedAt, outcome, hasIds }: Asked) {
  await lockPayment(em, id);
  const { clock, config, random } = parts;
  const now = clock.now();
  const { answers, flow } = parts.lines.get(gateway)?.gateway ?? {};
  const source = answers === 'statement' ? 'statement' : 'query';
  const ids = outcome?.outcome === 'paid' ? (outcome.ids ?? null) : null;
  if (outcome) await settlePayment(em, id, { source, ids, outcome }, settlingNow(parts));
  const after = await readAfter(em, id);
  const asked = outcome !== null || !hasIds;
  const firstFailed = after.state === 'failed' && after.endedAt?.getTime() === now.getTime();
  const toldMeanwhile = after.notifiedAt !== null && after.notifiedAt >= askedAt; // It says "ask me" of what came later.
  const schedule = await nextSchedule(em, after, outcome, flow === 'page');
  await query(em)
    .updateTable('payment')
    .set({ leasedUntil: null })
    .$if(asked, update => update.set({ checks: after.checks + 1, checkedAt: now }))
    .$if(outcome !== null, update =>
      update.set({ silentSince: isSilent(after, outcome) ? (after.silentSince ?? now) : null }),
    )
    .$if(asked && !firstFailed && !toldMeanwhile, update =>
      update.set({
        nextCheckAt: schedule && nextCheckAt(schedule, now, config.rules.checkAfterMs, randomFraction(random)),
      }),
    )
    .where('id', '=', id)
    .execute();
}

function readAfter(em: Em, paymentId: string) {
  return query(em)
    .selectFrom('payment')
    .select(['id', 'state', 'startedAt', 'checks', 'endedAt', 'reportedAt', 'frozen', 'nextCheckAt', 'notifiedAt'])
    .select('silentSince')
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
}

/** It had failed, and now nobody says so any more: somebody may have paid meanwhile, and people must know that we do not. */
function isSilent({ state }: Pick<SettledPayment, 'state'>, outcome: Outcome | null): boolean {
  return state === 'failed' && outcome?.outcome === 'going';
}

/** From when the schedule counts; null: nothing more is to be learned. */
async function nextSchedule(
  em: Em,
  after: Awaited<ReturnType<typeof readAfter>>,
  outcome: Outcome | null,
  mayTryAgain: boolean, // On the gateway's page, after a try that failed: we ask on as if nothing had been said.
) {
  if (after.frozen) return null;
  if (isMoney(after)) return refundSchedule(em, after.id);
  const isOpen = after.nextCheckAt !== null && outcome?.outcome === 'going'; // An incomplete "paid" after a "failed".
  if (after.reportedAt !== null && !isOpen) return null;
  const isDenied = after.state === 'failed' && after.reportedAt === null && !mayTryAgain;
  const failedAt = isDenied && outcome?.outcome !== 'going' ? after.endedAt : null; // Told nothing, we ask on.
  return { startedAt: after.startedAt, failedAt };
}

/** Money on its way back of which no result will come: only asking about its payment tells that it is there. */
async function refundSchedule(em: Em, paymentId: string) {
  const awaited = await query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .select('refund.requestedAt')
    .where('receipt.payment', '=', paymentId)
    .where('refund.state', 'in', ['requested', 'unknown'])
    .where('refund.callbackTokenHash', 'is', null)
    .executeTakeFirst();
  return awaited?.requestedAt ? { startedAt: awaited.requestedAt, failedAt: null } : null;
}
