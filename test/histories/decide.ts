import type { WorklistItem } from '../../server/view/worklist-view.ts';
import type { Chance } from './chance.ts';
import { match, matchLoose } from './match.ts';
import { accountReferenceIn } from './references.ts';
import { seatLate } from './seat-late.ts';
import type { World } from './world.ts';

const SURE_MS = 10 * 60_000; // After so long nothing that we asked for is still under way.
const NOTE = 'as the portal shows';

/** What a manager asks the box office's API to do. */
export interface Decision {
  path: string;
  body?: unknown;
}

/**
 * What a careful person decides about a line of the worklist, who looks at the gateway's own pages first: nothing yet,
 * where those do not say enough. Money is their responsibility, so no decision here is against what the gateway shows.
 */
export function decisionAbout(world: World, chance: Chance, item: WorklistItem): Decision | null {
  if (chance.happens(0.3)) return null; // Later.
  switch (item.kind) {
    case 'refund_due':
      if (item.reason === 'late_payment' && chance.happens(0.7)) return seatLate(world, chance, item);
      return sendOrPay(world, chance, item);
    case 'refund_uncertain':
      return closeUncertain(world, item);
    case 'unmatched_money':
    case 'underpaid':
    case 'overpaid':
      return allot(world, chance, item);
    case 'contradiction':
      return { path: `payments/${item.paymentId}/closings`, body: { note: NOTE } };
    case 'unknown_outcome':
    case 'under_review':
      return closePayment(world, item);
    default:
      return null;
  }
}

/** What the gateway cannot give back goes by hand, out of the till, and once. */
function sendOrPay(
  world: World,
  chance: Chance,
  { refundId, receiptId, receiptNumber, amount, method }: WorklistItem,
): Decision {
  const [receipt] = world.disk.query<{ amount: number }>('select amount from receipt where id = ?')(receiptId);
  const [refund] = world.disk.query<{ state: string }>('select state from refund where id = ?')(refundId);
  const isPart = receipt?.amount !== amount.amount;
  const isDollars = amount.currency === 'USD';
  const isCash = method === 'cash';
  const mayPay =
    (isPart || isDollars || isCash) && refund?.state !== 'requested' && !world.portal.reversal(receiptNumber);
  if (!mayPay || !chance.happens(0.7)) return { path: `refunds/${refundId}/requests` };
  world.paidByHand.add(refundId ?? '');
  return { path: `refunds/${refundId}/closings`, body: { state: 'done', proof: 'Paid out in cash' } };
}

function closeUncertain({ portal }: World, { refundId, receiptNumber }: WorklistItem): Decision | null {
  const path = `refunds/${refundId}/closings`;
  const reversal = portal.reversal(receiptNumber);
  if (reversal) return { path, body: { state: 'done', proof: reversal.receiptNumber } };
  if (portal.askedMsAgo(receiptNumber) < SURE_MS || portal.isComingBack(receiptNumber)) return null;
  return { path, body: { state: 'failed', proof: 'The portal shows no reversal' } };
}

/** Money that was counted already without its number is not counted again; what went back is noted as such. */
function allot(world: World, chance: Chance, item: WorklistItem): Decision | null {
  const { receiptId, receiptNumber, paymentId } = item;
  const { portal } = world;
  const debit = portal.debit(receiptNumber);
  if (debit && world.counter.loose.has(debit.receiptNumber)) return matchLoose(world, chance, item);
  if (!debit || accountReferenceIn(debit.merchantReference) !== world.referenceOfPayment(paymentId)) return null;
  if (portal.reversal(receiptNumber)) return { path: `receipts/${receiptId}/reversals`, body: { note: NOTE } };
  const as = isCounted(world, paymentId) ? 'closed' : chance.oneOf(['booking', 'refund', 'closed', 'match'] as const);
  if (as === 'match') return match(world, chance, receiptId);
  return { path: `receipts/${receiptId}/resolutions`, body: { as, note: NOTE } };
}

function isCounted({ disk }: World, paymentId: string | null): boolean {
  const counted = `select 1 from receipt where payment = ? and allocation != 'unallocated'`;
  return disk.query(counted)(paymentId).length > 0;
}

/** Only where the gateway never took anything and never will, or all that it took stands in our books. */
function closePayment(world: World, { paymentId }: WorklistItem): Decision | null {
  const reference = world.referenceOfPayment(paymentId);
  const { pushedAt } = world.misfortunesOf(reference);
  if (pushedAt && +world.time.now() < +pushedAt + SURE_MS) return null;
  const order = world.portal.order(reference);
  if (order && !order.debit && !order.cancelledAt) return null; // Its page is open to whoever has it.
  const known = world.disk.query(`select 1 from receipt where number = ? and payment = ?`);
  const isMissing = world.portal.debitsOf(reference).some(debit => known(debit.receiptNumber, paymentId).length === 0);
  return isMissing ? null : { path: `payments/${paymentId}/closings`, body: { note: NOTE } };
}
