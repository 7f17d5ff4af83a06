import type { Context } from 'koa';
import { plainHash } from '../database/vault.ts';
import { clientAddress } from '../http/client-address.ts';
import { query } from '../model/entities.ts';
import type { Parts } from '../parts.ts';
import { cookieName } from './cookies.ts';

/** Where a request comes from. */
export interface Place {
  address: string;
  /** The enrolled device, by its cookie; null where PINs do not work. */
  device: { deviceId: number; name: string; venueId: number } | null;
}

export async function placeOf(ctx: Context, parts: Parts): Promise<Place> {
  const address = clientAddress(ctx.req, parts.config.trustedProxies);
  const token = ctx.cookies.get(cookieName(parts, 'device'));
  return { address, device: token ? await findDevice(parts, token) : null };
}

export async function findDevice({ database }: Parts, token: string): Promise<Place['device']> {
  const device = await query(database.read())
    .selectFrom('device')
    .select(['id as deviceId', 'name', 'venue as venueId'])
    .where('tokenHash', '=', plainHash(token))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
  return device ?? null;
}
