import { addMs } from '../../shared/clock.ts';
import { renewHeldUntil } from '../booking/end-hold.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Collected } from '../gateway/gateway.ts';
import { QUEUE_PATIENCE_MS } from '../gateway/send-budget.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import type { GatewayLine, Parts } from '../parts.ts';
import { adoptIds } from './gateway-ids.ts';

const BUSY: Collected = {
  answer: 'refused',
  reason: 'gateway_unavailable',
  code: 'queue',
  retry: { after: 'now' },
};

/** Asks the gateway to open the prompt, and writes down what it answered. The payment is committed before this is called. */
export async function pushPayment(parts: Parts, paymentId: string, callbackToken: string): Promise<void> {
  const payment = await readPayment(parts.database.read(), paymentId);
  const line = parts.lines.get(payment.gateway);
  const collected = line ? await collect(parts, line, payment, callbackToken) : BUSY;
  await parts.database.write(em => recordAnswer(em, parts, payment, collected));
  parts.wakeRelay();
}

function readPayment(em: Em, paymentId: string) {
  return query(em)
    .selectFrom('payment')
    .select(['id', 'booking', 'gateway', 'amount', 'currency', 'phoneSealed', 'accountReference'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
}

type PushedPayment = Awaited<ReturnType<typeof readPayment>>;

async function collect(
  { vault }: Parts,
  { gateway, pushes, breaker }: GatewayLine,
  payment: PushedPayment,
  callbackToken: string,
): Promise<Collected> {
  if (!(await pushes.wait(QUEUE_PATIENCE_MS)) || !breaker.mayTry()) return BUSY;
  const collected = await gateway.collect({
    amount: { amount: payment.amount, currency: payment.currency },
    phone: vault.open(payment.phoneSealed),
    email: null,
    paymentId: payment.id,
    callbackToken,
    accountReference: payment.accountReference,
  });
  breaker.learn(collected);
  return collected;
}

/** A callback may have been quicker: then the answer adds the gateway's ids and nothing else. */
async function recordAnswer(em: Em, { clock, config, vault }: Parts, payment: PushedPayment, collected: Collected) {
  const now = clock.now();
  const { promptMs, promptGraceMs, retryAfterMs } = config.rules;
  const promptEndsAt = addMs(now, promptMs);
  const open = { promptEndsAt, liveUntil: addMs(promptEndsAt, promptGraceMs) };
  const record = (happening: 'push_accepted' | 'push_unanswered' | 'push_refused', details = {}) =>
    recordChange(em, payment.booking, { happening, actor: 'push', at: now, payment: payment.id, details });
  switch (collected.answer) {
    case 'accepted':
      await adoptIds(em, payment.id, collected.ids, vault);
      if (!(await raise(em, payment.id, { state: 'pending', ...open }))) return;
      await renewHeldUntil(em, payment.booking);
      return record('push_accepted');
    case 'unknown':
      if (!(await raise(em, payment.id, { state: 'unknown', ...open }))) return;
      await renewHeldUntil(em, payment.booking);
      return record('push_unanswered', { why: collected.why });
    case 'refused': {
      const { reason, code, retry } = collected;
      const waitMs = retry.after === 'wait' ? Math.min(retry.seconds * 1_000, retryAfterMs) : 0;
      const refused = { reason, reasonCode: code, retryFrom: addMs(now, waitMs), endedAt: now, nextCheckAt: null };
      if (!(await raise(em, payment.id, { state: 'failed', live: false, reachedPhone: false, ...refused }))) return;
      await renewHeldUntil(em, payment.booking);
      return record('push_refused', { reason, code });
    }
  }
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
