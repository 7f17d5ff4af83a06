import type { FaultName } from '../../../server/simulator/faults.ts';
import type { PesapalFaultName } from '../../../server/simulator/pesapal/faults.ts';
import type { Currency } from '../../../shared/money.ts';
import type { ReasonCode } from '../../../shared/reasons.ts';
import type { GatewayName } from '../../../shared/views.ts';
import type { Scene } from './scene.ts';

export type Fault = FaultName | PesapalFaultName;

/** What is armed before "Pay", what the customer does afterwards, and the pauses until nothing more is to come. */
export interface Story {
  fault?: Fault;
  does?: 'pays' | 'declines';
  passes: readonly number[];
}

/** This gateway has no such case, and why. */
export interface None {
  none: string;
}

/** Giving money back, once: what is met on the way, and the pauses until nothing more is to come. */
export type Refunding = Omit<Story, 'does'>;

/** One gateway: how a test makes it do what gateways do. */
export interface Row {
  name: GatewayName;
  currency: Currency;
  /** Of the sample programme, where its currency is taken. */
  venue: number;
  /** Of one place, in minor units. */
  price: number;
  /** The customer's, and somebody else's who helps out. */
  phones: readonly [string, string];
  /** With the PIN on the phone, and whatever comes before it. */
  pays(scene: Scene): Promise<void>;
  declines(scene: Scene): Promise<void>;
  /** Says once more what became of the newest payment. */
  tells(scene: Scene): Promise<void>;
  /** Somebody whom we have not asked takes the newest money back, and we hear of it. */
  reverses(scene: Scene): Promise<void>;

  accepts: Story;
  refuses: Story & { reason: ReasonCode };
  /** The answer to the request is lost, and the customer can pay all the same. */
  losesAnswer: Story;
  /** The request was lost before it did anything; nobody pays. What can be known of that differs. */
  losesRequest: Story & { payment: 'unknown' | 'failed' };
  reportsFirst: Story | None;
  reportsTwice: Story;
  /** Nobody reports; whoever asks is told. */
  reportsNothing: Story;
  /** Of a payment made in time the first word comes when the hold has lapsed; `later` leads from the one to the other. */
  reportsLate: Story & { later: readonly number[] };
  /** Nothing is said unless the test says it. */
  reportsByHand: Story;
  tellsOtherAmount: Story;
  takesOtherCurrency: Story | None;
  declined: Story;
  /** First it is said to have failed; `later` leads to the success. */
  failsFirst: Story & { later: readonly number[] };
  nobodyPays: Story & { reason: ReasonCode };
  /** Paid, and neither a report nor an answer ever says so. */
  staysSilent: Story;
  /** What was asked for is taken back; `later` leads to money that comes all the same. */
  takesBack: (Story & { later: readonly number[] }) | None;
  /** It will not take back what may be paid. */
  keeps: Story;
  refund: { done: Refunding; refused: Refunding; uncertain: Refunding; uncertainButDone: Refunding };
}
