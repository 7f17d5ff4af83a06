import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { NOTE, payTooLate } from '../support/office.ts';
import { assertSound } from '../support/till.ts';
import { openExceptions, type Scenery, SOON } from './offices.ts';

const MINUTE = 60_000;

const place = ({ manager }: Scenery, refundId: string | null) =>
  manager.ask('POST', `/refunds/${refundId}/placements`, { note: NOTE });

/** Money that came too late, for places that somebody else holds. */
async function late(scenery: Scenery) {
  const booking = await payTooLate(scenery.tiketi);
  await scenery.tiketi.pass(SOON);
  return { booking, due: await scenery.list.one('refund_due') };
}

test('late money whose places are free again is placed: tickets instead of a debt, once, whoever presses', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, manager, list } = scenery;
  const { booking, due } = await late(scenery);
  assert.ok(!due.actions.includes('place'), 'somebody else has the places');
  assert.match(problemOf(await place(scenery, due.refundId)).detail, /places are taken/);
  await tiketi.pass(11 * MINUTE); // The others did not pay.
  await tiketi.pass(10_000);
  await list.until(([one]) => one?.actions.includes('place') ?? false);
  const watch = await tiketi.customer.watch(booking.bookingId);
  const answers = await Promise.all([1, 2].map(() => place(scenery, due.refundId)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const placed = await watch.untilState('confirmed');
  assert.deepEqual([placed.tickets.length, placed.refunds], [2, []]);
  await tiketi.pass(SOON);
  await list.empty();
  const told = (await manager.history(booking.bookingId)).map(({ who, what }) => `${who} ${what}`);
  assert.ok(told.includes(`Wanjiru decided (place): ${NOTE}`));
  assert.equal((await manager.ask('POST', `/refunds/${due.refundId}/requests`)).status, 404, 'nothing is owed');
  await assertSound(tiketi);
});

test('what was sent back is never placed, though its places are free', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, manager, list } = scenery;
  const { due } = await late(scenery);
  tiketi.fault('reversal-silent');
  await manager.does('POST', `/refunds/${due.refundId}/requests`);
  await tiketi.pass(11 * MINUTE); // The others did not pay.
  await tiketi.pass(10_000);
  const { actions } = await list.one('refund_uncertain');
  assert.ok(!actions.includes('place'));
  assert.match(problemOf(await place(scenery, due.refundId)).detail, /still here/);
  await assertSound(tiketi);
});

test('nothing is placed at a showing that was cancelled', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, manager, list } = scenery;
  const { booking, due } = await late(scenery);
  await manager.does('POST', `/showings/${booking.showing.showingId}/cancellations`, { note: NOTE });
  await tiketi.pass(10_000);
  assert.ok(list.all().every(({ actions }) => !actions.includes('place')));
  assert.match(problemOf(await place(scenery, due.refundId)).detail, /cancelled/);
});
