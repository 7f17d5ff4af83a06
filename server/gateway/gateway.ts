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

export interface RefundRequest {
  /** Of the payment that goes back. */
  receiptNumber: string;
  /** Daraja promises nothing about a part of what was paid. */
  amount: Money;
  /** 128 bits of hex that only the gateway learns: it becomes part of this refund's result and timeout URLs. */
  callbackToken: string;
}

/** What became of asking a gateway to give money back. `refused`: certainly nothing will happen. `code` is for staff. */
export type RefundAnswer =
  | { answer: 'accepted'; conversationId: string }
  | { answer: 'refused'; code: string; retry: Retry }
  | { answer: 'unknown'; why: string };

/** What an adapter concludes from a message about a refund. `going` is nothing yet, or nothing that anybody understands. */
export type RefundOutcome =
  /** The number of the money that went back, and of the payment it came from, as far as the message tells them. */
  | { outcome: 'done'; receiptNumber: string | null; originalReceiptNumber: string | null }
  | { outcome: 'failed'; code: string }
  | { outcome: 'going'; why: string };

/** A refund's result as its adapter reads it. `conversationId` is null where the message carries none. */
export interface RefundReport {
  conversationId: string | null;
  outcome: RefundOutcome;
}

export interface Refunds {
  /** Never throws and never takes longer than the send budget. */
  send(request: RefundRequest): Promise<RefundAnswer>;
  /**
   * Reads what came to the result URL; undefined when it is nothing that this gateway says. What comes to the timeout URL
   * needs no reading: whatever it says, the refund is still going.
   */
  readCallback(body: unknown): RefundReport | undefined;
}

/** One sum of money that a gateway's statement says reached us. */
export interface StatementLine {
  receiptNumber: string;
  amount: Money;
  /** As the statement has it: of a payment of ours, or what some customer typed. */
  accountReference: string;
  paidAt: Date | null;
}

/** Every line is good evidence, also where more were to come: `stopped` says why they did not, and is null after the last. */
export interface Statement {
  lines: StatementLine[];
  stopped: { why: string; slowDown: boolean } | null;
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
  /** Null: money goes back by hand. */
  refunds: Refunds | null;
  /** The money that reached us between two instants. Never throws. Null: this gateway, or this account, has no statements. */
  statement: ((from: Date, to: Date) => Promise<Statement>) | null;
}
