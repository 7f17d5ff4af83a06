import { addMs } from '../../shared/clock.ts';
import { randomFraction } from '../../shared/random.ts';
import type { Outcome } from '../gateway/gateway.ts';
import { sendBudgetMs } from '../gateway/send-budget.ts';
import { type Em, query } from '../model/entities.ts';
import { isUnresolved } from '../model/payment.ts';
import type { Parts } from '../parts.ts';
import { nextCheckAt } from './check-schedule.ts';
import { openIds } from './gateway-ids.ts';
import { settlePayment } from './settle-payment.ts';

const ASKED_LATELY = 1 / 9; // Of the prompt's time (10 s): whoever asks again sooner learns nothing new.

/**
 * Asks the gateway what became of a payment and settles the answer, if the budget allows. Harmless when repeated, and
 * when two do it at once: a lease lets one through, and `onlyIfDue` turns away the one who comes when it is done. False:
 * it was not asked.
 */
export async function askGateway(parts: Parts, paymentId: string, onlyIfDue = false): Promise<boolean> {
  const payment = await parts.database.write(em => lease(em, parts, paymentId, onlyIfDue));
  if (!payment) return false;
  const ids = openIds(payment.idsSealed, parts.vault);
  const line = parts.lines.get(payment.gateway);
  const outcome = ids && line?.queries.take() ? await line.gateway.ask(ids) : null;
  if (outcome?.outcome === 'going' && outcome.slowDown) line?.queries.slowDown();
  await parts.database.write(em => writeDown(em, parts, payment.id, outcome, ids !== null));
  parts.wakeRelay();
  return outcome !== null;
}

/** True when asking about it now could bring something new. */
export async function isWorthAsking(em: Em, parts: Parts, paymentId: string): Promise<boolean> {
  const { state, frozen, idsHash, checkedAt } = await query(em)
    .selectFrom('payment')
    .select(['state', 'frozen', 'idsHash', 'checkedAt'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
  if (!isUnresolved(state) || frozen || idsHash === null) return false;
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

/** Without budget it stays due and only loses its lease; without ids there is nothing to ask by, and the schedule goes on. */
async function writeDown(em: Em, parts: Parts, paymentId: string, outcome: Outcome | null, hasIds: boolean) {
  const { clock, config, random, vault } = parts;
  const now = clock.now();
  if (outcome)
    await settlePayment(
      em,
      paymentId,
      { source: 'query', ids: null, outcome },
      { now, rules: config.rules, random, vault },
    );
  const after = await query(em)
    .selectFrom('payment')
    .select(['state', 'startedAt', 'checks', 'endedAt', 'reportedAt', 'frozen', 'nextCheckAt'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
  const asked = outcome !== null || !hasIds;
  const isDenied = after.state === 'failed' && after.reportedAt === null;
  const schedule = {
    startedAt: after.startedAt,
    failedAt: isDenied && outcome?.outcome !== 'going' ? after.endedAt : null, // Told nothing, we ask on.
  };
  const isMoney = after.state === 'paid' || after.state === 'reversed';
  const isOpen = after.nextCheckAt !== null && outcome?.outcome === 'going'; // An incomplete "paid" after a "failed".
  const over = after.frozen || isMoney || (after.reportedAt !== null && !isOpen);
  const firstFailed = after.state === 'failed' && after.endedAt?.getTime() === now.getTime();
  await query(em)
    .updateTable('payment')
    .set({ leasedUntil: null })
    .$if(asked, update => update.set({ checks: after.checks + 1, checkedAt: now }))
    .$if(asked && !firstFailed, update =>
      update.set({
        nextCheckAt: over ? null : nextCheckAt(schedule, now, config.rules.checkAfterMs, randomFraction(random)),
      }),
    )
    .where('id', '=', paymentId)
    .execute();
}
