import type { Logger } from 'pino';
import { type Clock, pause } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';
import type { Method } from '../shared/views.ts';
import type { Config } from './config.ts';
import type { Database } from './database/open-database.ts';
import type { Vault } from './database/vault.ts';
import type { Budget } from './gateway/budget.ts';
import type { CircuitBreaker } from './gateway/circuit-breaker.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { RateLimits } from './http/rate-limits.ts';
import type { Meters } from './metrics/meters.ts';
import type { OfficeSockets } from './realtime/office.ts';
import type { Seeing } from './view/next-push.ts';
import type { GatewaysFor } from './view/showing-view.ts';

/** A gateway with what limits our calls to it. */
export interface GatewayLine {
  gateway: Gateway;
  pushes: Budget;
  breaker: CircuitBreaker;
  queries: Budget;
}

/** What argon2id takes to try one password; `memory` in KiB. */
export interface HashCost {
  memory: number;
  passes: number;
}

/** What the server is made of, handed to whoever needs some of it. */
export interface Parts {
  config: Config;
  clock: Clock;
  random: Random;
  log: Logger;
  meters: Meters;
  database: Database;
  vault: Vault;
  hashCost: HashCost;
  /** By how money reaches us; a counter's own ways need no line. */
  lines: Map<Method, GatewayLine>;
  /** The part of our notification URLs that only gateways know. */
  notificationSecret: string;
  limits: RateLimits;
  /** Tells the relay that something was committed which watchers want to know. */
  wakeRelay(): void;
  /** The box office's own sockets: to tell a venue's staff something, and to end those of a session that ended. */
  office: Pick<OfficeSockets, 'to' | 'toAll' | 'end'>;
  /** How many browsers look at a booking right now. */
  watchers(bookingId: string): number;
  /** Work that nobody waits for: its failure is logged, and a stop waits for its end. */
  inBackground(what: string, work: Promise<unknown>): void;
}

export function seeingNow({
  clock,
  config,
  lines,
  vault,
}: Pick<Parts, 'clock' | 'config' | 'lines' | 'vault'>): Seeing {
  const { retryAfterMs, limited } = config.rules;
  return { now: clock.now(), retryAfterMs, limited, gatewaysFor: gatewaysOf(lines), unseal: vault.open };
}

export function gatewaysOf(lines: Parts['lines']): GatewaysFor {
  return currency =>
    [...lines.values()].filter(line => line.gateway.currency === currency).map(line => line.gateway.name);
}

/** Waits for `work`, but not longer than `ms`; its failure is the background's. */
export async function atMost(
  parts: Pick<Parts, 'clock' | 'inBackground'>,
  what: string,
  work: Promise<unknown>,
  ms: number,
) {
  parts.inBackground(what, work);
  await Promise.race([work.catch(() => {}), pause(parts.clock, ms)]);
}
