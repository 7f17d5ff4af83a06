import * as v from 'valibot';
import type { Method } from '../../shared/views.ts';
import type { Vault } from '../database/vault.ts';
import type { GatewayIds } from '../gateway/gateway.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';

const Ids = v.object({ trackingId: v.string(), requestId: v.string() });

export type IdsFit = 'fits' | 'new' | 'other ids than this payment has' | 'ids of another payment';

interface Known {
  id: string;
  gateway: Method;
  idsHash: string | null;
  idsSealed: string | null;
}

/** Whether the ids of a message are this payment's. `new`: it had none, because the push's answer was lost or is not here yet. */
export async function idsFit(em: Em, payment: Known, ids: GatewayIds | null, vault: Vault): Promise<IdsFit> {
  if (!ids) return 'fits';
  const known = openIds(payment.idsSealed, vault);
  if (known) return sameIds(known, ids) ? 'fits' : 'other ids than this payment has';
  const owner = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', payment.gateway)
    .where('idsHash', '=', hashTrackingId(ids.trackingId, vault))
    .executeTakeFirst();
  return owner ? 'ids of another payment' : 'new';
}

/** Writes down the ids of a payment that has none yet. */
export async function adoptIds(em: Em, paymentId: string, ids: GatewayIds, vault: Vault): Promise<void> {
  const idsSealed = vault.seal(JSON.stringify(ids));
  await adopt.run(em, { paymentId, idsSealed, idsHash: hashTrackingId(ids.trackingId, vault) });
}

const adopt = prepared((em, { paymentId, ...ids }: { paymentId: string; idsSealed: string; idsHash: string }) =>
  query(em).updateTable('payment').set(ids).where('id', '=', paymentId).where('idsHash', 'is', null),
);

export function openIds(idsSealed: string | null, vault: Vault): GatewayIds | null {
  return idsSealed === null ? null : v.parse(Ids, JSON.parse(vault.open(idsSealed)));
}

function sameIds(one: GatewayIds, other: GatewayIds): boolean {
  return one.trackingId === other.trackingId && one.requestId === other.requestId;
}

/** A payment is found by it. */
export function hashTrackingId(trackingId: string, vault: Vault): string {
  return vault.keyedHash(`ids:${trackingId}`);
}
