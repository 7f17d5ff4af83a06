import type { WorklistItem } from '../../server/view/worklist-view.ts';
import type { Chance } from './chance.ts';
import type { Decision } from './decide.ts';
import type { World } from './world.ts';

/**
 * Their money came when the places were gone, and they are at the door: they get some that are free by now. Where there
 * are none, somebody else goes home for them, or the manager tries all the same.
 */
export function seatLate({ disk, portal }: World, chance: Chance, item: WorklistItem): Decision | null {
  const { bookingId, refundId, receiptNumber } = item;
  if (portal.reversal(receiptNumber) || portal.isComingBack(receiptNumber)) return null;
  const others = disk.query<{ id: string }>(
    `select o.id from booking o join booking b on b.showing = o.showing
     where b.id = ? and o.state = 'confirmed' and o.quantity >= b.quantity order by o.reference`,
  )(bookingId);
  if (!item.actions.includes('place') && others.length > 0 && chance.happens(0.7))
    return { path: 'refunds', body: { bookingId: chance.oneOf(others).id, note: 'They go home' } };
  return { path: `refunds/${refundId}/placements`, body: { note: 'They are at the door' } };
}
