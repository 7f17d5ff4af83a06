import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import type { ArmedFaults } from './armed-faults.ts';
import type { Access } from './daraja/access.ts';
import type { Checkouts } from './daraja/checkout.ts';
import type { Keys } from './daraja/security-credential.ts';
import type { SentCallback } from './daraja/send.ts';
import type { Ledger } from './ledger.ts';
import type { PesapalState } from './pesapal/state.ts';
import type { Phones } from './phones.ts';
import type { Settings } from './settings.ts';

/** Sends a callback out into the world; the answer's HTTP status. */
export type Post = (url: string, body: string) => Promise<number>;

/** A notification of Pesapal's on its way. */
export interface NotificationRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

/** Sends a notification; its answer matters word by word. */
export type Notify = (request: NotificationRequest) => Promise<{ status: number; body: string }>;

/** What the simulator is made of. */
export interface Parts {
  clock: Clock;
  random: Random;
  settings: Settings;
  post: Post;
  notify: Notify;
  phones: Phones;
  ledger: Ledger;
  faults: ArmedFaults;
  access: Access;
  checkouts: Checkouts;
  /** Where C2B confirmations go; null until the merchant has registered a URL. */
  c2b: { confirmationUrl: string | null };
  /** Whether this short code has been registered for Pull Transactions. */
  statements: { registered: boolean };
  keys: Keys;
  pesapal: PesapalState;
  callbacks: SentCallback[];
  /** How often each path of a gateway was asked. */
  requests: Record<string, number>;
  /** Something that somebody may be looking at is different now. */
  changed(): void;
}
