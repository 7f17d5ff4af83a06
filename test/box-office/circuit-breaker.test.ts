import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

let last = 0;

async function payAs(tiketi: Tiketi) {
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  const { payment } = await tiketi.customer.pay(booking.bookingId, `25471100${1_000 + last++}`);
  return payment;
}

function pushes({ simulator }: Tiketi): number {
  return Object.entries(simulator.parts.requests).reduce(
    (sum, [path, n]) => sum + (path.includes('stkpush') ? n : 0),
    0,
  );
}

test('after five pushes without an answer the sixth is refused at once; after half a minute one tries', async t => {
  const tiketi = await openTiketi(t);
  for (let times = 0; times < 5; times++) {
    tiketi.fault('answer-reset-unpaid');
    assert.equal((await payAs(tiketi)).state, 'unknown');
  }
  const sent = pushes(tiketi);
  const refused = await payAs(tiketi);
  assert.deepEqual([refused.state, refused.reason?.code], ['failed', 'gateway_unavailable']);
  assert.ok(refused.retryAfter && refused.retryAfter <= refused.startedAt, 'nothing reached the phone');
  assert.equal(pushes(tiketi), sent, 'it was never sent');

  await tiketi.pass(30_000);
  tiketi.fault('answer-reset-unpaid');
  assert.equal((await payAs(tiketi)).state, 'unknown', 'one tries');
  assert.equal((await payAs(tiketi)).reason?.code, 'gateway_unavailable', 'and the others wait for it');
  await tiketi.pass(30_000);
  assert.equal((await payAs(tiketi)).state, 'pending');
  assert.equal((await payAs(tiketi)).state, 'pending', 'the gateway answers again');
});

test('a refusal with a reason is an answer: it keeps nobody else from paying', async t => {
  const tiketi = await openTiketi(t);
  for (let times = 0; times < 6; times++) {
    tiketi.fault('refused-locked');
    assert.equal((await payAs(tiketi)).state, 'failed');
  }
  assert.equal((await payAs(tiketi)).state, 'pending');
});
