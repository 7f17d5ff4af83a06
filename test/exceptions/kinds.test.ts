import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExceptionAction, ExceptionKind, ExceptionView } from '../../shared/office/exceptions.ts';
import type { RefundReason } from '../../shared/views.ts';
import {
  bookAndPay,
  change,
  decideRefund,
  NOTE,
  passResult,
  payInSilence,
  payTooLate,
  rowsOf,
  tellSuccess,
} from '../support/office.ts';
import { assertSound } from '../support/till.ts';
import { openExceptions, type Scenery, SOON } from './offices.ts';

const MINUTE = 60_000;

interface Kind {
  kind: ExceptionKind;
  reason?: RefundReason;
  expects?: ExceptionView['expects']['what'];
  actions: ExceptionAction[];
  happens(scenery: Scenery): Promise<unknown>;
  ends(one: ExceptionView, scenery: Scenery): Promise<unknown>;
  /** What stands on the list beside it. */
  beside?: ExceptionKind[];
}

const close = ({ paymentId }: ExceptionView, { manager }: Scenery) =>
  manager.does('POST', `/payments/${paymentId}/closings`, { note: NOTE });
const resolve =
  (as: string) =>
  ({ receiptId }: ExceptionView, { manager }: Scenery) =>
    manager.does('POST', `/receipts/${receiptId}/resolutions`, { as, note: NOTE });
const paidOut = ({ refundId }: ExceptionView, { manager }: Scenery) =>
  manager.does('POST', `/refunds/${refundId}/closings`, { state: 'done', proof: 'Slip 4' });

async function pays(shillings: number, { tiketi }: Scenery) {
  await payInSilence(tiketi);
  await tellSuccess(tiketi, { amount: shillings });
}

const KINDS: Record<string, Kind> = {
  'a payment of which nobody knows': {
    kind: 'unknown_outcome',
    expects: 'asked_again',
    actions: ['check', 'close'],
    async happens({ tiketi }) {
      await payInSilence(tiketi);
      await tiketi.pass(10 * MINUTE);
    },
    ends: close,
  },
  'too little money': {
    kind: 'underpaid',
    actions: ['apply', 'match', 'refund', 'reverse', 'close'],
    happens: scenery => pays(900, scenery),
    ends: resolve('booking'),
    beside: ['under_review'],
  },
  'too much money': {
    kind: 'overpaid',
    actions: ['apply', 'match', 'refund', 'reverse', 'close'],
    happens: scenery => pays(1_200, scenery),
    async ends(one, scenery) {
      await resolve('refund')(one, scenery);
      await scenery.tiketi.pass(SOON);
      await paidOut(await scenery.list.one('refund_due'), scenery);
    },
    beside: ['under_review'],
  },
  'a message that does not fit': {
    kind: 'under_review',
    actions: ['close'],
    happens: scenery => pays(900, scenery),
    async ends(one, scenery) {
      await resolve('closed')(await scenery.list.one('underpaid'), scenery);
      await close(one, scenery);
    },
    beside: ['underpaid'],
  },
  'two voices that disagree': {
    kind: 'contradiction',
    actions: ['reverse', 'close'],
    async happens({ tiketi }) {
      tiketi.fault('callback-then-failure');
      await bookAndPay(tiketi);
      await tiketi.pass(6_000);
    },
    ends: close,
  },
  'money without a place': {
    kind: 'refund_due',
    reason: 'late_payment',
    actions: ['send', 'paid_out'],
    happens: ({ tiketi }) => payTooLate(tiketi),
    async ends({ refundId }, { tiketi, manager, list }) {
      await manager.does('POST', `/refunds/${refundId}/requests`);
      await tiketi.pass(SOON);
      await list.until(([one]) => one?.expects.what === 'result_awaited' && one.actions.length === 0);
      await passResult(tiketi);
    },
  },
  'money that came twice': {
    kind: 'refund_due',
    reason: 'duplicate_payment',
    actions: ['send', 'paid_out'],
    async happens({ tiketi }) {
      await bookAndPay(tiketi);
      await tellSuccess(tiketi, { receiptNumber: 'TKM99ZZ901' });
    },
    ends: paidOut,
  },
  'a refund of which nobody knows': {
    kind: 'refund_uncertain',
    reason: 'staff_decision',
    actions: ['paid_out', 'not_back'],
    async happens({ tiketi, manager }) {
      const { bookingId } = await bookAndPay(tiketi);
      const refundId = await decideRefund(manager, bookingId);
      tiketi.fault('reversal-silent');
      await manager.does('POST', `/refunds/${refundId}/requests`);
      await passResult(tiketi);
      await tiketi.pass(11 * MINUTE);
    },
    ends: paidOut,
  },
  'money taken back of a ticket that was used': {
    kind: 'reversed_after_admission',
    actions: ['close'],
    async happens({ tiketi, manager }) {
      await bookAndPay(tiketi);
      await change(tiketi, `update ticket set state = 'admitted'`);
      const [receipt] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt');
      await manager.does('POST', `/receipts/${receipt?.id}/reversals`, { note: NOTE });
    },
    ends: resolve('closed'),
  },
};

for (const [story, { kind, reason = null, expects = 'nothing', actions, happens, ends, beside = [] }] of Object.entries(
  KINDS,
))
  test(`${story} comes to the list by itself, with what can be done, and leaves it by itself once it was`, async t => {
    const scenery = await openExceptions(t);
    const { tiketi, list, manager } = scenery;
    assert.deepEqual(list.all(), []);
    await happens(scenery);
    await tiketi.pass(SOON);
    const one = await list.one(kind);
    assert.deepEqual(list.kinds(), [kind, ...beside].sort());
    assert.deepEqual([one.reason, one.expects.what, one.actions, one.venueId], [reason, expects, actions, 1]);
    assert.ok(one.amount.amount > 0 && one.reference !== null && one.venue !== null);
    const details = (await manager.does('GET', `/exceptions/${one.exceptionId}`)) as {
      exception: { evidence: { at: string }[] };
    };
    const told = details.exception.evidence.map(({ at }) => at);
    assert.ok(told.length > 2);
    assert.deepEqual(told, told.toSorted());
    await ends(one, scenery);
    await tiketi.pass(SOON);
    await list.empty();
    assert.equal((await manager.ask('GET', `/exceptions/${one.exceptionId}`)).status, 404);
    await assertSound(tiketi);
  });
