import { addMs } from '../../shared/clock.ts';
import { randomHex } from '../../shared/random.ts';
import { renewHolds } from '../booking/end-hold.ts';
import { plainHash } from '../database/vault.ts';
import type { LookUp } from '../gateway/gateway.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { paymentStatesBelow } from '../model/payment.ts';
import type { Parts } from '../parts.ts';
import { callbackTokenOf } from './callback-token.ts';
import { readPayment, settlingNow } from './evidence.ts';
import { type Arrived, insertArrived } from './insert-arrived.ts';
import { settleClaim } from './settle-claim.ts';
import { fail } from './settle-failure.ts';

const AWAITED_MS = 2 * 60_000; // A result or a confirmation takes seconds; until then, no second payment is begun.

type Claim = Omit<Arrived, 'method'> & { receiptNumber: string };

/**
 * The customer says that the money was paid before, to our own number. Money that we know of and that belongs to nothing
 * is matched at once; for the rest the gateway is asked (`lookForClaimed`), and a confirmation may be quicker.
 */
export async function claimReceipt(em: Em, parts: Parts, { receiptNumber, ...claim }: Claim): Promise<string> {
  const known = await findReceipt(em, receiptNumber);
  if (known && known.payment !== null)
    throw new ProblemError('not_possible_now', { detail: 'This receipt number was used before' });
  const { id, callbackTokenHash } = newIds(parts);
  const now = parts.clock.now();
  const waiting = { live: true, liveUntil: addMs(now, AWAITED_MS), id, callbackTokenHash };
  await insertArrived(em, parts, { ...claim, method: 'daraja' }, { claimedNumber: receiptNumber, ...waiting });
  await renewHolds(em, claim.paidFor); // The money is here, perhaps: its places wait for the answer.
  if (!known) return id;
  const amount = { amount: known.amount, currency: known.currency };
  const found = { outcome: 'found' as const, receiptNumber, amount, paidAt: known.paidAt };
  await settleClaim(em, id, found, 'statement', settlingNow(parts));
  return id;
}

function newIds({ random, vault }: Parts) {
  const id = randomHex(random);
  return { id, callbackTokenHash: plainHash(callbackTokenOf(id, vault)) };
}

function findReceipt(em: Em, number: string) {
  return query(em)
    .selectFrom('receipt')
    .select(['payment', 'amount', 'currency', 'paidAt'])
    .where('gateway', '=', 'daraja')
    .where('number', '=', number)
    .executeTakeFirst();
}

/** The claim is committed; now the gateway is asked, where it can be. Its result comes later. */
export async function lookForClaimed(parts: Parts, paymentId: string): Promise<void> {
  const { claimedNumber, state } = await query(parts.database.read())
    .selectFrom('payment')
    .select(['claimedNumber', 'state'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
  const lookUp = parts.lines.get('daraja')?.gateway.lookUp;
  if (!lookUp || claimedNumber === null || state !== 'started') return;
  const answer = await lookUp.send({
    receiptNumber: claimedNumber,
    callbackToken: callbackTokenOf(paymentId, parts.vault),
  });
  await parts.database.write(em => recordAnswer(em, parts, paymentId, answer));
  parts.wakeRelay();
}

/** The result may have been quicker than the answer: then the answer adds nothing. */
async function recordAnswer(em: Em, parts: Parts, paymentId: string, answer: Awaited<ReturnType<LookUp['send']>>) {
  if (answer.answer === 'refused') {
    const payment = await readPayment(em, paymentId);
    const failed = { outcome: 'failed' as const, reason: 'refused' as const, code: answer.code, retry: answer.retry };
    if (payment.state === 'started')
      await fail(em, payment, 'query', failed, {
        now: parts.clock.now(),
        rules: parts.config.rules,
        nextCheckAt: null,
      });
    return;
  }
  const state = answer.answer === 'accepted' ? ('pending' as const) : ('unknown' as const);
  await query(em)
    .updateTable('payment')
    .set({ state })
    .where('id', '=', paymentId)
    .where('state', 'in', paymentStatesBelow(state))
    .execute();
}
