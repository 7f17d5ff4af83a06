import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import * as v from 'valibot';
import { MoveTargets, type OfficeBooking, OfficeBookingAnswer } from '../../shared/office/booking.ts';
import { problemOf } from '../support/customer.ts';
import { bookAndPay, OFFICE, rowsOf, until } from '../support/office.ts';
import { openBoxOffice, type Person, PIN } from '../support/people.ts';
import { execute } from '../support/raw-sql.ts';
import type { Tiketi } from '../support/tiketi.ts';

const MINUTE = 60_000;
const NOTE = 'the customer asked for it';

type Asking = Pick<Person, 'ask' | 'does'>;

async function look(person: Asking, bookingId: string): Promise<OfficeBooking> {
  return v.parse(OfficeBookingAnswer, await person.does('GET', `/bookings/${bookingId}`)).booking;
}

const sentences = ({ history }: OfficeBooking) => history.map(({ who, what }) => `${who} ${what}`);

async function countsOf(tiketi: Tiketi, showingId: number) {
  const [row] = await rowsOf<{ held: number; sold: number }>(
    tiketi,
    `select held, sold from showing where id = ${showingId}`,
  );
  return { ...row };
}

test('a cashier sees what happened to a booking in sentences, its payments and what can be done', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const { bookingId, payment } = await bookAndPay(tiketi);
  const seen = await look(amina, bookingId);
  assert.deepEqual(seen.possible, ['reprint', 'move', 'refund']);
  assert.deepEqual(
    seen.payments.map(({ method, state, receiptNumber }) => ({ method, state, receiptNumber })),
    [{ method: 'daraja', state: 'paid', receiptNumber: payment?.receiptNumber }],
  );
  assert.match(sentences(seen).join('\n'), /The customer held 2 places[\s\S]*so confirmed the booking/);
  assert.ok(!JSON.stringify(seen).includes('254712345678'), 'the phone stays masked');
});

test('move: the places change showing in one step, tickets keep their codes, everybody is told and it is written down', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const [from, to] = [await tiketi.addShowing(), await tiketi.addShowing({ capacity: 3 })];
  const { bookingId, tickets, version } = await bookAndPay(tiketi, from);
  const watch = await tiketi.customer.watch(bookingId);
  const targets = v.parse(MoveTargets, await amina.does('GET', `/bookings/${bookingId}/moves`)).showings;
  const ids = targets.map(({ showingId }) => showingId);
  assert.ok(ids.includes(to) && !ids.includes(from));
  await amina.does('POST', `/bookings/${bookingId}/moves`, { showingId: to, note: NOTE });
  const told = await watch.until(view => view.showing.showingId === to);
  assert.ok(told.version > version);
  assert.deepEqual(told.tickets, tickets);
  assert.deepEqual(
    [await countsOf(tiketi, from), await countsOf(tiketi, to)],
    [
      { held: 0, sold: 0 },
      { held: 0, sold: 2 },
    ],
  );
  assert.match(
    sentences(await look(amina, bookingId)).at(-1) ?? '',
    /^Amina moved the booking from .* to .*: the customer/,
  );
});

test('a held booking moves too, and pays for the new showing', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const [from, to] = [await tiketi.addShowing(), await tiketi.addShowing()];
  const { bookingId } = await tiketi.customer.book(from, 2);
  await tiketi.customer.pay(bookingId);
  await amina.does('POST', `/bookings/${bookingId}/moves`, { showingId: to, note: NOTE });
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await until(tiketi, bookingId, view => view.state === 'confirmed');
  assert.deepEqual(
    [await countsOf(tiketi, from), await countsOf(tiketi, to)],
    [
      { held: 0, sold: 0 },
      { held: 0, sold: 2 },
    ],
  );
});

test('I1 two moves for the last place: one gets it, the other keeps what it had', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const [from, to] = [await tiketi.addShowing(), await tiketi.addShowing({ capacity: 2 })];
  const bookings = [await bookAndPay(tiketi, from), await bookAndPay(tiketi, from, '254722000111')];
  const answers = await Promise.all(
    bookings.map(({ bookingId }) => amina.ask('POST', `/bookings/${bookingId}/moves`, { showingId: to, note: NOTE })),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
  const refused = answers.find(({ status }) => status === 409);
  assert.equal(refused && problemOf(refused).code, 'sold_out');
  assert.deepEqual(
    [await countsOf(tiketi, from), await countsOf(tiketi, to)],
    [
      { held: 0, sold: 2 },
      { held: 0, sold: 2 },
    ],
  );
});

test('I1 the same booking moved twice at once moves once, and no place is lost', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const showings = [await tiketi.addShowing(), await tiketi.addShowing(), await tiketi.addShowing()];
  const { bookingId } = await bookAndPay(tiketi, showings[0]);
  await Promise.all(
    showings.slice(1).map(showingId => amina.ask('POST', `/bookings/${bookingId}/moves`, { showingId, note: NOTE })),
  );
  const { showing } = await tiketi.customer.see(bookingId);
  for (const id of showings)
    assert.deepEqual(await countsOf(tiketi, id), { held: 0, sold: id === showing.showingId ? 2 : 0 });
});

