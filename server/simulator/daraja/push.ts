import { pause } from '../../../shared/clock.ts';
import type { Fault, PushFault } from '../fault.ts';
import type { Parts } from '../parts.ts';
import { isMagic, type Phone } from '../phones.ts';
import { type Checkout, newCheckout } from './checkout.ts';
import { type Push, readPush, refuseMerchant, wrongField } from './push-request.ts';
import { REFUSALS } from './refusals.ts';
import { beginPrompt, hurryPrompt } from './run-prompt.ts';
import { type Answered, type GatewayAnswer, json, refusal } from './wire.ts';

/** `POST /mpesa/stkpush/v1/processrequest`: accepted is not paid. */
export async function push(parts: Parts, body: Record<string, unknown>): Promise<GatewayAnswer> {
  const { random, settings, phones, faults } = parts;
  const wrong = wrongField(body);
  if (wrong) return refusal(random, '400.002.02', `Bad Request - Invalid ${wrong}`);
  const merchant = refuseMerchant(body, settings);
  if (merchant) return REFUSALS[merchant](random);

  const wish = readPush(body, settings);
  const phone = phones.findOrAdd(wish.phone);
  if (phone.prompt) return REFUSALS.subscriberLocked(random);
  const fault = faults.takeForPush(phone.number);
  if (fault?.statement) faults.armNext(fault);
  parts.changed();
  return (
    refuseToken(parts, phone, fault) ?? (await sayAfter(parts, await reachPhone(parts, phone, wish, fault), fault))
  );
}

/** The token dies here and now. A magic number lets the same push pass once the client has a new one. */
function refuseToken(parts: Parts, phone: Phone, fault: Fault | undefined): Answered | undefined {
  const { access, faults, random } = parts;
  if (!fault?.token) return undefined;
  const renewed = isMagic(phone) && phone.refusedToken !== null && phone.refusedToken !== access.token;
  if (renewed && fault.token.until === 'renewed') {
    phone.refusedToken = null;
    return undefined;
  }
  phone.refusedToken = access.token;
  access.token = null;
  if (fault.oauth) faults.armNext(fault);
  return REFUSALS[fault.token.refusal](random);
}

async function reachPhone(parts: Parts, phone: Phone, wish: Push, fault?: Fault): Promise<Checkout | undefined> {
  if (fault?.push?.prompt === false) return undefined;
  const checkout = newCheckout(parts, phone, wish, fault);
  if (fault?.push?.afterCallback) await hurryPrompt(parts, checkout);
  else beginPrompt(parts, checkout);
  return checkout;
}

async function sayAfter(parts: Parts, checkout: Checkout | undefined, fault?: Fault): Promise<GatewayAnswer> {
  if (fault?.push?.afterMs) await pause(parts.clock, fault.push.afterMs);
  return say(parts, checkout, fault?.push?.answer);
}

function say({ random }: Parts, checkout: Checkout | undefined, answer: PushFault['answer']): GatewayAnswer {
  if (answer === 'hang' || answer === 'reset') return { drop: answer };
  if (answer && answer !== 'withoutId' && answer !== 'numericCode') return REFUSALS[answer](random);
  return json(200, {
    MerchantRequestID: checkout?.merchantRequestId,
    CheckoutRequestID: answer === 'withoutId' ? undefined : checkout?.checkoutRequestId,
    ResponseCode: answer === 'numericCode' ? 0 : '0',
    ResponseDescription: 'Success. Request accepted for processing',
    CustomerMessage: 'Success. Request accepted for processing',
  });
}
