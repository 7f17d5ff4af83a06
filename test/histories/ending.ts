import type { Disk } from './disk.ts';

const DAY_MS = 24 * 3_600_000;

/** No result will come: people approve it, on some day, and asking about its payment tells. */
const IS_APPROVED_LATER = `f.state in ('requested', 'unknown') and f.callbackTokenHash is null`;

/** I12, I10: what is still open seven days after the last misfortune, other than what staff can see. */
const OPEN = {
  'I12 a hold never ended': `select id from booking where state = 'held' and not kept and heldUntil <= @now`,
  'I12 a payment was never sent and never given up': `select id from payment where state = 'started' and not frozen and startedAt <= @now - ${DAY_MS}`,
  'I12 somebody is still going to ask about a payment': `select id from payment where nextCheckAt is not null and startedAt <= @now - ${7 * DAY_MS}
    and not exists (select 1 from refund f join receipt r on r.id = f.receipt where r.payment = payment.id
      and ${IS_APPROVED_LATER} and requestedAt > @now - ${7 * DAY_MS})`,
  'I12 a payment still stands in the way of another': `select id from payment where live and liveUntil > @now`,
  'I12 a callback was never settled': `select id from callback where state = 'received' and @now > 0`,
  'I12 the result of a refund is still awaited': `select id from refund where state = 'requested'
    and requestedAt <= @now - iif(callbackTokenHash is null, ${7 * DAY_MS}, 0) - ${DAY_MS}`,
  'I2 what the gateway said of a refund was not believed': `select id from callback where refund is not null and state = 'quarantined' and @now > 0`,
  'I10 the outbox was never emptied': `select id from outbox where @now > 0`,
} as const;

/** `now` by the server's clock. */
export function neverEnded(disk: Disk, now: Date): string[] {
  return Object.entries(OPEN)
    .filter(([, sql]) => disk.query(sql)({ now: now.getTime() }).length > 0)
    .map(([rule]) => rule);
}
