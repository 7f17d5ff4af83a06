import assert from 'node:assert/strict';
import type { Em } from '../../server/model/entities.ts';

/** How much applied money pays for a booking `b`: not what goes back, nor what a gateway took back. */
const PAID_SUM = `(select coalesce(sum(s.amount), 0) from share s join receipt r on r.id = s.receipt
  where s.booking = b.id and s.refund is null and r."reversedAt" is null)`;

/** What must hold for every booking and showing at every instant; each query answers the rows that break its rule. */
export const BROKEN = {
  'I1 places held and sold are those of the bookings, and never more than there are': `
    select s.id, s.held, s.sold from showing s
    where s.held + s.sold > s.capacity
      or s.held != (select coalesce(sum(quantity), 0) from booking b where b.showing = s.id and b.state = 'held')
      or s.sold != (select coalesce(sum(case when b.state = 'confirmed' then quantity
          else (select count(*) from ticket t where t.booking = b.id and t.state = 'admitted') end), 0)
        from booking b where b.showing = s.id and b.state in ('confirmed', 'refunded'))`,
  'I2 money that is due back has its refunds, what is too much has one, and no other money has any': `
    select r.id, r.allocation from receipt r
    where exists (select 1 from refund f where f.receipt = r.id and f.currency != r.currency)
      or case r.allocation
        when 'unallocated' then exists (select 1 from refund f where f.receipt = r.id)
          or exists (select 1 from share s where s.receipt = r.id)
        else (r.allocation = 'applied') != exists (select 1 from share s where s.receipt = r.id and s.refund is null)
          or r.amount != (select coalesce(sum(f.amount), 0) from refund f where f.receipt = r.id)
            + (select coalesce(sum(s.amount), 0) from share s where s.receipt = r.id and s.refund is null) end`,
  'I2 money that went back is owed no more': `
    select r.id from receipt r join refund f on f.receipt = r.id where r."reversedAt" is not null and f.state != 'done'`,
  'I2 money that a person closed is not counted as well': `
    select id from receipt where "closedAt" is not null and "reversedAt" is null and allocation != 'unallocated'`,
  'I2 nothing that was given up is still paid for': `
    select s.id from share s join receipt r on r.id = s.receipt
    left join booking b on b.id = s.booking left join charge c on c.id = s.charge
    where s.refund is null and r."reversedAt" is null
      and (b.state in ('lapsed', 'cancelled', 'refunded') or c.state in ('cancelled', 'refunded'))`,
  'I2 a refund is sent again only after it failed, and is done once': `
    select details->>'refund' as refund from audit_entry where happening in ('refund_requested', 'refund_failed', 'refund_done')
    group by 1
    having count(*) filter (where happening = 'refund_requested') > 1 + count(*) filter (where happening = 'refund_failed')
      or count(*) filter (where happening = 'refund_done') > 1`,
  'I2 a paid payment has its money, a reversed one had it, an unpaid one has none': `
    select p.id, p.state from payment p
    where case p.state
      when 'reversed' then not exists (select 1 from receipt r where r.payment = p.id and r."reversedAt" is not null)
      else (p.state = 'paid') !=
        exists (select 1 from receipt r where r.payment = p.id and r.allocation != 'unallocated') end`,
  'I3 tickets admit exactly where applied receipts come to the total, unless a person says so': `
    select b.id, b.state from booking b
    where case when b.state = 'confirmed'
        then ${PAID_SUM} != b.amount and not exists (select 1 from share s join receipt r on r.id = s.receipt
          join audit_entry a on a.payment = r.payment and a.happening = 'staff_closed' where s.booking = b.id)
        else ${PAID_SUM} = b.amount end
      or (select count(*) from ticket t where t.booking = b.id)
        != case when b.state in ('confirmed', 'refunded') then b.quantity else 0 end
      or exists (select 1 from ticket t where t.booking = b.id
        and t.state = case when b.state = 'confirmed' then 'void' else 'valid' end)`,
  'I3 a showing that was cancelled admits nobody': `
    select b.id from booking b join showing s on s.id = b.showing
    where s."cancelledAt" is not null and b.state = 'confirmed'`,
  'I3 no booking and no charge is paid more than once': `
    select b.id from booking b where ${PAID_SUM} > b.amount
    union select c.id from charge c where ${PAID_SUM.replace('s.booking = b.id', 's.charge = c.id')} > c.amount`,
  'I3 a charge is paid exactly where applied receipts come to its amount, unless a person says so': `
    select c.id from charge c
    where (c.state = 'paid') != (${PAID_SUM.replace('s.booking = b.id', 's.charge = c.id')} = c.amount)
      and not exists (select 1 from payment p join audit_entry a on a.payment = p.id and a.happening = 'staff_closed'
        where p.charge = c.id)
      and not exists (select 1 from share s join receipt r on r.id = s.receipt
        join audit_entry a on a.payment = r.payment and a.happening = 'staff_closed' where s.charge = c.id)`,
  'a sale is paid exactly where all that is still in it is paid': `
    select x.id, x.state from sale x
    where (x.state = 'open') != (exists (select 1 from booking b where b.sale = x.id and b.state = 'held')
      or exists (select 1 from charge c where c.sale = x.id and c.state = 'open'))`,
  'a complimentary ticket owes nobody anything': `
    select f.id from refund f join receipt r on r.id = f.receipt where r.gateway = 'complimentary' and f.state != 'done'`,
  'I5 one payment has at most one receipt whose number is pending': `
    select payment from receipt where number is null group by payment having count(*) > 1`,
  'I6 one payment is live for a booking': `
    select coalesce(booking, charge, sale) as id from payment where live group by 1 having count(*) > 1`,
  'places are kept while a prompt may be open': `
    select b.id, b."heldUntil", p."liveUntil" from booking b join payment p on p.booking = b.id or p.sale = b.sale
    where b.state = 'held' and p.live and p."liveUntil" > b."heldUntil"`,
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
