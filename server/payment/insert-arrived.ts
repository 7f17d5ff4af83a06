import type { Currency } from '../../shared/money.ts';
import { randomHex } from '../../shared/random.ts';
import type { Method } from '../../shared/views.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { PaidFor } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';

/** Money that nobody was asked for by us: it is here already, or somebody says so. */
export interface Arrived {
  paidFor: PaidFor;
  method: Method;
  amount: number;
  currency: Currency;
  actor: Actor;
  shift: number | null;
  keyHash: string;
  bodyHash: string;
  details?: Record<string, string | number>;
}

/** Its payment, for the evidence that settles it. Nothing is sent for it, and no phone is asked. */
export async function insertArrived(
  em: Em,
  { clock, random }: Pick<Parts, 'clock' | 'random'>,
  { paidFor, method, actor, details, ...rest }: Arrived,
  more: { claimedNumber?: string; live?: boolean; liveUntil?: Date; callbackTokenHash?: string; id?: string } = {},
): Promise<string> {
  const now = clock.now();
  const id = more.id ?? randomHex(random);
  await query(em)
    .insertInto('payment')
    .values({
      ...{ id, booking: paidFor.booking, charge: paidFor.charge, sale: paidFor.sale, gateway: method, ...rest },
      ...{
        state: 'started',
        live: false,
        liveUntil: now,
        reachedPhone: false,
        frozen: false,
        startedAt: now,
        checks: 0,
      },
      ...more,
    })
    .execute();
  const started = { happening: 'payment_started' as const, actor, at: now, payment: id, details: details ?? {} };
  await recordChange(em, paidFor, started);
  return id;
}
