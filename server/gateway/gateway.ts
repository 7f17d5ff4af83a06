import type { Currency, Money } from '../../shared/money.ts';
import type { Country } from '../../shared/phone.ts';
import type { ReasonCode } from '../../shared/reasons.ts';
import type { GatewayName } from '../../shared/views.ts';

/** What a gateway calls one payment. It is found again by `trackingId`; both must fit before a message is believed. */
export interface GatewayIds {
  /** Daraja: CheckoutRequestID. Pesapal: order_tracking_id. */
  trackingId: string;
  /** Daraja: MerchantRequestID. Pesapal: merchant_reference. */
  requestId: string;
}

export interface CollectRequest {
  amount: Money;
  /** Calling code first, digits only: `254712345678`. */
  phone: string;
  email: string | null;
  /** 128 bits of hex, of this payment alone, the same whenever it is asked for again. Its customer may know it. */
  paymentId: string;
  /** 128 bits of hex that only the gateway learns: it becomes part of this payment's callback or return URL. */
  callbackToken: string;
  /** At most 12 letters and digits, of this payment alone. */
  accountReference: string;
}

/** How soon a new attempt makes sense, as far as the gateway is concerned. `no`: not before somebody mends something. */
export type Retry = { after: 'now' } | { after: 'wait'; seconds: number } | { after: 'no' };

/** What became of asking a gateway to collect. Everything that was sent and not understood is `unknown`, never refused. */
export type Collected =
  /** `redirectUrl`: the gateway's own page, where the customer pays; null where a prompt opens on the phone by itself. */
  | { answer: 'accepted'; ids: GatewayIds; redirectUrl: string | null }
  | { answer: 'refused'; reason: ReasonCode; code: string; retry: Retry }
  /** `ids` as far as the answer told them. */
  | { answer: 'unknown'; why: string; ids?: GatewayIds };

/** What an adapter concludes from a gateway's message. */
export type Outcome =
  /** `ids`: of another payment than was asked about, where the answer names one. `amount`: null when it is not one of ours. */
  | { outcome: 'paid'; receiptNumber: string | null; amount: Money | null; paidAt: Date | null; ids?: GatewayIds }
  | { outcome: 'failed'; reason: ReasonCode; code: string; retry: Retry }
  /** It was paid, and the gateway took the money back: our own refund, or somebody else's doing. */
  | { outcome: 'reversed'; receiptNumber: string | null }
  | { outcome: 'going'; why: string; slowDown?: boolean };

/** A message about a payment as its adapter reads it. `ids` are null where it carries none. */
export interface Reported {
  ids: GatewayIds | null;
  outcome: Outcome;
}

export interface RefundRequest {
  /** Of the payment that goes back. */
  receiptNumber: string;
  /** The whole of the payment: neither gateway gives back a part of what was paid from a phone. */
  amount: Money;
  /** 128 bits of hex that only the gateway learns: it becomes part of this refund's result and timeout URLs. */
  callbackToken: string;
  /** In whose name it goes back: a person of the box office. */
  by: string;
}

/** What became of asking a gateway to give money back. `refused`: certainly nothing will happen. `code` is for staff. */
export type RefundAnswer =
  /** `conversationId`: by which its result will name it; null where no result comes. */
  | { answer: 'accepted'; conversationId: string | null }
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
   * needs no reading: whatever it says, the refund is still going. Null: no result comes, a refund is done when asking
   * about its payment says `reversed`.
   */
  readCallback: ((body: unknown) => RefundReport | undefined) | null;
}

/** One sum of money that a gateway's statement says reached us. */
export interface StatementLine {
  receiptNumber: string;
  amount: Money;
  /** As the statement has it: of a payment of ours, or what some customer typed. */
  accountReference: string;
  paidAt: Date | null;
}

/** What a customer says was paid, by the number in their message. */
export interface LookUpRequest {
  receiptNumber: string;
  /** 128 bits of hex that only the gateway learns: it becomes part of the result and timeout URLs. */
  callbackToken: string;
}

/** What an adapter concludes from a message about money that was looked for. `missing`: no such money reached us. */
export type Found =
  | { outcome: 'found'; receiptNumber: string; amount: Money; paidAt: Date | null }
  | { outcome: 'missing'; code: string }
  | { outcome: 'going'; why: string };

export interface LookUp {
  /** Never throws and never takes longer than the send budget. What it answers is as of a refund: the result comes later. */
  send(request: LookUpRequest): Promise<RefundAnswer>;
  /** Reads what came to the result URL; undefined when it is nothing that this gateway says. */
  readCallback(body: unknown): Found | undefined;
}

/** Every line is good evidence, also where more were to come: `stopped` says why they did not, and is null after the last. */
export interface Statement {
  lines: StatementLine[];
  stopped: { why: string; slowDown: boolean } | null;
}

/** What came to a gateway's notification URL: a hint which payment to ask about, and no more. */
export interface Notice {
  trackingId: string | null;
  /** Our own id of the payment, where the message tells it. */
  paymentId: string | null;
  /** What the gateway waits to hear; without it, it may notify again. */
  acknowledgement: Record<string, string | number>;
}

/** What came of taking back what was asked for. `refused`: it may still be paid; `unknown`: nobody can say. */
export type Cancelled =
  | { answer: 'cancelled' }
  | { answer: 'refused'; why: string }
  | { answer: 'unknown'; why: string };

/** What an adapter must still know after a restart. Values may be secrets: they are kept sealed. Names have at most 40 characters. */
export interface Memory {
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string): Promise<void>;
}

/** One way of collecting money. Adapters know nothing of bookings, the database or Koa. */
export interface Gateway {
  name: GatewayName;
  currency: Currency;
  country: Country;
  /** `prompt`: one opens on the phone by itself. `page`: the customer pays on a page of the gateway's. */
  flow: 'prompt' | 'page';
  /** From where its pages come, as a content security policy names them: ours may show them in a frame. */
  pageSources: readonly string[];
  /** The same request twice opens one and the same payment, so a lost answer may be asked for again. */
  mayRepeat: boolean;
  /**
   * `statement`: what it answers when asked is its own account of the payment and counts at once. `hint`: it has been seen
   * to be wrong or too early; callbacks are better evidence.
   */
  answers: 'statement' | 'hint';
  /** Never throws and never takes longer than the send budget. */
  collect(request: CollectRequest): Promise<Collected>;
  /** Asks what became of a payment; every failure to find out is `going`. Never throws. */
  ask(ids: GatewayIds): Promise<Outcome>;
  /** Reads the body of a callback; undefined when it is nothing that this gateway says. Null: callbacks only say "ask me". */
  readCallback: ((body: unknown) => Reported | undefined) | null;
  /** Reads what came to our notification URL: `query` as it stands behind the question mark, `body` as text. Null: it has none. */
  readNotice: ((arrived: { query: string; body: string }) => Notice) | null;
  /** Takes back what was asked for and is not paid. Never throws. Null: it cannot be. */
  cancel: ((ids: GatewayIds) => Promise<Cancelled>) | null;
  /** Null: money goes back by hand. */
  refunds: Refunds | null;
  /** Looks for money by its receipt number. Null: it cannot. */
  lookUp: LookUp | null;
  /**
   * Reads what this gateway tells of all money that reaches our number, asked for or not; undefined when it is nothing of
   * the kind. Null: it tells nothing.
   */
  readConfirmation: ((body: unknown) => StatementLine | undefined) | null;
  /** The money that reached us between two instants. Never throws. Null: this gateway, or this account, has no statements. */
  statement: ((from: Date, to: Date) => Promise<Statement>) | null;
}
