import * as v from 'valibot';
import { MINOR_UNITS } from '../../shared/money.ts';
import { NETWORKS } from '../../shared/networks.ts';
import { randomHex } from '../../shared/random.ts';
import { ChargeRequest } from '../../shared/requests.ts';
import type { PaymentView } from '../../shared/views.ts';
import { openCharge } from '../charge/open-charge.ts';
import { invalid } from '../http/problem.ts';
import { chargeOf } from '../model/paid-for.ts';
import { gatewaysOf, type Parts } from '../parts.ts';
import { sendStarted } from '../payment/routes.ts';
import { startPayment } from '../payment/start-payment.ts';
import { seeVenues } from '../view/showing-view.ts';
import { check, type Fields, isMissing, numberOf, refuseMissing, textOf } from './read-fields.ts';

const NO_PURPOSE = 'Payment';
/** It only serves instructions and reports: a name that we do not know must not stop anybody from paying. */
const Network = v.fallback(v.nullable(v.pipe(v.string(), v.trim(), v.toLowerCase(), v.picklist(NETWORKS))), null);

/** Opens a charge at the one venue that takes charges and starts its payment, in one transaction. */
export async function payAmount(parts: Parts, fields: Fields): Promise<{ chargeId: string; payment: PaymentView }> {
  refuseMissing(fields, ['phoneNumber', 'amount']);
  const { venueId, amount, purpose, ...request } = await readCharge(parts, fields);
  const idempotencyKey = randomHex(parts.random);
  const { chargeId, started } = await parts.database.write(async em => {
    const id = await openCharge(em, parts, { venueId, amount, purpose }, { idempotencyKey, actor: 'customer' });
    return { chargeId: id, started: await startPayment(em, parts, chargeOf(id), request, idempotencyKey) };
  });
  return { chargeId, payment: await sendStarted(parts, started) };
}

async function readCharge(parts: Parts, fields: Fields): Promise<ChargeRequest> {
  const { venueId, currency, gateway } = await theVenue(parts);
  const shillings = numberOf(fields.amount);
  return check(ChargeRequest, {
    venueId,
    amount: { amount: typeof shillings === 'number' ? shillings * MINOR_UNITS : shillings, currency },
    purpose: isMissing(fields.purpose) ? NO_PURPOSE : fields.purpose,
    gateway,
    phone: textOf(fields.phoneNumber),
    network: v.parse(Network, fields.network),
  });
}

/** These pages cannot say which venue they mean. */
async function theVenue({ database, lines }: Parts) {
  const venues = await seeVenues(database.read(), gatewaysOf(lines));
  const [first, second] = venues.flatMap(({ venueId, currency, charges, gateways: [gateway] }) =>
    charges && gateway ? [{ venueId, currency, gateway }] : [],
  );
  if (!first) throw invalid('invalid_body', 'amount', 'No venue takes payments without a booking');
  if (second) throw invalid('invalid_body', 'amount', 'More than one venue takes payments without a booking');
  return first;
}
