import type { ChargeView } from '../../shared/views.ts';
import { type Em, query } from '../model/entities.ts';
import { chargeOf } from '../model/paid-for.ts';
import type { Seeing } from './next-push.ts';
import { seeRefunds, seeShownPayment } from './payment-view.ts';

/** A charge as the one who knows its id may see it; undefined when there is none. */
export async function seeCharge(em: Em, chargeId: string, seeing: Seeing): Promise<ChargeView | undefined> {
  const charge = await readCharge(em, chargeId);
  if (!charge) return undefined;
  return {
    now: seeing.now.toISOString(),
    chargeId,
    reference: charge.reference,
    version: charge.version,
    state: charge.state,
    venueId: charge.venue,
    venue: charge.venueName,
    timeZone: charge.timeZone,
    venueContact: { address: charge.address, phone: charge.phone, email: charge.email },
    gateways: seeing.gatewaysFor(charge.currency),
    amount: { amount: charge.amount, currency: charge.currency },
    purpose: charge.purpose,
    payment: await seeShownPayment(em, chargeOf(chargeId), seeing),
    refunds: await seeRefunds(em, chargeOf(chargeId)),
  };
}

function readCharge(em: Em, chargeId: string) {
  return query(em)
    .selectFrom('charge')
    .innerJoin('venue', 'venue.id', 'charge.venue')
    .select([
      'reference',
      'version',
      'state',
      'amount',
      'charge.currency',
      'purpose',
      'venue',
      'venue.name as venueName',
    ])
    .select(['timeZone', 'address', 'phone', 'email'])
    .where('charge.id', '=', chargeId)
    .executeTakeFirst();
}
