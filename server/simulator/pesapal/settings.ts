import * as v from 'valibot';

const SECONDS_MAX = 86_400;
const RETRIES_MAX = 100;
const Seconds = v.pipe(v.number(), v.minValue(0), v.maxValue(SECONDS_MAX));

/** Pesapal's share of how the gateways behave; all of it can be changed while it runs. */
export const PESAPAL_BEHAVIOUR = {
  /** The documentation promises 300, recordings of the sandbox say 3600. */
  pesapalTokenSeconds: v.optional(Seconds, 300),
  /** The HTTP status under which a missing, wrong or dead token is refused. */
  pesapalBadTokenStatus: v.optional(v.picklist([200, 401, 500]), 500),
  /** What a registered POST URL is sent; nobody has recorded it. */
  ipnBody: v.optional(v.picklist(['json', 'form']), 'json'),
  /** How often a notification is sent again that was not acknowledged in exactly the right words. */
  ipnRetries: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(RETRIES_MAX)), 3),
  ipnRetrySeconds: v.optional(Seconds, 10),
  /** Whether the list of registered URLs is empty, as the sandbox's was right after a registration. */
  ipnListEmpty: v.optional(v.boolean(), false),
  /** How long the merchant and Pesapal's finance take to approve a refund; null: until somebody does it by hand. */
  refundApprovalSeconds: v.optional(v.nullable(Seconds), 5),
};

export const PESAPAL_IDENTITY = {
  pesapalConsumerKey: v.optional(v.string(), 'simulated-pesapal-key'),
  pesapalConsumerSecret: v.optional(v.string(), 'simulated-pesapal-secret'),
};
