import { type Manager, seeExceptions } from './office-work.ts';
import { accountReferenceIn } from './references.ts';
import type { World } from './world.ts';

interface Place {
  payment: string;
  isSettled: number;
}

/** I2, I12 as people meet it: money that is neither a ticket's nor back stands on the worklist, for whoever opens it. */
export async function unseen(world: World, manager: Manager): Promise<string[]> {
  const { disk, portal, simulator } = world;
  const list = await seeExceptions(world, manager);
  if (!list) return ['I12 nobody can see the worklist'];
  const breaches: string[] = [];
  for (const { receiptNumber, merchantReference, at } of simulator.ledger.debits) {
    if (portal.reversal(receiptNumber)) continue;
    const accountReference = accountReferenceIn(merchantReference);
    const [place] = disk.query<Place>(
      `select p.id as payment, exists (
         select 1 from receipt r where r.payment = p.id and (r.allocation = 'applied' or r.closedAt is not null
           or not exists (select 1 from refund f where f.receipt = r.id and f.state != 'done')
             and r.allocation = 'refund_due')) as isSettled
       from payment p where p.accountReference = ?`,
    )(accountReference);
    if (place?.isSettled || list.some(({ paymentId }) => paymentId === place?.payment)) continue;
    if (world.wasHidden(at) || world.isDenied(accountReference))
      world.count('money that the gateway denied in every way');
    else breaches.push(`I2 ${receiptNumber} for ${accountReference} was taken, and no worklist shows it`);
  }
  return breaches;
}
