import type { WorklistItem } from '../../server/view/worklist-view.ts';
import type { Chance } from './chance.ts';
import type { Decision } from './decide.ts';
import type { World } from './world.ts';

const NOTE = 'as they said on the phone';

/** Whoever paid it by hand has called and says what it was for; or nobody has. */
export function matchLoose(world: World, chance: Chance, { receiptId, receiptNumber }: WorklistItem): Decision | null {
  if (world.portal.reversal(receiptNumber)) return { path: `receipts/${receiptId}/reversals`, body: { note: NOTE } };
  const as = chance.oneOf(['match', 'match', 'match', 'refund', 'closed'] as const);
  if (as === 'match') return match(world, chance, receiptId);
  return { path: `receipts/${receiptId}/resolutions`, body: { as, venueId: 1, note: NOTE } };
}

/** With something of which somebody told the reference, rightly or not. */
export function match({ disk }: World, chance: Chance, receiptId: number | null): Decision | null {
  const known = disk.query<{ reference: string }>(
    `select reference from booking union select reference from sale
     union select reference from charge order by reference`,
  )();
  if (known.length === 0) return null;
  const { reference } = chance.oneOf(known);
  return { path: `receipts/${receiptId}/resolutions`, body: { as: 'match', reference, note: NOTE } };
}
