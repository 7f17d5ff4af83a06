import type { Random } from '../../shared/random.ts';
import { recordChange } from '../booking/record-change.ts';
import type { Rules } from '../config.ts';
import type { Vault } from '../database/vault.ts';
import type { GatewayIds, Outcome } from '../gateway/gateway.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import { prepared } from '../model/prepared.ts';
import type { Parts } from '../parts.ts';

/** What somebody says became of a payment, and through which door it came. */
export type Evidence = GatewaysEvidence | CountersEvidence;

/** What somebody at the counter has taken, or granted. */
export interface CountersEvidence {
  source: 'counter';
  by: `staff:${string}`;
  ids: null;
  outcome: Paid;
  doubtful?: false;
}

export interface GatewaysEvidence {
  source: 'callback' | 'query' | 'statement';
  /** The gateway's ids as the message has them; null where it carries none. */
  ids: GatewayIds | null;
  outcome: Outcome;
  /** From where this gateway is not known to call, and the settings want that verified: a query must agree first. */
  doubtful?: boolean;
}

/** What came of it: `settled` changed the payment or confirmed it, `ignored` added nothing, `quarantined` is for a person. */
export interface Verdict {
  verdict: 'settled' | 'ignored' | 'quarantined';
  why: string | null;
}

export interface Settling {
  now: Date;
  rules: Rules;
  random: Random;
  vault: Vault;
}

export function settlingNow({
  clock,
  config,
  random,
  vault,
}: Pick<Parts, 'clock' | 'config' | 'random' | 'vault'>): Settling {
  return { now: clock.now(), rules: config.rules, random, vault };
}

export type SettledPayment = Awaited<ReturnType<typeof readPayment>>;
export type Paid = Extract<Outcome, { outcome: 'paid' }>;
export type Failed = Extract<Outcome, { outcome: 'failed' }>;

export function readPayment(em: Em, paymentId: string) {
  return findPayment.one(em, { paymentId });
}

const findPayment = prepared((em, { paymentId }: { paymentId: string }) =>
  query(em)
    .selectFrom('payment')
    .select([
      'id',
      'booking',
      'charge',
      'sale',
      'leftAt',
      'claimedNumber',
      'gateway',
      'state',
      'amount',
      'currency',
      'idsHash',
      'idsSealed',
      'frozen',
    ])
    .select(['startedAt', 'promptEndsAt', 'reportedAt', 'queriedCode', 'queriedCodeAt', 'verifyUntil'])
    .where('id', '=', paymentId),
);

/** Who says so, as the audit trail names them. */
export function whoSays(evidence: Evidence): Actor {
  return evidence.source === 'counter' ? evidence.by : evidence.source;
}

/** Whether we have, or had, its money. */
export function isMoney({ state }: Pick<SettledPayment, 'state'>): boolean {
  return state === 'paid' || state === 'reversed';
}

export function record(
  em: Em,
  payment: SettledPayment,
  actor: Actor,
  happening: Parameters<typeof recordChange>[2]['happening'],
  at: Date,
  details: Parameters<typeof recordChange>[2]['details'] = {},
) {
  return recordChange(em, payment, { happening, actor, at, payment: payment.id, details });
}

export function settled(): Verdict {
  return { verdict: 'settled', why: null };
}

export function ignored(why: string): Verdict {
  return { verdict: 'ignored', why };
}
