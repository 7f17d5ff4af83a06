import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { NOTE } from '../support/office.ts';
import type { Refunding, Row } from './behaviours/row.ts';
import { ROWS } from './behaviours/rows.ts';
import { openScene, type Scene } from './behaviours/scene.ts';

const GIVEN_BACK = { booking: 'refunded', receipts: ['refund_due'], tickets: ['void', 'void'] } as const;
const DONE = { ...GIVEN_BACK, refunds: ['staff_decision done'], worklist: [], debits: ['refunded'] } as const;

/** A paid booking that a manager gives back; its money is due. */
async function giveBack(scene: Scene, row: Row): Promise<void> {
  await scene.book();
  await scene.play(row.accepts);
  await scene.office.manager.does('POST', '/refunds', { bookingId: scene.bookingId, note: NOTE });
  const due = { refunds: ['staff_decision due'], worklist: ['refund_due'], debits: ['refund due' as const] };
  await scene.ends({ ...GIVEN_BACK, ...due, payments: ['paid'] });
  assert.equal(await scene.placesLeft(), 50);
}

async function send(scene: Scene, { fault, passes }: Refunding): Promise<void> {
  scene.arm(fault);
  await scene.sendRefund();
  await scene.pass(...passes);
}

for (const row of ROWS) {
  const { name: gateway, refund } = row;

  test(`${gateway}: a booking that a manager gives back is void at once, and its money goes back once it is sent`, async t => {
    const scene = await openScene(t, row);
    await giveBack(scene, row);
    await send(scene, refund.done);
    await scene.ends(DONE);
    assert.equal(scene.tiketi.simulator.ledger.reversals.length, 1);
    assert.equal(scene.tiketi.simulator.ledger.reversals[0]?.amount, (2 * row.price) / 100);
  });

  test(`${gateway}: a refund that is refused stays due, moves nothing, and can be sent again`, async t => {
    const scene = await openScene(t, row);
    await giveBack(scene, row);
    await send(scene, refund.refused);
    const failed = { refunds: ['staff_decision failed'], worklist: ['refund_due'] };
    await scene.ends({ ...GIVEN_BACK, ...failed, debits: ['refund due'] });
    await send(scene, refund.done);
    await scene.ends(DONE);
  });

  test(`${gateway}: a refund of which nobody can say what became is not sent again before a person has looked`, async t => {
    const scene = await openScene(t, row);
    await giveBack(scene, row);
    await send(scene, refund.uncertain);
    const unknown = { refunds: ['staff_decision unknown'], worklist: ['refund_uncertain'] };
    await scene.ends({ ...GIVEN_BACK, ...unknown, debits: ['refund due'] });
    assert.equal(problemOf(await scene.tryToSendRefund()).code, 'not_possible_now');
    await scene.closeRefund('failed');
    await send(scene, refund.done);
    await scene.ends(DONE);
    assert.equal(scene.tiketi.simulator.ledger.reversals.length, 1);
  });

  test(`${gateway}: a refund whose answer was lost is done as soon as the gateway says so`, async t => {
    const scene = await openScene(t, row);
    await giveBack(scene, row);
    await send(scene, refund.uncertainButDone);
    await scene.ends(DONE);
    assert.equal(scene.tiketi.simulator.ledger.reversals.length, 1);
  });

  test(`${gateway}: money that somebody else takes back takes tickets and places with it, and is no debt of ours`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.accepts);
    await row.reverses(scene);
    const gone = {
      booking: 'refunded',
      payments: ['reversed'],
      receipts: ['applied'],
      tickets: ['void', 'void'],
    } as const;
    await scene.ends({ ...gone, refunds: [], worklist: [], debits: ['refunded'] });
    assert.equal(await scene.placesLeft(), 50);
  });

  test(`${gateway}: somebody who was let in before the money was taken back is a debt that staff see`, async t => {
    const scene = await openScene(t, row);
    await scene.book();
    await scene.play(row.accepts);
    await scene.admitOne();
    await row.reverses(scene);
    const { tickets } = await scene.see();
    assert.deepEqual(tickets.map(({ state }) => state).sort(), ['admitted', 'void']);
    await scene.ends({ booking: 'refunded', worklist: ['reversed_after_admission'], debits: ['refunded'] });
    assert.equal(await scene.placesLeft(), 49);
  });

  test(`${gateway}: money that was owed and is taken back by somebody else is owed no more`, async t => {
    const scene = await openScene(t, row);
    await giveBack(scene, row);
    await row.reverses(scene);
    await scene.ends(DONE);
  });
}

test('what a gateway has no case of is what its adapter cannot do', async t => {
  const [row] = ROWS;
  assert.ok(row);
  const { tiketi } = await openScene(t, row);
  for (const { name, takesBack } of ROWS) {
    const gateway = tiketi.server.parts.lines.get(name)?.gateway;
    assert.ok(gateway, name);
    assert.equal('none' in takesBack, gateway.cancel === null, name);
  }
  assert.deepEqual([...tiketi.server.parts.lines.keys()].sort(), ROWS.map(({ name }) => name).sort());
});
