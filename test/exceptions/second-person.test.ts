import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { bookAndPay, change, decideRefund, NOTE, payInSilence, rowsOf } from '../support/office.ts';
import { openExceptions, SOON, wordOf } from './offices.ts';

const MINUTE = 60_000;

test('from KES 10,000 on a decision takes two people, and both names stand in the history', async t => {
  const { tiketi, hire, list, sends } = await openExceptions(t);
  const njeri = await hire('Njeri', 'manager', null);
  const baraka = await hire('Baraka', 'supervisor', null);
  const otieno = await hire('Otieno', 'supervisor', 1);
  await sends(9_999);
  await sends(10_000);
  const [large, small] = await list.until(all => all.length === 2);
  assert.deepEqual([large?.secondPerson, small?.secondPerson], [true, false]);
  const close = (receiptId: number | null | undefined, more: object = {}) =>
    njeri.ask('POST', `/receipts/${receiptId}/resolutions`, { as: 'closed', note: NOTE, ...more });
  assert.equal(problemOf(await close(large?.receiptId)).code, 'approval_needed');
  assert.equal(problemOf(await close(large?.receiptId, wordOf(njeri))).code, 'approval_refused', 'not one’s own word');
  const wrong = { approval: { name: baraka.name, pin: '9182' } };
  assert.equal(problemOf(await close(large?.receiptId, wrong)).code, 'approval_refused');
  assert.equal(problemOf(await close(large?.receiptId, wordOf(otieno))).code, 'approval_refused', 'it is of no venue');
  assert.equal(list.all().length, 2, 'nothing was decided');
  assert.equal((await close(large?.receiptId, wordOf(baraka))).status, 200);
  assert.equal((await close(small?.receiptId)).status, 200);
  await tiketi.pass(SOON);
  await list.empty();
  const details = await rowsOf<{ details: string }>(
    tiketi,
    `select details from audit_entry where happening = 'staff_closed' and actor = 'staff:Njeri' order by id`,
  );
  const names = details.map(
    row => (typeof row.details === 'string' ? JSON.parse(row.details) : row.details).approvedBy,
  );
  assert.deepEqual(names, ['Baraka', undefined]);
  const { log } = (await njeri.does('GET', '/staff-log')) as { log: { happening: string; about: string | null }[] };
  assert.match(log.find(({ happening }) => happening === 'approved')?.about ?? '', /dealt with outside, KES.10,000/);
});

test('each decision about so much money asks for the second person, and a check does not', async t => {
  const { tiketi, manager, hire } = await openExceptions(t);
  const njeri = await hire('Njeri', 'manager', null);
  const otieno = await hire('Otieno', 'supervisor', 1);
  const dear = await tiketi.addShowing();
  await change(tiketi, `update showing set price = 600000 where id = ${dear}`);
  const paid = await bookAndPay(tiketi, dear, '254722000111');
  const refundId = await decideRefund(manager, paid.bookingId);
  const silent = await payInSilence(tiketi, dear);
  await tiketi.pass(10 * MINUTE);
  const { paymentId } = (await tiketi.customer.see(silent.bookingId)).payment ?? {};
  const [receipt] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt');
  const decisions: [path: string, body: object][] = [
    [`/refunds/${refundId}/placements`, { note: NOTE }],
    [`/receipts/${receipt?.id}/reversals`, { note: NOTE }],
    [`/receipts/${receipt?.id}/resolutions`, { as: 'booking', note: NOTE }],
    [`/refunds/${refundId}/closings`, { state: 'failed', proof: NOTE }],
    [`/refunds/${refundId}/requests`, {}],
    [`/payments/${paymentId}/closings`, { note: NOTE }],
  ];
  for (const [path, body] of decisions) {
    assert.equal(problemOf(await njeri.ask('POST', path, body)).code, 'approval_needed', path);
    const { status } = await njeri.ask('POST', path, { ...body, ...wordOf(otieno) });
    assert.ok(![401, 403, 422].includes(status), `${path}: ${status}`);
    if (path.endsWith('/reversals')) await change(tiketi, 'update receipt set reversedAt = null');
    if (path.endsWith('/reversals')) await change(tiketi, `update refund set state = 'due', endedAt = null`);
  }
  assert.equal((await otieno.ask('POST', `/payments/${paymentId}/checks`)).status, 202);
  const told = (await manager.history(silent.bookingId)).at(-1);
  assert.equal(`${told?.who} ${told?.what}`, `Njeri decided: ${NOTE} (approved by Otieno)`);
  const sent = (await manager.history(paid.bookingId)).filter(({ what }) => what.includes('approved by Otieno'));
  assert.deepEqual(
    sent.map(({ what }) => what.split(' (')[0]),
    [
      `wrote down that the gateway took the money back: ${NOTE}`,
      `said that the money did not go back: ${NOTE}`,
      'asked the gateway to give the money back',
    ],
  );
});
