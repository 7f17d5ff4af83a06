import { addMs, later } from '../../shared/clock.ts';
import { renewHolds } from '../booking/end-hold.ts';
import { lockPaidFor } from '../booking/lock-paid-for.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Collected } from '../gateway/gateway.ts';
import { QUEUE_PATIENCE_MS } from '../gateway/send-budget.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import { prepared } from '../model/prepared.ts';
import type { GatewayLine, Parts } from '../parts.ts';
import { callbackTokenOf } from './callback-token.ts';
import { adoptIds } from './gateway-ids.ts';

const BUSY: Collected = {
  answer: 'refused',
  reason: 'gateway_unavailable',
  code: 'queue',
  retry: { after: 'now' },
};

/** Asks the gateway to collect, and writes down what it answered. The payment is committed before this is called. */
export async function pushPayment(parts: Parts, paymentId: string): Promise<void> {
  const payment = await readPayment(parts.database.read(), paymentId);
  const line = parts.lines.get(payment.gateway);
  const collected = line ? await collectInTurn(parts, line, payment) : BUSY;
  await parts.database.write(em => recordAnswer(em, parts, payment, collected));
  parts.wakeRelay();
}

/**
 * Asks once more, word for word, for a payment whose answer was lost, where the gateway takes that for one and the same.
 * Only an acceptance says anything: a refusal now says nothing of what became of the first request.
 */
export async function repeatPush(parts: Parts, { gateway }: GatewayLine, paymentId: string): Promise<void> {
  const payment = await readPayment(parts.database.read(), paymentId);
  if (payment.phoneSealed === null) return; // Its money was not asked for in this way, or whose it was is forgotten.
  const collected = await collect(parts, gateway, payment);
  if (collected.answer === 'accepted') await parts.database.write(em => recordAnswer(em, parts, payment, collected));
}

function readPayment(em: Em, paymentId: string) {
  return findPayment.one(em, { paymentId });
}

const findPayment = prepared((em, { paymentId }: { paymentId: string }) =>
  query(em)
    .selectFrom('payment')
    .leftJoin('booking', 'booking.id', 'payment.booking')
    .select([
      'payment.id',
      'payment.booking',
      'payment.charge',
      'payment.sale',
      'gateway',
      'payment.amount',
      'payment.currency',
      'accountReference',
    ])
    .select(['payment.phoneSealed', 'emailSealed', 'holdCapAt', 'startedAt'])
    .where('payment.id', '=', paymentId),
);

type PushedPayment = Awaited<ReturnType<typeof readPayment>>;

async function collectInTurn(parts: Parts, { gateway, pushes, breaker }: GatewayLine, payment: PushedPayment) {
  if (!(await pushes.wait(QUEUE_PATIENCE_MS)) || !breaker.mayTry()) return BUSY;
  const collected = await collect(parts, gateway, payment);
  breaker.learn(collected);
  return collected;
}

function collect({ vault }: Parts, gateway: GatewayLine['gateway'], payment: PushedPayment): Promise<Collected> {
  const { id, amount, currency, accountReference, phoneSealed, emailSealed } = payment;
  if (phoneSealed === null || accountReference === null) throw new Error('A payment without a phone cannot be pushed');
  return gateway.collect({
    amount: { amount, currency },
    phone: vault.open(phoneSealed),
    email: emailSealed && vault.open(emailSealed),
    paymentId: id,
    callbackToken: callbackTokenOf(id, vault),
    accountReference,
  });
}

/** A callback may have been quicker: then the answer adds the gateway's ids and nothing else. */
async function recordAnswer(em: Em, parts: Parts, payment: PushedPayment, collected: Collected) {
  await lockPaidFor(em, payment);
  const now = parts.clock.now();
  const record = (happening: 'push_accepted' | 'push_unanswered' | 'push_refused', details = {}) =>
    recordChange(em, payment, { happening, actor: 'push', at: now, payment: payment.id, details });
  switch (collected.answer) {
    case 'accepted': {
      const { ids, redirectUrl } = collected;
      await adoptIds(em, payment.id, ids, parts.vault);
      if (!(await raise(em, payment.id, { state: 'pending', redirectUrl, ...open(parts, payment, redirectUrl) })))
        return;
      await renewHolds(em, payment);
      return record('push_accepted');
    }
    case 'unknown':
      if (collected.ids) await adoptIds(em, payment.id, collected.ids, parts.vault);
      if (!(await raise(em, payment.id, { state: 'unknown', ...open(parts, payment, null) }))) return;
      await renewHolds(em, payment);
      return record('push_unanswered', { why: collected.why });
    case 'refused': {
      const { reason, code, retry } = collected;
      const waitMs = retry.after === 'wait' ? Math.min(retry.seconds * 1_000, parts.config.rules.retryAfterMs) : 0;
      const refused = { reason, reasonCode: code, retryFrom: addMs(now, waitMs), endedAt: now, nextCheckAt: null };
      if (!(await raise(em, payment.id, { state: 'failed', live: false, reachedPhone: false, ...refused }))) return;
      await renewHolds(em, payment);
      return record('push_refused', { reason, code });
    }
  }
}

/** A prompt is over soon; a page stays open as long as the places may be kept. */
function open({ clock, config }: Parts, payment: PushedPayment, redirectUrl: string | null) {
  const { promptMs, promptGraceMs, holdCapMs } = config.rules;
  const promptEndsAt = addMs(clock.now(), promptMs);
  const pageEndsAt = later(promptEndsAt, payment.holdCapAt ?? addMs(payment.startedAt, holdCapMs));
  const endsAt = redirectUrl === null ? promptEndsAt : pageEndsAt;
  return { promptEndsAt: endsAt, liveUntil: addMs(endsAt, promptGraceMs) };
}

/** Only from a lower state: what a callback has settled meanwhile stays settled. */
async function raise(
  em: Em,
  paymentId: string,
  to: { state: 'pending' | 'unknown' | 'failed' } & Record<string, unknown>,
) {
  const { numUpdatedRows } = await query(em)
    .updateTable('payment')
    .set(to)
    .where('id', '=', paymentId)
    .where('state', 'in', paymentStatesBelow(to.state))
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
