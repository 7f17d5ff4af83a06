import * as v from 'valibot';
import { PESAPAL_BEHAVIOUR, PESAPAL_IDENTITY } from './pesapal/settings.ts';

const BALANCE_MAX = 10_000_000; // More than any wallet holds, in either shilling.
const SECONDS_MAX = 86_400;
const SANDBOX_PASSKEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919'; // The same for everybody, no secret.

export const Balance = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(BALANCE_MAX));
export const Pin = v.pipe(v.string(), v.regex(/^\d{4}$/));
const Seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(SECONDS_MAX));
const Milliseconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(SECONDS_MAX * 1_000));

/** How the simulated gateway behaves; all of it can be changed while it runs. */
const BEHAVIOUR = {
  /** What stands in the prompt and in the text message. */
  merchant: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(60)), 'Tiketi Cinema'),
  tokenSeconds: v.optional(Seconds, 3599),
  promptSeconds: v.optional(Seconds, 60),
  /** How long a customer takes who answers alone: at a magic number, or when a result is armed. */
  answerMs: v.optional(Milliseconds, 3_000),
  /** From the end of the prompt to the callback. */
  callbackDelayMs: v.optional(Milliseconds, 1_500),
  /** How often a callback that was not answered 200 is sent again. Daraja's own statement is: never. */
  callbackRetries: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(10)), 0),
  /** The same amount to the same phone within this time ends in result 17; 0 turns the rule off. */
  sameAmountSeconds: v.optional(Seconds, 120),
  /** Queries over this rate get Apigee's 429; the sandbox allows 5. Null: no limit. */
  queriesPerMinute: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0.1), v.maxValue(1_000_000))), null),
  /** How many rows one answer of Pull Transactions has; Daraja's own number is written nowhere. */
  statementRows: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(10_000)), 100),
  startBalance: v.optional(Balance, 20_000),
  startBalanceTzs: v.optional(Balance, 500_000),
  /** Every phone pays by itself, at once: for load tests. */
  autoAnswer: v.optional(v.boolean(), false),
  ...PESAPAL_BEHAVIOUR,
};

const IDENTITY = {
  consumerKey: v.optional(v.string(), 'simulated-consumer-key'),
  consumerSecret: v.optional(v.string(), 'simulated-consumer-secret'),
  passkey: v.optional(v.string(), SANDBOX_PASSKEY),
  initiatorName: v.optional(v.string(), 'simulated-initiator'),
  initiatorPassword: v.optional(v.string(), 'simulated-password'),
  shortCode: v.optional(v.pipe(v.string(), v.regex(/^\d{5,7}$/)), '174379'),
  /** With a till, Buy Goods goes to it; without one, this merchant is a PayBill only. */
  tillNumber: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^\d{5,7}$/))), null),
  ...PESAPAL_IDENTITY,
};

export const Settings = v.strictObject({ ...IDENTITY, ...BEHAVIOUR });
export type Settings = v.InferOutput<typeof Settings>;
export type SettingsInput = v.InferInput<typeof Settings>;

export const Behaviour = v.object(BEHAVIOUR);
export type Behaviour = v.InferOutput<typeof Behaviour>;

/** What a change leaves out stays as it is. */
export const BehaviourChange = v.partial(v.strictObject(BEHAVIOUR));
