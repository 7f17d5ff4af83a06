import * as v from 'valibot';

const Shillings = v.picklist(['KES', 'TZS']);
const Instant = v.pipe(v.string(), v.isoTimestamp());

const Prompt = v.object({
  checkoutRequestId: v.string(),
  merchant: v.string(),
  amount: v.number(),
  currency: Shillings,
  accountReference: v.string(),
  expiresAt: Instant,
  ignored: v.boolean(),
});
export type Prompt = v.InferOutput<typeof Prompt>;

const Phone = v.object({
  number: v.string(),
  pin: v.string(),
  balance: v.number(),
  currency: Shillings,
  on: v.boolean(),
  wrongPins: v.number(),
  locked: v.boolean(),
  fault: v.nullable(v.string()),
  prompt: v.nullable(Prompt),
  messages: v.array(v.object({ at: Instant, text: v.string() })),
});
export type Phone = v.InferOutput<typeof Phone>;

/** What the simulator pushes, whole, whenever it is different. */
export const SimulatorState = v.object({
  now: Instant,
  merchant: v.string(),
  autoAnswer: v.boolean(),
  phones: v.array(Phone),
  armed: v.array(v.object({ fault: v.string(), phone: v.nullable(v.string()), times: v.number() })),
  debits: v.array(
    v.object({
      receiptNumber: v.string(),
      gateway: v.picklist(['daraja', 'pesapal']),
      network: v.string(),
      phone: v.string(),
      amount: v.number(),
      currency: Shillings,
      charged: v.nullable(v.object({ amount: v.number(), currency: v.string() })),
      at: Instant,
    }),
  ),
});
export type SimulatorState = v.InferOutput<typeof SimulatorState>;

const Fault = v.object({
  name: v.string(),
  sentence: v.string(),
  magicNumber: v.string(),
  family: v.string(),
  gateway: v.picklist(['daraja', 'pesapal']),
});
export type Fault = v.InferOutput<typeof Fault>;
export const FaultsAnswer = v.object({ available: v.array(Fault) });
