import { addMs } from '../../shared/clock.ts';
import { lapseHold } from '../booking/end-hold.ts';
import { lockPaidFor } from '../booking/lock-paid-for.ts';
import { sendBudgetMs } from '../gateway/send-budget.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf } from '../model/paid-for.ts';
import { paymentsFor } from '../model/payments-for.ts';
import type { Parts } from '../parts.ts';
import { askGateway } from '../payment/ask-gateway.ts';
import { attempt, BATCH } from './attempt.ts';

/** Places whose time is over go back. Under an open question the gateway is asked once before, if the budget allows. */
export async function endHolds(parts: Parts): Promise<void> {
  const ended = await readEnded(parts.database.read(), parts.clock.now());
  const asked: Promise<void>[] = [];
  for (const hold of ended) {
    const open = await readUnasked(parts.database.read(), hold.id);
    if (open) asked.push(attempt(parts, askThenLapse(parts, open.id, hold)));
    else await attempt(parts, lapse(parts, hold));
  }
  await Promise.all(asked);
  if (ended.length > 0) parts.wakeRelay();
}

interface Hold {
  id: string;
  heldUntil: Date;
}

function readEnded(em: Em, now: Date): Promise<Hold[]> {
  return query(em)
    .selectFrom('booking')
    .select(['id', 'heldUntil'])
    .where('state', '=', 'held')
    .where('kept', '=', false)
    .where('heldUntil', '<=', now)
    .orderBy('heldUntil')
    .limit(BATCH)
    .execute();
}

/** A payment of the booking that may still be paid, and was not asked about since its prompt was over. */
function readUnasked(em: Em, bookingId: string) {
  return query(em)
    .selectFrom('payment')
    .select('id')
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .where('state', 'in', ['unknown', 'pending'])
    .where('frozen', '=', false)
    .where('idsHash', 'is not', null)
    .where(one => one.or([one('checkedAt', 'is', null), one('checkedAt', '<', one.ref('promptEndsAt'))]))
    .executeTakeFirst();
}

async function askThenLapse(parts: Parts, paymentId: string, hold: Hold) {
  try {
    await askGateway(parts, paymentId);
  } finally {
    await lapse(parts, hold);
  }
}

/** Not while somebody else's question is under way: its answer may be the money. The next round comes in a second. */
function lapse({ clock, config, database }: Parts, { id, heldUntil }: Hold) {
  const now = clock.now();
  const waitsUntil = addMs(heldUntil, sendBudgetMs(config.rules.gatewayTimeoutMs)); // As long as one lease: no broken question keeps places for ever.
  return database.write(async em => {
    await lockPaidFor(em, bookingOf(id));
    if (now < waitsUntil && (await isBeingAsked(em, id, now))) return;
    await lapseHold(em, id, now);
  });
}

async function isBeingAsked(em: Em, bookingId: string, now: Date): Promise<boolean> {
  const leased = await query(em)
    .selectFrom('payment')
    .select('id')
    .where('id', 'in', paymentsFor(em, bookingOf(bookingId)))
    .where('leasedUntil', '>', now)
    .executeTakeFirst();
  return leased !== undefined;
}
