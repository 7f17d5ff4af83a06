import type { Disk } from './disk.ts';

/** What came of a history, counted, so that a run can show which corners it has been in. */
export function countEndings(disk: Disk): [what: string, times: number][] {
  const rows = disk.query<{ what: string; times: number }>(
    `select 'booking ' || state as what, count(*) as times from booking group by 1
     union all select 'charge ' || state, count(*) from charge group by 1
     union all select 'sale ' || state, count(*) from sale group by 1
     union all select 'booked at home, sold at the till', count(*) from booking b
       where sale is not null and exists (select 1 from audit_entry a where a.booking = b.id and a.actor = 'customer')
       having count(*) > 0
     union all select 'till: ' || kind, count(*) from journal_entry group by 1
     union all select 'paid before: ' || state, count(*) from payment where claimedNumber is not null group by 1
     union all select 'prompt that was left: ' || state, count(*) from payment where leftAt is not null group by 1
     union all select 'decided: ' || (details->>'as'), count(*) from audit_entry
       where happening = 'staff_closed' and details->>'as' is not null group by 1
     union all select iif(frozen, 'payment under review', 'payment ' || state), count(*) from payment group by 1
     union all select 'receipt ' || allocation || iif(number is null, ' without a number', ''), count(*)
       from receipt group by 1
     union all select 'refund for ' || reason, count(*) from refund group by 1
     union all select 'refund ' || state, count(*) from refund group by 1
     union all select 'receipt reversed', count(*) from receipt where reversedAt is not null having count(*) > 0
     union all select 'receipt closed', count(*) from receipt where closedAt is not null having count(*) > 0
     union all select 'payment closed', count(*) from payment where closedAt is not null having count(*) > 0
     union all select 'showing cancelled', count(*) from showing where cancelledAt is not null having count(*) > 0
     union all select 'paid by statement', count(*) from audit_entry where happening = 'payment_paid'
       and actor = 'statement' having count(*) > 0
     union all select 'order taken back', count(*) from payment where reasonCode = 'order_cancelled' having count(*) > 0
     union all select iif(f.details like '%order_cancelled%', 'paid after its order was taken back', 'paid after a failure'),
       count(*) from audit_entry p join audit_entry f on f.payment = p.payment and f.happening = 'payment_failed'
       where p.happening = 'payment_paid' group by 1
     union all select 'callback ' || state, count(*) from callback group by 1
     union all select happening, count(*) from audit_entry
       where happening in ('contradiction', 'receipt_number_known', 'push_unanswered', 'refund_requested', 'refund_done',
         'refund_failed', 'refund_uncertain', 'money_set_aside') group by 1
     union all select 'places taken again', count(*) from audit_entry where details like '%placesTakenAgain":true%'
       having count(*) > 0`,
  )();
  return rows.map(({ what, times }) => [what, times]);
}
