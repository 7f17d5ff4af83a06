import type { GatewayName } from '../../shared/views.ts';
import type { CallbackState } from '../model/callback.ts';

/** One commit to the database and whatever shared it. */
export interface WriteBatch {
  /** How many pieces of work it was. */
  size: number;
  /** How long the first of them had waited for its turn. */
  waitMs: number;
  commitMs: number;
}

/** How a call to a gateway ended: by the class of its status, or without one. */
export type SendOutcome = '2xx' | '3xx' | '4xx' | '5xx' | 'not_sent' | 'unanswered';

/**
 * What busy code tells of itself, without knowing to whom. None of these throws or waits. Every word that they are given
 * comes from a short list: no ids, no addresses, nothing that a stranger or a customer chose.
 */
export interface Meters {
  /** `route`: its pattern, never its path. */
  answered(method: string, route: string, status: number, ms: number): void;
  sent(gateway: GatewayName, outcome: SendOutcome, ms: number): void;
  /** `lagMs`: from a callback's arrival until it was settled. */
  settled(gateway: GatewayName, verdict: CallbackState, lagMs: number): void;
  /** `lagMs`: from the first word of a change until its watchers were told. */
  told(lagMs: number): void;
  wrote(batch: WriteBatch): void;
  /** A query outside of a transaction, with the wait for its connection. */
  read(ms: number): void;
}

/** Nobody measures. */
export const NO_METERS: Meters = {
  answered() {},
  sent() {},
  settled() {},
  told() {},
  wrote() {},
  read() {},
};
