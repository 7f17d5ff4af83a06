import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Email } from 'postal-mime';
import { writeTicketCode } from '../../shared/ticket-code.ts';
import { eventually } from '../support/eventually.ts';
import { codesIn, openMailServer } from '../support/mail-server.ts';
import {
  decideRefund,
  NOTE,
  OTHER_PHONE,
  openOffice,
  passResult,
  payTooLate,
  rowsOf,
  until,
} from '../support/office.ts';
import type { Tiketi } from '../support/tiketi.ts';
import { bookByMail, buyByMail, EMAIL, MINUTE, settled } from './mailing.ts';

async function open(t: TestContext) {
  const post = await openMailServer(t);
  return { post, ...(await openOffice(t, { ...post.settings, RATE_LIMITS: 'off' })) };
}

const subjectOf = ({ subject = '' }: Email) => subject.replace(/^TEST: |: .*$/g, '');
const plain = ({ text = '' }: Email) => text.replaceAll('\u00a0', ' ');

async function countMails(tiketi: Tiketi, state: string) {
  const rows = await rowsOf<{ kind: string }>(tiketi, `select kind from mail where state = '${state}' order by id`);
  return rows.map(({ kind }) => kind);
}

test('whatever is odd is written about, once', async t => {
  const { post, tiketi, manager } = await open(t);
  let phones = 254712345600;
  const buy = (showing?: number) =>
    buyByMail(tiketi, {}, { phone: String(++phones), ...(showing !== undefined && { showing }) });
  await t.test('a refund is written about when it is due and when it is done, each once', async () => {
    const before = post.arrived.length;
    const { bookingId } = await buy();
    await post.until(before + 1);
    const refundId = await decideRefund(manager, bookingId);
    const due = await post.until(before + 2);
    assert.equal(subjectOf(due), 'Your money goes back');
    assert.match(plain(due), /WE OWE YOU A REFUND OF KES 1,000/);
    assert.match(plain(due), /- KES 1,000: to be paid by the cinema \(the cinema decided so\)/);
    assert.match(plain(due), /tickets of this booking are not valid any more/);
    assert.deepEqual(due.attachments, [], 'no tickets that admit nobody');
    await manager.does('POST', `/refunds/${refundId}/requests`);
    await passResult(tiketi);
    await until(tiketi, bookingId, view => view.refunds[0]?.state === 'done');
    const done = await post.until(before + 3);
    assert.equal(subjectOf(done), 'Your money went back');
    assert.match(plain(done), /We have paid back KES 1,000/);
    await settled(tiketi);
    await tiketi.pass(MINUTE);
    assert.equal(post.tries(), before + 3);
  });
  await t.test(
    'a showing that moves: whoever holds or has paid places is told from when to when, with tickets that say so',
    async () => {
      const before = post.arrived.length;
      const showing = await tiketi.addShowing();
      const paid = await buy(showing);
      await post.until(before + 1);
      await bookByMail(tiketi, { email: 'held@example.com' }, showing);
      const given = await bookByMail(tiketi, { email: 'gone@example.com' }, showing);
      await tiketi.customer.ask('DELETE', `/api/v1/bookings/${given.bookingId}`);
      const startsAt = new Date(+tiketi.clock.now() + 7 * 60 * MINUTE);
      const body = { startsAt: startsAt.toISOString() };
      const answer = await tiketi.customer.ask('PATCH', `/api/v1/showings/${showing}`, body, {
        cookie: manager.cookie,
      });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      await post.until(before + 3);
      const letters = post.arrived.slice(before + 1);
      assert.deepEqual(letters.flatMap(({ recipients }) => recipients).sort(), ['held@example.com', EMAIL]);
      for (const letter of letters) {
        assert.equal(subjectOf(letter), 'Another time or place');
        assert.match(plain(letter), /It was to be: Sunday, 22 November 2026, 18:0\d, .*Screen 9/);
        assert.match(plain(letter), /When: Sunday, 22 November 2026, 22:0\d/);
      }
      const withTickets = letters.find(({ recipients }) => recipients.includes(EMAIL));
      const codes = paid.tickets.map(({ ticketCode }) => writeTicketCode(ticketCode, true));
      assert.deepEqual(withTickets && (await codesIn(withTickets)), codes, 'tickets keep their codes');
    },
  );
  await t.test(
    'a cancelled showing: one letter says so and what becomes of the money; whoever had gone before hears nothing',
    async () => {
      const before = post.arrived.length;
      const showing = await tiketi.addShowing();
      const paid = await buy(showing);
      await post.until(before + 1);
      await bookByMail(tiketi, { email: 'held@example.com' }, showing);
      const given = await bookByMail(tiketi, { email: 'gone@example.com' }, showing);
      await tiketi.customer.ask('DELETE', `/api/v1/bookings/${given.bookingId}`);
      await manager.does('POST', `/showings/${showing}/cancellations`, { note: NOTE });
      await post.when(() => post.arrived.length === before + 3);
      const [toPaid, toHeld] = [EMAIL, 'held@example.com'].map(one =>
        post.arrived.slice(before + 1).find(({ recipients }) => recipients.includes(one)),
      );
      assert.ok(toPaid && toHeld);
      assert.deepEqual([subjectOf(toPaid), subjectOf(toHeld)], ['Cancelled', 'Cancelled']);
      assert.match(plain(toPaid), /KES 1,000: to be paid by the cinema \(the showing was cancelled\)/);
      assert.match(plain(toHeld), /Do not pay any more/);
      assert.ok(!plain(toPaid).includes(NOTE), 'what staff note for each other stays with them');
      await until(tiketi, paid.bookingId, view => view.state === 'refunded');
      await eventually(async () => (await countMails(tiketi, 'waiting')).length === 0);
      assert.deepEqual(await countMails(tiketi, 'dropped'), ['refund_due'], 'it is said already');
      assert.equal(post.tries(), before + 3);
    },
  );
  await t.test(
    'a booking that staff move to another showing comes with a letter that says where it is now',
    async () => {
      const before = post.arrived.length;
      const { bookingId } = await buy();
      await post.until(before + 1);
      const showingId = await tiketi.addShowing({ startsAt: new Date(+tiketi.clock.now() + 6 * 60 * MINUTE) });
      await manager.does('POST', `/bookings/${bookingId}/moves`, { showingId, note: NOTE });
      const letter = await post.until(before + 2);
      assert.equal(subjectOf(letter), 'Your booking was moved');
      assert.match(plain(letter), /When: Sunday, 22 November 2026, 21:0\d/);
      assert.equal((await codesIn(letter)).length, 2);
    },
  );
  await t.test('money that the gateway took back ends the tickets, and the customer is told', async () => {
    const before = post.arrived.length;
    const { bookingId } = await buy();
    await post.until(before + 1);
    const [receipt] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt order by id desc');
    await manager.does('POST', `/receipts/${receipt?.id}/reversals`, { note: NOTE });
    await until(tiketi, bookingId, view => view.state === 'refunded');
    const letter = await post.until(before + 2);
    assert.equal(subjectOf(letter), 'Your payment was taken back');
    assert.match(plain(letter), /not valid any more/);
  });
});

