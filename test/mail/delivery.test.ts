import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import * as v from 'valibot';
import { startPostman } from '../../server/mail/postman.ts';
import { type OfficeBooking, OfficeBookingAnswer } from '../../shared/office/booking.ts';
import { problemOf } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { openBlackHole, openMailServer } from '../support/mail-server.ts';
import { type Manager, openOffice, rowsOf, until } from '../support/office.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';
import { bookByMail, buyByMail, DAY, EMAIL, MINUTE, settled } from './mailing.ts';

const LATER = { at: 'recipient', code: 451, text: '4.7.1 come back later' } as const;

/** A box office that sends mail, and somebody who looks at a booking’s page. */
async function open(t: TestContext, settings: Record<string, string>) {
  const { tiketi, manager } = await openOffice(t, settings);
  return { tiketi, manager, look: (bookingId: string) => look(manager, bookingId) };
}

async function look(person: Pick<Manager, 'does'>, bookingId: string): Promise<OfficeBooking> {
  return v.parse(OfficeBookingAnswer, await person.does('GET', `/bookings/${bookingId}`)).booking;
}

const told = ({ history }: OfficeBooking) => history.map(({ who, what }) => `${who} ${what}`).join('\n');

async function readMail(tiketi: Tiketi) {
  const [mail] = await rowsOf<{ tries: number; state: string; code: string | null; nextTryAt: number | null }>(
    tiketi,
    'select tries, state, code, nextTryAt from mail',
  );
  return { tries: 0, state: '', code: null, nextTryAt: null, ...mail };
}

test('a letter that is put off is tried again, arrives once, and the booking’s page says all along how it stands', async t => {
  const post = await openMailServer(t);
  const { tiketi, look } = await open(t, post.settings);
  post.next(LATER, { at: 'data', code: 452, text: '4.3.1 no room' });
  const { bookingId } = await buyByMail(tiketi);
  await post.when(() => post.tries() === 1);
  await settled(tiketi);
  const waiting = await look(bookingId);
  assert.deepEqual(
    waiting.mails.map(({ kind, state, tries, code }) => ({ kind, state, tries, code })),
    [{ kind: 'confirmation', state: 'waiting', tries: 1, code: '451 4.7.1' }],
  );
  assert.equal(waiting.email, 'wa•••@example.com');
  assert.ok(!waiting.possible.includes('mail'), 'it is on its way already');
  await tiketi.pass(MINUTE - 10_000);
  assert.equal(post.tries(), 1, 'not sooner');
  await tiketi.pass(10_000);
  await post.when(() => post.tries() === 2);
  await settled(tiketi);
  await tiketi.pass(2 * MINUTE);
  await post.until(1);
  await settled(tiketi);
  assert.equal((await look(bookingId)).mails[0]?.state, 'sent');
  assert.match(told(await look(bookingId)), /The system sent a mail: the tickets$/);
  await tiketi.pass(DAY);
  assert.equal(post.tries(), 3);
});

test('a letter that is refused for good is given up at once; whoever sees it sends it again, under their own name', async t => {
  const post = await openMailServer(t);
  const { tiketi, manager, look } = await open(t, post.settings);
  post.next({ at: 'recipient', code: 550, text: `5.1.1 <${EMAIL}> is nobody here` });
  const { bookingId } = await buyByMail(tiketi);
  await post.when(() => post.tries() === 1);
  await settled(tiketi);
  const seen = await look(bookingId);
  assert.equal(seen.mails[0]?.state, 'given_up');
  assert.equal(seen.mails[0]?.code, '550 5.1.1');
  assert.match(told(seen), /The system could not send a mail: the tickets \(550 5\.1\.1\)/);
  assert.ok(seen.possible.includes('mail'));
  const answer = await manager.ask('POST', `/bookings/${bookingId}/mails`);
  assert.equal(answer.status, 202);
  await post.until(1);
  await settled(tiketi);
  assert.equal((await look(bookingId)).mails[0]?.state, 'sent');
  assert.match(
    told(await look(bookingId)),
    /Wanjiru had a mail sent again: the tickets\nThe system sent a mail: the tickets$/,
  );
  post.next('hang');
  const both = await Promise.all([0, 1].map(() => manager.ask('POST', `/bookings/${bookingId}/mails`)));
  assert.deepEqual(both.map(({ status }) => status).sort(), [202, 409], 'one is on its way');
  await post.when(() => post.hanging() === 1);
  await tiketi.pass(2 * MINUTE); // Longer than a letter may take.
  await settled(tiketi);
  await tiketi.pass(MINUTE);
  await post.until(2);
  assert.equal(
    new Set(post.arrived.map(({ messageId }) => messageId)).size,
    2,
    'or mail programs would hide the second',
  );
  const nameless = await tiketi.customer.book(await tiketi.addShowing());
  for (const unfit of [nameless, await bookByMail(tiketi)])
    assert.equal(problemOf(await manager.ask('POST', `/bookings/${unfit.bookingId}/mails`)).code, 'not_possible_now');
});

