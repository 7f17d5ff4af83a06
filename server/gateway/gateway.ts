import type { Currency, Money } from '../../shared/money.ts';
import type { Country } from '../../shared/phone.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { GatewayName } from '../../shared/views.ts';

/** What a gateway calls one payment; for Daraja both come with the push's answer or with a callback. */
export interface GatewayIds {
  checkoutRequestId: string;
  merchantRequestId: string;
}

export interface CollectRequest {
  amount: Money;
  /** Calling code first, digits only: `254712345678`. */
  phone: string;
  /** 128 bits of hex that only the gateway learns: it becomes part of this payment's callback URL. */
  callbackToken: string;
  /** At most 12 letters and digits, of this payment alone. */
  accountReference: string;
}

/** How soon a new attempt makes sense, as far as the gateway is concerned. `no`: not before somebody mends something. */
export type Retry = { after: 'now' } | { after: 'wait'; seconds: number } | { after: 'no' };

/** What became of asking a gateway to collect. Everything that was sent and not understood is `unknown`, never refused. */
export type Collected =
  | { answer: 'accepted'; ids: GatewayIds }
  | { answer: 'refused'; reason: ReasonCode; code: string; retry: Retry }
  | { answer: 'unknown'; why: string };

/** What an adapter concludes from a gateway's message. */
export type Outcome =
  | { outcome: 'paid'; receiptNumber: string | null; amount: Money | null; paidAt: Date | null }
  | { outcome: 'failed'; reason: ReasonCode; code: string; retry: Retry }
  | { outcome: 'going'; why: string; slowDown?: boolean };

/** A callback as its adapter reads it. `ids` are null where the message carries none. */
export interface Reported {
  ids: GatewayIds | null;
  outcome: Outcome;
}

/** One way of collecting money. Adapters know nothing of bookings, the database or Koa. */
export interface Gateway {
  name: GatewayName;
  currency: Currency;
  country: Country;
  /** Never throws and never takes longer than the send budget. */
  collect(request: CollectRequest): Promise<Collected>;
  /** Asks what became of a payment; every failure to find out is `going`. Never throws. */
  ask(ids: GatewayIds): Promise<Outcome>;
  /** Reads the body of a callback; undefined when it is nothing that this gateway says. */
  readCallback(body: unknown): Reported | undefined;
}
