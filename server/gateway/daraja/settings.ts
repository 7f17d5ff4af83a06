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
  /** For each HTTP call; `sendBudgetMs` says how many there can be. */
  timeoutMs: number;
}
