import { addMs } from '../../../shared/clock.ts';
import type { QueryAnswer } from '../fault.ts';
import type { Parts } from '../parts.ts';
import type { Checkout } from './checkout.ts';
import { isEatDigits } from './east-africa-time.ts';
import { fieldText, refuseMerchant } from './push-request.ts';
import { REFUSALS } from './refusals.ts';
import { RESULTS } from './results.ts';
import { type Answered, json, refusal } from './wire.ts';

const MINUTE_MS = 60_000;

/** `POST /mpesa/stkpushquery/v1/query` */
export function query(parts: Parts, body: Record<string, unknown>): Answered {
  const { random, settings, checkouts } = parts;
  if (isOverRate(parts)) return REFUSALS.rateLimited();
  if (!isEatDigits(fieldText(body, 'Timestamp')))
    return refusal(random, '400.002.02', 'Bad Request - Invalid Timestamp');
  const merchant = refuseMerchant(body, settings);
  if (merchant) return REFUSALS[merchant](random);
  const checkout = checkouts.get(fieldText(body, 'CheckoutRequestID'));
  if (!checkout) return REFUSALS.invalidCheckout(random);

  const script = checkout.fault?.query ?? ['truth'];
  const answer = script[Math.min(checkout.queries, script.length - 1)] ?? 'truth';
  checkout.queries += 1;
  return tell(parts, checkout, answer);
}

/** Apigee's spike arrest is no bucket: a minute divided by the rate must lie between two requests. */
function isOverRate({ access, settings, clock }: Parts): boolean {
  if (settings.queriesPerMinute === null) return false;
  if (clock.now() < access.nextQueryAt) return true;
  access.nextQueryAt = addMs(clock.now(), MINUTE_MS / settings.queriesPerMinute);
  return false;
}

function tell({ random }: Parts, checkout: Checkout, answer: QueryAnswer): Answered {
  if (answer === 'stillGoing') return told(checkout, '4999', 'The transaction is still under processing');
  if (answer === 'truth')
    return checkout.result
      ? told(checkout, checkout.result, RESULTS[checkout.result])
      : REFUSALS.beingProcessed(random);
  if ('refusal' in answer) return REFUSALS[answer.refusal](random);
  return told(checkout, answer.says, RESULTS[answer.says]);
}

/** Every code is a string here, other than in a callback. */
function told(checkout: Checkout, code: string, text: string): Answered {
  return json(200, {
    ResponseCode: '0',
    ResponseDescription: 'The service request has been accepted successfully',
    MerchantRequestID: checkout.merchantRequestId,
    CheckoutRequestID: checkout.checkoutRequestId,
    ResultCode: code,
    ResultDesc: text,
  });
}
