import assert from 'node:assert/strict';
import { lapseHold, letGo } from '../../server/booking/end-hold.ts';
import { ProblemError } from '../../server/http/problem.ts';
import type { Actor } from '../../server/model/audit-entry.ts';
import type { Em } from '../../server/model/entities.ts';
import type { Evidence, Settling } from '../../server/payment/evidence.ts';
import { refundBooking } from '../../server/payment/refund-paid.ts';
import { closeReceipt, resolveReceipt } from '../../server/payment/resolve-receipt.ts';
import { reverseReceipt } from '../../server/payment/reverse-receipt.ts';
import { settlePayment } from '../../server/payment/settle-payment.ts';
import { assertInvariants } from './invariants.ts';
import type { Core } from './money-core.ts';

/** A booking with its payments, as it stands before a history begins. */
export interface World {
  name: string;
  booking: string;
  payments: string[];
}

/** Something that happens `at` so many milliseconds after the last payment was started. */
export interface Step {
  at: number;
  what: { payment: number; evidence: Evidence } | 'the hold lapses' | 'the customer cancels' | Decision;
}

/** What a person decides about the booking, or about the oldest money of a payment. */
export type Decision = 'the booking is given back' | { payment: number; decides: PersonSays };
export type PersonSays = 'the gateway took it back' | 'it was dealt with' | 'it is the booking’s' | 'it goes back';

/** Where a history ends: what must not depend on its order. */
export interface Ending {
  payments: string[];
  /** In cents, of each payment: everything that was received for it, wherever it went. */
  received: number[];
  applied: number;
  due: number;
  unallocated: number;
  bookingState: string;
  version: number;
  numbers: string[];
}

const PAYMENT_RANK = ['started', 'unknown', 'pending', 'failed', 'paid', 'reversed'];
const BOOKING_RANK: Record<string, number> = { held: 0, lapsed: 1, cancelled: 1, confirmed: 2, refunded: 3 };

const MANAGER: Actor = 'staff:Wanjiru';

export const END_OF_TIME = new Date(8.64e15);

class Undo extends Error {}

/** Lets a history happen to a world, looks at every step, and undoes it all: the next one begins where this one did. */
export async function live(core: Core, world: World, steps: Step[]): Promise<Ending> {
  let ending: Ending | undefined;
  const undone = core.database.write(async em => {
    const startedAt = +core.clock.now();
    let before = await look(em, world);
    for (const { at, what } of steps) {
      await happen(em, core, world, what, new Date(startedAt + at));
      const after = await look(em, world);
      assertForward(before, after);
      before = after;
    }
    await assertInvariants(em);
    ending = before;
    throw new Undo();
  });
  await undone.catch(error => {
    if (!(error instanceof Undo)) throw error;
  });
  assert.ok(ending);
  return ending;
}

async function happen(em: Em, { config, parts, vault }: Core, world: World, what: Step['what'], now: Date) {
  const settling = { now, rules: config.rules, random: parts.random, vault };
  if (what === 'the booking is given back')
    await unlessRefused(
      refundBooking(em, { bookingId: world.booking, reason: 'staff_decision', actor: MANAGER }, settling),
    );
  else if (typeof what === 'object' && 'decides' in what)
    await unlessRefused(decide(em, world.payments[what.payment] ?? '', what.decides, settling));
  else if (what === 'the customer cancels') await letGo(em, world.booking, 'customer', now);
  else if (what === 'the hold lapses') await lapseHold(em, world.booking, END_OF_TIME);
  else await settlePayment(em, world.payments[what.payment] ?? '', what.evidence, settling);
}

async function decide(em: Em, payment: string, says: PersonSays, settling: Settling) {
  const [receipt] = await em.execute<{ id: number }[]>('select id from receipt where payment = ? limit 1', [payment]);
  const decision = { receiptId: receipt?.id ?? 0, actor: MANAGER, note: 'as the portal shows' };
  switch (says) {
    case 'the gateway took it back':
      return reverseReceipt(em, decision, settling);
    case 'it was dealt with':
      return closeReceipt(em, decision, settling.now);
    case 'it is the booking’s':
      return resolveReceipt(em, { ...decision, as: 'booking' }, settling);
    case 'it goes back':
      return resolveReceipt(em, { ...decision, as: 'refund' }, settling);
  }
}

/** What cannot be decided now is refused, and changes nothing. */
async function unlessRefused(decision: Promise<unknown>) {
  await decision.catch(error => {
    if (!(error instanceof ProblemError)) throw error;
  });
}

interface Row {
  id: string;
  state: string;
  allocation: string | null;
  amount: number | null;
  number: string | null;
  bookingState: string;
  version: number;
}

async function look(em: Em, { booking, payments }: World): Promise<Ending> {
  const rows: Row[] = await em.execute(
    `select p.id, p.state, r.allocation, r.amount, r.number, b.state as "bookingState", b.version from booking b
     join payment p on p.booking = b.id left join receipt r on r.payment = p.id where b.id = '${booking}'`,
  );
  const sum = (those: (row: Row) => boolean) => rows.filter(those).reduce((total, row) => total + (row.amount ?? 0), 0);
  return {
    payments: payments.map(id => rows.find(row => row.id === id)?.state ?? ''),
    received: payments.map(id => sum(row => row.id === id)),
    applied: sum(row => row.allocation === 'applied'),
    due: sum(row => row.allocation === 'refund_due'),
    unallocated: sum(row => row.allocation === 'unallocated'),
    bookingState: rows[0]?.bookingState ?? '',
    version: rows[0]?.version ?? 0,
    numbers: rows.flatMap(({ number }) => number ?? []).sort(),
  };
}

/** I4, I10: only forward, nothing without a new version, and money that was counted stays counted. */
function assertForward(before: Ending, after: Ending) {
  const rank = (state = '') => PAYMENT_RANK.indexOf(state);
  for (const [at, state] of after.payments.entries())
    assert.ok(rank(state) >= rank(before.payments[at]), `a payment went from ${before.payments[at]} to ${state}`);
  const [was = 0, is = 0] = [BOOKING_RANK[before.bookingState], BOOKING_RANK[after.bookingState]];
  assert.ok(is >= was, `the booking went from ${before.bookingState} to ${after.bookingState}`);
  if (is === was) assert.equal(after.bookingState, before.bookingState);
  if (after.version === before.version) assert.deepEqual(after, before, 'something changed, and nobody was told');
  assert.ok(after.applied + after.due >= before.applied + before.due, 'counted money went away');
  assert.ok(after.due >= before.due, 'money that was owed is not any more');
  if (after.bookingState !== 'refunded') assert.ok(after.applied >= before.applied, 'applied money went away');
}