test('no move to another price, another venue, a cancelled or a started showing, nor after somebody was let in', async t => {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const from = await tiketi.addShowing();
  const { bookingId, tickets } = await bookAndPay(tiketi, from);
  const refuses = async (showingId: number, what: string) => {
    const { status } = await amina.ask('POST', `/bookings/${bookingId}/moves`, { showingId, note: NOTE });
    assert.ok(status === 409 || status === 410, `${what}: ${status}`);
  };
  const other = async (set: string) => {
    const id = await tiketi.addShowing();
    await tiketi.server.parts.database.write(em => execute(em, `update showing set ${set} where id = ${id}`));
    return id;
  };
  await refuses(from, 'the same');
  await refuses(await other('price = 60000'), 'another price');
  await refuses(await other('venue = 2'), 'another venue');
  await refuses(await other('startsAt = 1'), 'started');
  const cancelled = await tiketi.addShowing();
  await manager.does('POST', `/showings/${cancelled}/cancellations`, { note: NOTE });
  await refuses(cancelled, 'cancelled');
  await amina.does('POST', '/admissions', { code: tickets[0]?.ticketCode, showingId: from });
  await refuses(await tiketi.addShowing(), 'somebody is in');
  assert.deepEqual(await countsOf(tiketi, from), { held: 0, sold: 2 });
});

test('resend asks the same phone again under the customer’s own rules, and says who did it', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  await tiketi.customer.pay(bookingId);
  tiketi.phone.cancel();
  await tiketi.pass(2_000);
  await until(tiketi, bookingId, view => view.payment?.state === 'failed');
  const resend = (key = randomUUID()) =>
    tiketi.customer.ask('POST', `${OFFICE}/bookings/${bookingId}/payments`, undefined, {
      cookie: amina.cookie,
      'idempotency-key': key,
    });
  const tooSoon = await resend();
  assert.equal(problemOf(tooSoon).code, 'retry_too_soon');
  assert.ok((await look(amina, bookingId)).resendFrom !== null);
  await tiketi.pass(3 * MINUTE);
  const key = randomUUID();
  const [first, again] = [await resend(key), await resend(key)];
  assert.deepEqual([first.status, again.status], [202, 202]);
  const seen = await look(amina, bookingId);
  assert.equal(seen.payments.length, 2, 'a lost answer is no second prompt');
  assert.equal(sentences(seen).filter(line => line === 'Amina had the prompt sent again').length, 1);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await until(tiketi, bookingId, view => view.state === 'confirmed');
});

test('cancel gives unpaid places back, with who and why; not while a prompt is open, and never a paid one', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const showing = await tiketi.addShowing();
  const { bookingId } = await tiketi.customer.book(showing, 2);
  await amina.does('POST', `/bookings/${bookingId}/cancellations`, { note: NOTE });
  assert.equal((await tiketi.customer.see(bookingId)).state, 'cancelled');
  assert.deepEqual(await countsOf(tiketi, showing), { held: 0, sold: 0 });
  assert.match(
    sentences(await look(amina, bookingId)).at(-1) ?? '',
    /^Amina cancelled the booking.*\(the customer asked/,
  );
  const open = await tiketi.customer.book(showing, 2);
  await tiketi.customer.pay(open.bookingId);
  const cancel = async () =>
    problemOf(await amina.ask('POST', `/bookings/${open.bookingId}/cancellations`, { note: NOTE }));
  assert.equal((await cancel()).code, 'payment_in_progress');
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await until(tiketi, open.bookingId, view => view.state === 'confirmed');
  assert.equal((await cancel()).code, 'already_paid');
});

test('refund needs a supervisor’s PIN on a cashier’s screen, and both names are written down', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const [amina] = [await hire('Amina'), await hire('Sam', 'supervisor')];
  const { bookingId } = await bookAndPay(tiketi);
  const refund = (approval?: object) =>
    amina.ask('POST', `/bookings/${bookingId}/refunds`, { note: NOTE, ...(approval && { approval }) });
  assert.equal(problemOf(await refund()).code, 'approval_needed');
  assert.equal(problemOf(await refund({ name: 'Amina', pin: PIN })).code, 'approval_refused');
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
  assert.equal((await refund({ name: 'Sam', pin: PIN })).status, 201);
  const seen = await look(amina, bookingId);
  assert.equal(seen.booking.state, 'refunded');
  assert.deepEqual(
    seen.refunds.map(({ state, decidedBy }) => ({ state, decidedBy })),
    [{ state: 'due', decidedBy: 'Amina' }],
  );
  assert.match(sentences(seen).at(-1) ?? '', /^Amina made a refund due.*approved by Sam/);
});

test('a reprint says who and why, and there is none of what is not paid', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const { bookingId } = await bookAndPay(tiketi);
  await amina.does('POST', `/bookings/${bookingId}/reprints`, { note: 'the printer jammed' });
  assert.equal(sentences(await look(amina, bookingId)).at(-1), 'Amina printed the tickets again: the printer jammed');
  const held = await tiketi.customer.book(await tiketi.addShowing());
  const refused = await amina.ask('POST', `/bookings/${held.bookingId}/reprints`, { note: NOTE });
  assert.equal(problemOf(refused).code, 'not_possible_now');
});

test('nothing of it is for somebody of another venue, and nothing happens without a reason', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const [amina, neema] = [await hire('Amina'), await hire('Neema', 'manager', 2)];
  const to = await tiketi.addShowing();
  const { bookingId } = await bookAndPay(tiketi);
  const doings: [string, object][] = [
    ['moves', { showingId: to }],
    ['reprints', {}],
    ['cancellations', {}],
    ['refunds', {}],
  ];
  for (const [doing, body] of doings) {
    const path = `/bookings/${bookingId}/${doing}`;
    assert.equal((await neema.ask('POST', path, { ...body, note: NOTE })).status, 403, doing);
    assert.equal((await amina.ask('POST', path, body)).status, 422, doing);
  }
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
});
