import type { Config } from '../../server/config.ts';
import { sendBudgetMs } from '../../server/gateway/send-budget.ts';
import type { Disk } from './disk.ts';

const LEFT_BEHIND_MS = 5_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const NIGHTLY_MS = 20 * 60 * MINUTE_MS;
const PULLED_AT = (name: string) =>
  `coalesce((select round(unixepoch(value, 'subsec') * 1000) from remembered where name = 'daraja-${name}'), 0)`;

/** Every column that makes janitor or relay do something, and when. `@now` is the server's time. */
const DUE = [
  `select max(nextCheckAt, coalesce(leasedUntil, 0)) as at from payment where nextCheckAt is not null`,
  `select heldUntil from booking where state = 'held' and not kept`,
  `select receivedAt + ${LEFT_BEHIND_MS} from callback where state = 'received'`,
  `select receivedAt + ${90 * DAY_MS} from callback where state != 'received' and bodySealed is not null`,
  `select requestedAt + iif(callbackTokenHash is null, ${7 * DAY_MS}, ${10 * MINUTE_MS})
    from refund where state = 'requested'`,
  `select 0 from outbox where @now > 0`,
];

/** A statement is pulled every night, and every quarter of an hour while a payment of the last two days is silent. */
const STATEMENTS_DUE = [
  `select ${PULLED_AT('nightly')} + ${NIGHTLY_MS}`,
  `select max(${PULLED_AT('statement')} + ${15 * MINUTE_MS}, startedAt + ${5 * MINUTE_MS}) from payment
    where state in ('started', 'unknown', 'pending') and closedAt is null and startedAt >= @now - ${2 * DAY_MS}`,
];

/**
 * When the janitor or the relay will next find something to do, in the server's time. Their rounds before that would
 * change nothing, and a history of eight days has 691,200 of them.
 */
export function nextDue(disk: Disk, { daraja, rules }: Config, now: Date): number | null {
  const givenUp = `select startedAt + ${sendBudgetMs(rules.gatewayTimeoutMs)} from payment where state = 'started'`;
  const due = [...DUE, givenUp, ...(daraja?.statements ? STATEMENTS_DUE : [])];
  const [row] = disk.query<{ at: number | null }>(`select min(at) as at from (${due.join(' union all ')})`)({
    now: now.getTime(),
  });
  return row?.at ?? null;
}