test('money that came too late is written about, also to somebody who has no tickets', async t => {
  const { post, tiketi } = await open(t);
  const booking = await payTooLate(tiketi, { email: EMAIL, language: 'sw' });
  const letter = await post.until(1);
  assert.equal(subjectOf(letter), 'Pesa zako zitarudishwa');
  assert.match(plain(letter), /KES 1,000: italipwa na sinema \(ulilipa muda ukiwa umeisha\)/);
  assert.ok(plain(letter).includes(booking.reference) && !plain(letter).includes('Tiketi zako bado ni halali'));
});

test('what is no longer true is not sent: of two moves the last, of a refunded booking no tickets', async t => {
  const { post, tiketi, manager } = await open(t);
  post.next({ at: 'recipient', code: 451, text: 'later' });
  const { bookingId } = await buyByMail(tiketi);
  await post.when(() => post.tries() === 1);
  await settled(tiketi);
  await decideRefund(manager, bookingId);
  await post.until(1);
  await settled(tiketi);
  await tiketi.pass(MINUTE);
  await eventually(async () => (await countMails(tiketi, 'waiting')).length === 0);
  assert.deepEqual(await countMails(tiketi, 'sent'), ['refund_due']);
  assert.deepEqual(await countMails(tiketi, 'dropped'), ['confirmation']);
});

test('whoever was erased gets no more mail, not even what was waiting', async t => {
  const { post, tiketi, manager } = await open(t);
  post.next({ at: 'recipient', code: 451, text: 'later' });
  const { bookingId } = await buyByMail(tiketi, {}, { phone: OTHER_PHONE });
  await post.when(() => post.tries() === 1);
  await settled(tiketi);
  const data = (await manager.does('GET', `/bookings/${bookingId}/personal-data`)) as Record<string, unknown>;
  assert.deepEqual([data.email, data.language, (data.mails as unknown[]).length], [EMAIL, 'en', 1]);
  await manager.does('DELETE', `/bookings/${bookingId}/personal-data`);
  await decideRefund(manager, bookingId);
  await tiketi.pass(MINUTE);
  await eventually(async () => (await countMails(tiketi, 'waiting')).length === 0);
  assert.deepEqual(await countMails(tiketi, 'dropped'), ['confirmation']);
  assert.equal(post.tries(), 1);
});
