/** One Daraja account and how to reach it. No URL ends in a slash. */
export interface DarajaSettings {
  baseUrl: string;
  consumerKey: string;
  consumerSecret: string;
  passkey: string;
  /** PayBill: the number that is paid. Buy Goods: the store's number, not the till's. */
  shortCode: string;
  /** Null: PayBill. */
  tillNumber: string | null;
  /** Each payment's token is appended as a path segment. */
  callbackUrl: string;
  /** Who gives money back. Null: nobody can. */
  initiator: Initiator | null;
  /** Each refund's token is appended as a path segment; behind it, `/timeout`. */
  refundCallbackUrl: string;
  /** Whether Pull Transactions is switched on for this account; there it works for a PayBill only. */
  statements: boolean;
  /** For each HTTP call; `sendBudgetMs` says how many there can be. */
  timeoutMs: number;
}

/** An operator of the account on the M-Pesa portal, with the role "Org Reversals Initiator". */
export interface Initiator {
  name: string;
  /** Runs out after 90 days. */
  password: string;
  /** PEM of Safaricom's certificate; sandbox and live have one each. A bare public key will do. */
  certificate: string;
}
