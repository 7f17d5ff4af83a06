import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOffice, payInSilence, rowsOf, timesAsked, until, untilTrue } from '../support/office.ts';
import type { Tiketi } from '../support/tiketi.ts';

const MINUTE = 60_000;
const STATEMENTS = '/pulltransactions/';

/** Minute by minute, as the real clock goes: what is asked is answered before the next. */
async function passMinutes(tiketi: Tiketi, minutes: number) {
  for (let minute = 0; minute < minutes; minute++) {
    tiketi.clock.move(MINUTE);
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    await tiketi.server.idle();
  }
}

/** The night's own pull is over: what comes now is found by the quarter-hourly one. */
async function openAfterNight(t: Parameters<typeof openOffice>[0], settings = {}) {
  const office = await openOffice(t, settings, { statements: true });
  await passMinutes(office.tiketi, 1);
  return office;
}

for (const fault of ['answer-and-callback-lost', 'statement-odd', 'silence'] as const)
  test(`money of which only the statement tells is found within a quarter of an hour: ${fault}`, async t => {
    const { tiketi } = await openAfterNight(t);
    const booking = await tiketi.customer.book(await tiketi.addShowing());
    const phone = fault === 'statement-odd' ? '254700000902' : undefined;
    if (!phone) tiketi.fault(fault);
    await tiketi.customer.pay(booking.bookingId, phone);
    tiketi.phone.enterPin('1234', phone);
    await passMinutes(tiketi, 15);
    await untilTrue(async () => {
      const { state, payment } = await tiketi.customer.see(booking.bookingId);
      return state === 'confirmed' && payment?.receiptNumber === tiketi.simulator.ledger.debits[0]?.receiptNumber;
    });
    assert.equal(tiketi.simulator.ledger.debits.length, 1);
  });

for (const fault of ['statement-error', 'statement-rate', 'statement-empty'] as const)
  test(`a statement that tells nothing is asked for again a quarter of an hour later: ${fault}`, async t => {
    const { tiketi } = await openAfterNight(t);
    const { bookingId } = await payInSilence(tiketi);
    tiketi.fault(fault);
    await passMinutes(tiketi, 15);
    assert.notEqual((await tiketi.customer.see(bookingId)).state, 'confirmed');
    await passMinutes(tiketi, 15);
    await until(tiketi, bookingId, view => view.state === 'confirmed');
  });

test('while no payment is silent nobody asks for statements, until the next night', async t => {
  const { tiketi } = await openAfterNight(t);
  const before = await timesAsked(tiketi, STATEMENTS);
  await passMinutes(tiketi, 60);
  assert.equal(await timesAsked(tiketi, STATEMENTS), before);
  await tiketi.pass(23 * 60 * MINUTE);
  await tiketi.pass(1_000);
  assert.ok((await timesAsked(tiketi, STATEMENTS)) > before, 'everything once a night');
});

test('the night’s statement gives a payment that only a query confirmed its receipt number', async t => {
  const { tiketi } = await openAfterNight(t);
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  tiketi.fault('callback-lost');
  await tiketi.customer.pay(bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(40_000);
  const confirmed = await until(tiketi, bookingId, view => view.state === 'confirmed');
  assert.equal(confirmed.payment?.receiptNumber, null);
  await tiketi.pass(24 * 60 * MINUTE);
  await until(tiketi, bookingId, view => view.payment?.receiptNumber !== null);
  assert.equal((await rowsOf(tiketi, 'select id from receipt')).length, 1, 'the same money');
});

test('a till has no statements', async t => {
  const { tiketi } = await openOffice(t, { MPESA_TILL_NUMBER: '5550001' }, { statements: true });
  await tiketi.pass(24 * 60 * MINUTE);
  assert.equal(await timesAsked(tiketi, STATEMENTS), 0);
});
