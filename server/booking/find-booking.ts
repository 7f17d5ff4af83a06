import type { LookupRequest } from '../../shared/requests.ts';
import type { Vault } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import { hashesOf } from './read-phone.ts';

/** The booking of a reference, for whoever also knows its phone or one that was asked to pay for it. A wrong guess never says which half was wrong. */
export async function findBooking(
  em: Em,
  vault: Vault,
  { reference, phone }: LookupRequest,
): Promise<string | undefined> {
  const hashes = hashesOf(phone, vault);
  const booking = await query(em)
    .selectFrom('booking')
    .select(['id', 'phoneHash'])
    .where('reference', '=', reference)
    .executeTakeFirst();
  if (!booking) return undefined;
  if (booking.phoneHash && hashes.includes(booking.phoneHash)) return booking.id;
  const payer = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('booking', '=', booking.id)
    .where('phoneHash', 'in', hashes)
    .executeTakeFirst();
  return payer && booking.id;
}
