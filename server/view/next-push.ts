import { addMs, later } from '../../shared/clock.ts';
import { type Em, query } from '../model/entities.ts';
import { nextPushAt, PUSHES_REMEMBERED_MS } from '../model/push-limits.ts';
import type { GatewaysFor } from './showing-view.ts';

/** What a view needs to know beside the rows. */
export interface Seeing {
  now: Date;
  retryAfterMs: number;
  /** Whether pushes are limited per phone at all. */
  limited: boolean;
  gatewaysFor: GatewaysFor;
  /** Reads what is kept sealed. */
  unseal(sealed: string): string;
}

/** The instant from which this phone may be pushed for this amount, as far as earlier pushes are concerned. */
export async function nextPushFor(
  em: Em,
  { phoneHash, amount }: { phoneHash: string; amount: number },
  { now, retryAfterMs, limited }: Seeing,
): Promise<Date> {
  if (!limited) return new Date(0);
  const recent = await query(em)
    .selectFrom('payment')
    .select(['startedAt', 'amount', 'state', 'reason', 'reachedPhone', 'retryFrom'])
    .where('phoneHash', '=', phoneHash)
    .where('startedAt', '>', addMs(now, -PUSHES_REMEMBERED_MS))
    .execute();
  const reached = recent.filter(push => push.reachedPhone); // Others never were on the phone and do not count.
  const asked = recent.map(push => push.retryFrom ?? new Date(0)); // Pauses that the gateway itself asked for.
  return asked.reduce(later, nextPushAt(reached, amount, retryAfterMs));
}
