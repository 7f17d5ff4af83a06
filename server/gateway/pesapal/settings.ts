/** One Pesapal merchant account and how to reach it. No URL ends in a slash. */
export interface PesapalSettings {
  /** With `/pesapalv3` (sandbox) or `/v3` (live) at its end; the paths behind it begin with `/api`. */
  baseUrl: string;
  consumerKey: string;
  consumerSecret: string;
  /** Of a notification URL that is registered already. Null: `notificationUrl` is registered when first needed. */
  ipnId: string | null;
  /** Where Pesapal says that something about a payment has changed. Must be public; has no query. */
  notificationUrl: string;
  /** Where the customer's browser comes back to; each payment's callback token is appended as a path segment. */
  returnUrl: string;
  /** For each HTTP call; `sendBudgetMs` says how many there can be. */
  timeoutMs: number;
}
