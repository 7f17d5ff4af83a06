import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import * as v from 'valibot';
import { type Found, SearchAnswer } from '../../shared/office/booking.ts';
import { BookingAnswer, ChargeAnswer } from '../../shared/views.ts';
import { bookAndPay, change, decideRefund, OTHER_PHONE, rowsOf, until } from '../support/office.ts';
import { openBoxOffice, type Person } from '../support/people.ts';
import type { Tiketi } from '../support/tiketi.ts';

const MINUTE = 60_000;

async function find(person: Pick<Person, 'does'>, text: string, venueId = ''): Promise<Found[]> {
  const asked = `/search?text=${encodeURIComponent(text)}${venueId}`;
  return v.parse(SearchAnswer, await person.does('GET', asked)).found;
}

const idsOf = (found: Found[]) => found.map(({ id }) => id);

async function bookAs({ customer }: Tiketi, showingId: number, who: { customerName?: string; phone?: string }) {
  const { status, body } = await customer.tryToBook({ showingId, quantity: 1, ...who });
  assert.equal(status, 201, JSON.stringify(body));
  return v.parse(BookingAnswer, body).booking;
}

test('a paid booking is found by its reference, its phone, its last four digits, its receipt, its account and a scanned ticket', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  await bookAndPay(tiketi, undefined, OTHER_PHONE);
  const booking = await bookAndPay(tiketi);
  const [account] = await rowsOf<{ accountReference: string }>(
    tiketi,
    `select accountReference from payment where booking = '${booking.bookingId}'`,
  );
  const keys: Record<string, string | undefined> = {
    reference: booking.reference,
    'reference, as one types': booking.reference.slice(0, 5).toLowerCase(),
    phone: '0712 345 678',
    'phone with its country': '+254712345678',
    'last four digits': '5678',
    receipt: booking.payment?.receiptNumber ?? undefined,
    'receipt, as one types': booking.payment?.receiptNumber?.slice(0, 8).toLowerCase(),
    account: account?.accountReference,
    ticket: booking.tickets[1]?.ticketCode,
    'ticket of test mode, as a scanner shouts it': `TEST${booking.tickets[0]?.ticketCode.toUpperCase()}`,
  };
  for (const [key, text] of Object.entries(keys))
    assert.deepEqual(idsOf(await find(amina, text ?? 'nothing')), [booking.bookingId], key);
});

test('a name is found by the beginnings of its words, whatever their order, accents and apostrophes', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const showing = await tiketi.addShowing();
  const kamau = await bookAs(tiketi, showing, { customerName: 'Wanjiru Kamau' });
  const nganga = await bookAs(tiketi, showing, { customerName: 'Wanjiru wa Ng’ang’a' });
  const jose = await bookAs(tiketi, showing, { customerName: 'José Muhammadzadeh' });
  const both = [nganga.bookingId, kamau.bookingId];
  for (const text of ['wan', 'WANJI', 'wanjiru'])
    assert.deepEqual(idsOf(await find(amina, text)).sort(), both.sort(), text);
  for (const text of ['kam', 'wanjiru kam', 'kamau wanj', 'Kamau, W.'])
    assert.deepEqual(idsOf(await find(amina, text)), [kamau.bookingId], text);
  for (const text of ['nganga', "ng'ang'a", 'wanjiru ngang'])
    assert.deepEqual(idsOf(await find(amina, text)), [nganga.bookingId], text);
  for (const text of ['jose', 'josé', 'muhammadz'])
    assert.deepEqual(idsOf(await find(amina, text)), [jose.bookingId], text);
  for (const text of ['wa', 'anjiru', 'muhammada', 'wanjiru kamaz', ' '])
    assert.deepEqual(idsOf(await find(amina, text)), [], text);
});

test('what needs attention comes first, then the newest', async t => {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const showing = await tiketi.addShowing();
  const book = async (phone: string) => {
    const { bookingId } = await bookAs(tiketi, showing, { customerName: 'Achieng Otieno', phone });
    await tiketi.pass(MINUTE);
    return bookingId;
  };
  const [first, second] = [await book('0712000001'), await book('0712000002')];
  await tiketi.customer.pay(first, '254712000001');
  tiketi.phone.enterPin('1234', '254712000001');
  await tiketi.pass(2_000);
  await until(tiketi, first, view => view.state === 'confirmed');
  await decideRefund(manager, first);
  const third = await book('0712000003');
  const found = await find(amina, 'achieng');
  assert.deepEqual(idsOf(found), [first, third, second]);
  assert.deepEqual(
    found.map(one => one.needsAttention),
    [true, false, false],
  );
});

test('a charge is found by its reference and by who was asked to pay it', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  await change(tiketi, 'update venue set leastCharge = 10000, largestCharge = 1000000 where id = 1');
  const wish = { venueId: 1, amount: { amount: 150_000, currency: 'KES' }, purpose: 'hall hire' };
  const { body } = await tiketi.customer.ask(
    'POST',
    '/api/v1/charges',
    { ...wish, gateway: 'daraja', phone: OTHER_PHONE },
    { 'idempotency-key': randomUUID() },
  );
  const { charge } = v.parse(ChargeAnswer, body);
  for (const text of [charge.reference, OTHER_PHONE, OTHER_PHONE.slice(-4)])
    assert.deepEqual(idsOf(await find(amina, text)), [charge.chargeId], text);
});

test('another venue’s bookings are never found, by any key', async t => {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const elsewhere = await hire('Neema', 'cashier', 2);
  const showing = await tiketi.addShowing();
  const { bookingId } = await bookAs(tiketi, showing, { customerName: 'Wanjiru Kamau', phone: '0712345678' });
  await tiketi.customer.pay(bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  const booking = await until(tiketi, bookingId, view => view.state === 'confirmed');
  const keys = [
    booking.reference,
    '0712345678',
    '5678',
    booking.payment?.receiptNumber,
    booking.tickets[0]?.ticketCode,
  ];
  for (const text of [...keys, 'wanjiru', 'wanjiru kam']) {
    assert.equal((await find(manager, text ?? '', '&venueId=1')).length, 1, text ?? '');
    assert.deepEqual(await find(elsewhere, text ?? ''), [], text ?? '');
  }
  assert.equal((await elsewhere.ask('GET', '/search?text=wanjiru&venueId=1')).status, 403);
  assert.equal((await elsewhere.ask('GET', `/bookings/${bookingId}`)).status, 403);
});

test('whoever is erased is found by name no more', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { bookingId } = await bookAs(tiketi, await tiketi.addShowing(), { customerName: 'Wanjiru Kamau' });
  assert.equal((await find(manager, 'wanjiru', '&venueId=1')).length, 1);
  await manager.does('DELETE', `/bookings/${bookingId}/personal-data`);
  assert.deepEqual(await find(manager, 'wanjiru', '&venueId=1'), []);
  assert.deepEqual(await rowsOf(tiketi, 'select * from booking_name'), []);
});

test('a search box takes anything and finds nothing in it', async t => {
  const { hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  for (const text of ['', '%', "' or 1=1 --", '💃💃💃', '\u0000', 'ZZZZZZZZ', '0'.repeat(80)])
    assert.deepEqual(await find(amina, text), [], text);
  assert.equal((await amina.ask('GET', `/search?text=${'x'.repeat(81)}`)).status, 422);
});
