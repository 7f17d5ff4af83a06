import type { Clock } from '../shared/clock.ts';
import { TokenBucket } from '../shared/token-bucket.ts';
import type { GatewayName } from '../shared/views.ts';
import type { Config } from './config.ts';
import { isAlone } from './database/lock.ts';
import type { Database } from './database/open-database.ts';
import type { Vault } from './database/vault.ts';
import { sharedBudget } from './fleet/shared-budget.ts';
import { sharedToken } from './fleet/shared-token.ts';
import { CircuitBreaker } from './gateway/circuit-breaker.ts';
import { createDaraja } from './gateway/daraja/daraja.ts';
import type { Gateway, Memory } from './gateway/gateway.ts';
import { createPesapal } from './gateway/pesapal/pesapal.ts';
import type { Send, Sent } from './gateway/send.ts';
import type { Meters, SendOutcome } from './metrics/meters.ts';
import { query } from './model/entities.ts';
import type { GatewayLine, Parts } from './parts.ts';

/** What a token belongs to. */
interface Account {
  baseUrl: string;
  consumerKey: string;
  consumerSecret: string;
  timeoutMs: number;
}

interface Outside {
  clock: Clock;
  database: Database;
  vault: Vault;
  send: Send;
  meters: Meters;
}

/** Every gateway that the settings give credentials for, with what limits our calls to it. A further one is added here. */
export function openGateways(
  { daraja, pesapal, rules }: Config,
  notificationSecret: string,
  outside: Outside,
): Parts['lines'] {
  const lines: Parts['lines'] = new Map();
  const open = (gateway: Gateway) => lines.set(gateway.name, createLine(gateway, rules, outside));
  const timedFor = (name: GatewayName) => ({ ...outside, send: timed(outside.send, name, outside.meters) });
  const keeperFor = ({ baseUrl, consumerKey, consumerSecret, timeoutMs }: Account) =>
    isAlone(outside.database.read())
      ? undefined
      : sharedToken(outside, [baseUrl, consumerKey, consumerSecret], timeoutMs);
  if (daraja) open(createDaraja(daraja, { ...timedFor('daraja'), keeper: keeperFor(daraja) }));
  if (pesapal) {
    const notificationUrl = `${pesapal.notificationUrl}/${notificationSecret}`;
    open(
      createPesapal(
        { ...pesapal, notificationUrl },
        { ...timedFor('pesapal'), memory: createMemory(outside), keeper: keeperFor(pesapal) },
      ),
    );
  }
  return lines;
}

/** The network, with how long each call took and how it ended told. */
function timed(send: Send, gateway: GatewayName, { sent }: Meters): Send {
  return async wish => {
    const begun = performance.now();
    const became = await send(wish);
    sent(gateway, outcomeOf(became), performance.now() - begun);
    return became;
  };
}

function outcomeOf(became: Sent): SendOutcome {
  if (became.result !== 'answered') return became.result;
  if (became.status >= 500) return '5xx';
  if (became.status >= 400) return '4xx';
  return became.status >= 300 ? '3xx' : '2xx';
}

function createLine(gateway: Gateway, rules: Config['rules'], outside: Outside): GatewayLine {
  const { clock, database } = outside;
  const alone = isAlone(database.read());
  const budget = (of: string, perSecond: number) =>
    alone ? new TokenBucket(clock, perSecond) : sharedBudget(outside, `${gateway.name}-${of}`, perSecond);
  return {
    gateway,
    pushes: rules.limited ? budget('pushes', rules.pushesPerSecond) : new TokenBucket(clock, Number.MAX_SAFE_INTEGER),
    breaker: new CircuitBreaker(clock),
    queries: budget('queries', rules.queriesPerMinute[gateway.name] / 60),
  };
}

/** What adapters must not forget stands in the database, sealed. */
function createMemory({ database, vault }: Outside): Memory {
  return {
    async read(name) {
      const row = await query(database.read())
        .selectFrom('remembered')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row && vault.open(row.value);
    },
    async write(name, text) {
      const value = vault.seal(text);
      await database.write(async em => {
        await query(em)
          .insertInto('remembered')
          .values({ name, value })
          .onConflict(known => known.column('name').doUpdateSet({ value }))
          .execute();
      });
    },
  };
}
