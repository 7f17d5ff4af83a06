import type { WorklistItem } from '../../server/view/worklist-view.ts';
import { type Manager, seeExceptions } from './office-work.ts';
import { accountReferenceIn } from './references.ts';
import type { World } from './world.ts';

interface Place {
  payment: string;
  isSettled: number;
}

/** I2, I12 as people meet it: money that is neither a ticket's nor back stands on the worklist, for whoever opens it. */
export async function unseen(world: World, manager: Manager): Promise<string[]> {
  const { counter, disk, portal, simulator } = world;
  const list = await seeExceptions(world, manager);
  if (!list) return ['I12 nobody can see the worklist'];
  const breaches: string[] = [];
  for (const { receiptNumber, merchantReference, at } of simulator.ledger.debits) {
    if (portal.reversal(receiptNumber)) continue;
    if (counter.loose.has(receiptNumber)) {
      breaches.push(...unseenLoose(world, receiptNumber, list));
      continue;
    }
    const accountReference = accountReferenceIn(merchantReference);
    const [place] = disk.query<Place>(
      `select p.id as payment, exists (
         select 1 from receipt r join payment o on o.id = r.payment
         where (o.id = p.id or r.number = ? and o.accountReference is null)
           and (r.allocation = 'applied' or r.closedAt is not null or not exists (select 1 from refund f where f.receipt = r.id and f.state != 'done')
             and r.allocation = 'refund_due')) as isSettled
       from payment p where p.accountReference = ?`,
    )(receiptNumber, accountReference);
    const isShown = list.some(one => one.paymentId === place?.payment || one.receiptNumber === receiptNumber);
    if (place?.isSettled || isShown) continue;
    if (world.wasHidden(at) || world.isDenied(accountReference))
      world.count('money that the gateway denied in every way');
    else breaches.push(`I2 ${receiptNumber} for ${accountReference} was taken, and no worklist shows it`);
  }
  return breaches;
}

/** What was paid by hand, as far as the gateway told of it. */
function unseenLoose({ counter, disk }: World, number: string, list: WorklistItem[]): string[] {
  const [receipt] = disk.query<{ isSettled: number }>(
    `select allocation = 'applied' or closedAt is not null or reversedAt is not null or allocation = 'refund_due'
       and not exists (select 1 from refund f where f.receipt = receipt.id and f.state != 'done') as isSettled
     from receipt where number = ?`,
  )(number);
  const isSeen = receipt?.isSettled || list.some(({ receiptNumber }) => receiptNumber === number);
  const isKnown = receipt !== undefined || counter.loose.get(number) === 'confirmed';
  return isSeen || !isKnown ? [] : [`I2 ${number} was paid by hand, and no worklist shows it`];
}