test('a line that breaks after the letter was taken: it goes again under the same Message-ID, so that it can be recognised', async t => {
  const post = await openMailServer(t);
  const tiketi = await openTiketi(t, post.settings);
  post.next('cut');
  await buyByMail(tiketi);
  await post.when(() => post.arrived.length === 1);
  await settled(tiketi);
  await tiketi.pass(MINUTE);
  await post.until(2);
  assert.equal(new Set(post.arrived.map(({ messageId }) => messageId)).size, 1);
  await settled(tiketi);
  await tiketi.pass(DAY);
  assert.equal(post.arrived.length, 2);
});

test('a mail server that stays away is asked ever more seldom, and after a day people are told', async t => {
  const settings = { SMTP_URL: `smtp://127.0.0.1:${await freePort()}`, MAIL_FROM: 'tickets@tiketi.example' };
  const tiketi = await openTiketi(t, settings);
  const { bookingId } = await buyByMail(tiketi);
  const waits: number[] = [];
  for (;;) {
    await eventually(async () => (await readMail(tiketi)).tries > waits.length);
    await settled(tiketi);
    const { nextTryAt } = await readMail(tiketi);
    if (nextTryAt === null) break;
    waits.push(nextTryAt - +tiketi.clock.now());
    await tiketi.pass(waits.at(-1) ?? 0);
  }
  const minutes = waits.map(ms => ms / MINUTE);
  assert.deepEqual(minutes.slice(0, -1), [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240]);
  assert.equal(
    minutes.reduce((sum, wait) => sum + wait),
    24 * 60,
    'a last time when the day is over',
  );
  const { state, code } = await readMail(tiketi);
  assert.deepEqual([state, code], ['given_up', 'ESOCKET']);
  assert.equal(
    (await rowsOf(tiketi, `select id from audit_entry where booking = '${bookingId}' and happening = 'mail_given_up'`))
      .length,
    1,
  );
});

test('a mail server that swallows everything holds up nobody: bookings are confirmed and pushed, letters wait apart', async t => {
  const hole = await openBlackHole(t);
  const tiketi = await openTiketi(t, { ...hole.settings, RATE_LIMITS: 'off' });
  const phones = Array.from({ length: 5 }, (_, at) => `25471234560${at}`);
  for (const phone of phones) {
    const { bookingId } = await bookByMail(tiketi);
    const watch = await tiketi.customer.watch(bookingId);
    await tiketi.customer.pay(bookingId, phone);
    tiketi.phone.enterPin('1234', phone);
    await tiketi.pass(2_000);
    assert.equal((await watch.untilState('confirmed')).tickets.length, 2);
  }
  await tiketi.pass(1_000);
  await eventually(() => hole.connections() === 4);
  await tiketi.pass(MINUTE); // Longer than one letter may take: those four let go, and others have their turn.
  await eventually(() => hole.connections() > 4);
  assert.ok(hole.open() <= 4, `${hole.open()} at once`);
});

test('the password goes over TLS alone, a wrong one is no reason to give up, and neither is ever logged', async t => {
  const login = { user: 'tiketi', pass: 'correct: horse/battery@staple' };
  const post = await openMailServer(t, { login });
  const wrong = post.settings.SMTP_URL.replace('correct', 'incorrect');
  const tiketi = await openTiketi(t, { ...post.settings, SMTP_URL: wrong, LOG_LEVEL: 'trace' });
  const { bookingId } = await buyByMail(tiketi);
  await eventually(async () => (await readMail(tiketi)).code === '535');
  await settled(tiketi);
  await tiketi.restart(post.settings);
  await tiketi.pass(MINUTE);
  await post.until(1);
  assert.equal(post.sessions[0]?.secure, true);
  assert.equal((await until(tiketi, bookingId, () => true)).state, 'confirmed');
  for (const line of tiketi.logged) assert.ok(!/horse|aG9yc2|staple/.test(line), line);
});

test('several processes share the letters: each goes once', async t => {
  const port = await freePort();
  const settings = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'tickets@tiketi.example', RATE_LIMITS: 'off' };
  const tiketi = await openTiketi(t, settings);
  const phones = Array.from({ length: 3 }, (_, at) => `25471234560${at}`);
  for (const phone of phones) await buyByMail(tiketi, {}, { phone });
  const triedOnce = async () =>
    (await rowsOf(tiketi, "select id from mail where code = 'ESOCKET'")).length === phones.length;
  await eventually(triedOnce);
  await settled(tiketi);
  const post = await openMailServer(t, { port });
  const others = [startPostman(tiketi.server.parts), startPostman(tiketi.server.parts)];
  t.after(() => Promise.all(others.map(other => other?.stop())));
  for (let round = 0; round < 3; round++) {
    await tiketi.pass(2 * MINUTE); // Every postman goes round at the same moment.
    await eventually(async () => (await rowsOf(tiketi, "select id from mail where state = 'waiting'")).length === 0);
  }
  assert.equal(post.tries(), phones.length);
  assert.equal(new Set(post.arrived.map(({ messageId }) => messageId)).size, phones.length);
});
