import { sendBudgetMs } from '../../server/gateway/send-budget.ts';
import type { Disk } from './disk.ts';

const LEFT_BEHIND_MS = 5_000;

/**
 * When the janitor or the relay will next find something to do, in the server's time. Their rounds before that would
 * change nothing, and a history of eight days has 691,200 of them.
 */
export function nextDue(disk: Disk, gatewayTimeoutMs: number): number | null {
  const [row] = disk.query<{ at: number | null }>(
    `select min(at) as at from (
      select max(nextCheckAt, coalesce(leasedUntil, 0)) as at from payment where nextCheckAt is not null
      union all select startedAt + ${sendBudgetMs(gatewayTimeoutMs)} from payment where state = 'started' and nextCheckAt is not null
      union all select heldUntil from booking where state = 'held'
      union all select receivedAt + ${LEFT_BEHIND_MS} from callback where state = 'received'
      union all select 0 from outbox)`,
  )();
  return row?.at ?? null;
}
