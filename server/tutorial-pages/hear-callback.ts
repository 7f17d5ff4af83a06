import type { Context } from 'koa';
import type { GatewayIds } from '../gateway/gateway.ts';
import { clientAddress } from '../http/client-address.ts';
import { readStart } from '../http/read-body.ts';
import { type Em, query } from '../model/entities.ts';
import { UNRESOLVED } from '../model/payment.ts';
import type { Parts } from '../parts.ts';
import { hashTrackingId, idsFit } from '../payment/gateway-ids.ts';
import { STRAY_MAX_BYTES, storeStray } from '../payment/receive-callback.ts';

/**
 * The tutorials' callback carries no token, so nothing that it says is believed. It is stored within limits; and where
 * both gateway ids are a payment's, somebody who knows them says that there is news: the gateway is asked earlier.
 */
export async function hearCallback(ctx: Context, parts: Parts): Promise<void> {
  const body = await readStart(ctx, STRAY_MAX_BYTES);
  const sourceAddress = clientAddress(ctx.req, parts.config.trustedProxies);
  await storeStray(parts, { gateway: 'daraja', body, sourceAddress }, 'no token');
  const named = await findNamed(parts, body);
  if (named) await parts.database.write(em => bringForward(em, named, parts.clock.now()));
  ctx.body = { ResultCode: 0, ResultDesc: 'Accepted' };
}

async function findNamed(parts: Parts, body: Buffer): Promise<string | undefined> {
  const ids = idsIn(parts, body);
  if (!ids) return undefined;
  const em = parts.database.read();
  const payment = await query(em)
    .selectFrom('payment')
    .select(['id', 'gateway', 'idsHash', 'idsSealed'])
    .where('gateway', '=', 'daraja')
    .where('idsHash', '=', hashTrackingId(ids.trackingId, parts.vault))
    .executeTakeFirst();
  return payment && (await idsFit(em, payment, ids, parts.vault)) === 'fits' ? payment.id : undefined;
}

function idsIn({ lines }: Parts, body: Buffer): GatewayIds | null {
  try {
    return lines.get('daraja')?.gateway.readCallback?.(JSON.parse(body.toString()))?.ids ?? null;
  } catch {
    return null; // No JSON.
  }
}

/** Once in a payment's life: then `notifiedAt` is set. Whoever repeats it uses up no budget. */
async function bringForward(em: Em, paymentId: string, now: Date) {
  await query(em)
    .updateTable('payment')
    .set({ notifiedAt: now, nextCheckAt: now })
    .where('id', '=', paymentId)
    .where('state', 'in', UNRESOLVED)
    .where('frozen', '=', false)
    .where('notifiedAt', 'is', null)
    .where('nextCheckAt', '>', now)
    .execute();
}
