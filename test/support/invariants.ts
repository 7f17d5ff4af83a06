import assert from 'node:assert/strict';
import type { Em } from '../../server/model/entities.ts';

/** What must hold for every booking and showing at every instant; each query answers the rows that break its rule. */
export const BROKEN = {
  'I1 places held and sold are those of the bookings, and never more than there are': `
    select s.id, s.held, s.sold from showing s
    where s.held + s.sold > s.capacity
      or s.held != (select coalesce(sum(quantity), 0) from booking b where b.showing = s.id and b.state = 'held')
      or s.sold != (select coalesce(sum(quantity), 0) from booking b where b.showing = s.id and b.state = 'confirmed')`,
  'I2 money that is due back has its refund, and no other money has': `
    select r.id, r.allocation from receipt r left join refund f on f.receipt = r.id
    where (r.allocation = 'refund_due') != (f.id is not null) or f.amount != r.amount or f.currency != r.currency`,
  'I2 a paid payment has its money, an unpaid one has none': `
    select p.id, p.state from payment p
    where (p.state in ('paid', 'reversed')) !=
      exists (select 1 from receipt r where r.payment = p.id and r.allocation != 'unallocated')`,
  'I3 tickets exist exactly where one receipt of the whole total is applied': `
    select b.id, b.state from booking b
    where (b.state = 'confirmed') != (1 = (select count(*) from receipt r join payment p on p.id = r.payment
        where p.booking = b.id and r.allocation = 'applied' and r.amount = b.amount))
      or (select count(*) from ticket t where t.booking = b.id) != iif(b.state = 'confirmed', b.quantity, 0)`,
  'I3 no booking has two receipts applied': `
    select p.booking from receipt r join payment p on p.id = r.payment where r.allocation = 'applied'
    group by p.booking having count(*) > 1`,
  'I5 one payment has at most one receipt whose number is pending': `
    select payment from receipt where number is null group by payment having count(*) > 1`,
  'I6 one payment is live for a booking': `select booking from payment where live group by booking having count(*) > 1`,
  'places are kept while a prompt may be open': `
    select b.id, b.heldUntil, p.liveUntil from booking b join payment p on p.booking = b.id
    where b.state = 'held' and p.live and p.liveUntil > b.heldUntil`,
  'I10 every version has its line in the audit': `
    select b.id, b.version from booking b
    where b.version != (select count(*) from audit_entry a where a.booking = b.id)
      or b.version != (select count(distinct version) from audit_entry a where a.booking = b.id)`,
};

/** Only where no relay deletes outbox rows. */
const UNTOLD = {
  'I10 every version has its row in the outbox': `
    select b.id, b.version from booking b
    where b.version != (select count(distinct o.version) from outbox o where o.subject = b.id)
      or b.version != (select max(o.version) from outbox o where o.subject = b.id)`,
};

/** Where no relay runs. */
export async function assertInvariants(em: Em): Promise<void> {
  for (const [rule, sql] of Object.entries({ ...BROKEN, ...UNTOLD })) assert.deepEqual(await em.execute(sql), [], rule);
}
