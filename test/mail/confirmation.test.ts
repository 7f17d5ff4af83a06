import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeTicketCode } from '../../shared/ticket-code.ts';
import { PHONE } from '../support/customer.ts';
import { type Arrived, codesIn, openMailServer } from '../support/mail-server.ts';
import { bookAndPay, change, OTHER_PHONE, rowsOf } from '../support/office.ts';
import { textOf } from '../support/pdf-text.ts';
import { openTiketi } from '../support/tiketi.ts';
import { buyByMail, EMAIL, MINUTE, settled } from './mailing.ts';

test('whoever gave an address gets the tickets: a picture each that a camera reads, and all of them as a PDF', async t => {
  const post = await openMailServer(t);
  const tiketi = await openTiketi(t, post.settings);
  const booking = await buyByMail(tiketi, { customerName: 'Wanjiru Kamau', language: 'en' });
  const letter = await post.until(1);
  assert.deepEqual(letter.recipients, [EMAIL]);
  assert.deepEqual(letter.from, { name: 'Tiketi', address: 'tickets@tiketi.example' });
  assert.match(letter.subject ?? '', /^TEST: Your tickets: /);
  const codes = booking.tickets.map(({ ticketCode }) => writeTicketCode(ticketCode, true));
  assert.deepEqual(await codesIn(letter), codes);
  for (const part of [letter.text ?? '', letter.html ?? '']) {
    for (const code of codes) assert.ok(part.includes(code), 'whoever sees no pictures can read the code out');
    for (const said of [
      booking.reference,
      'Hello Wanjiru Kamau',
      `${tiketi.server.parts.config.publicUrl}/bookings/${booking.bookingId}`,
    ])
      assert.ok(part.includes(said), said);
  }
  const papers = letter.attachments.filter(({ mimeType }) => mimeType === 'application/pdf');
  assert.deepEqual(
    papers.map(({ filename, disposition }) => [filename, disposition]),
    [[`tickets-${booking.reference}.pdf`, 'attachment']],
  );
  const said = paperIn(letter);
  for (const line of ['TEST MODE – NOT VALID FOR ADMISSION', `${booking.reference}  ·  Ticket 2 of 2`])
    assert.ok(said.includes(line), `${line} in ${said.join('\n')}`);
  for (const { ticketCode } of booking.tickets) assert.ok(said.includes(ticketCode));
});

/** What stands on its PDF. */
function paperIn({ attachments }: Arrived): string[] {
  const paper = attachments.find(({ mimeType }) => mimeType === 'application/pdf');
  assert.ok(paper);
  return textOf(Buffer.from(paper.content as ArrayBuffer));
}

test('the letter is in the language of the page, or else of the browser', async t => {
  const post = await openMailServer(t);
  const tiketi = await openTiketi(t, post.settings);
  await buyByMail(tiketi, { language: 'sw' });
  const chosen = await post.until(1);
  assert.match(chosen.subject ?? '', /^TEST: Tiketi zako: .*Novemba 2026, 18:00$/);
  assert.match(chosen.html ?? '', /<html lang="sw">[\s\S]*Tiketi 1 kati ya 2/);
  assert.match(chosen.text ?? '', /Tiketi 2 kati ya 2: test[0-9a-f]{32}/);
  const said = paperIn(chosen).join('\n');
  assert.match(said, /^HALI YA MAJARIBIO – HAIRUHUSU KUINGIA$/m);
  assert.match(said, /Novemba 2026[\s\S]*Tiketi 2 kati ya 2$/m);
  const showingId = await tiketi.addShowing();
  const wish = { showingId, quantity: 1, email: EMAIL };
  const headers = { 'idempotency-key': 'a-key-for-this-booking', 'accept-language': 'de, sw-TZ;q=0.8, en;q=0.5' };
  const answer = await tiketi.customer.ask('POST', '/api/v1/bookings', wish, { ...headers });
  assert.equal(answer.status, 201);
  const again = await tiketi.customer.ask('POST', '/api/v1/bookings', wish, { ...headers, 'accept-language': 'en' });
  assert.deepEqual(again.body, answer.body, 'asked again in another language it is still the same booking');
  assert.deepEqual(await rowsOf(tiketi, `select language from booking where showing = ${showingId}`), [
    { language: 'sw' },
  ]);
});

test('without an address nothing is sent; without a mail server nothing is even queued, also not for later', async t => {
  const post = await openMailServer(t);
  const tiketi = await openTiketi(t);
  await buyByMail(tiketi);
  await tiketi.pass(MINUTE);
  await tiketi.restart(post.settings);
  await bookAndPay(tiketi, undefined, OTHER_PHONE);
  await tiketi.pass(MINUTE);
  assert.deepEqual(await rowsOf(tiketi, 'select * from mail'), []);
  assert.equal(post.tries(), 0);
});

test('whatever stands in a name or a title, it is text: no header of its own, no markup', async t => {
  const post = await openMailServer(t);
  const tiketi = await openTiketi(t, post.settings);
  await change(tiketi, "update movie set title = 'Simba\r\nBcc: thief@example.com\r\n\r\n<b>Hello</b>' where id = 1");
  await buyByMail(tiketi, { customerName: '<img src=x onerror=alert(1)> & "Co"' });
  const letter = await post.until(1);
  assert.deepEqual(letter.recipients, [EMAIL]);
  assert.ok(!letter.headers.some(({ key }) => key === 'bcc' || key === 'cc'));
  assert.match(letter.subject ?? '', /Simba Bcc: thief@example\.com <b>Hello<\/b>, /);
  assert.ok(letter.html?.includes('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Co&quot;'));
  assert.ok(!letter.html?.includes('<img src=x') && !letter.html?.includes('<b>Hello'));
});

test('a letter holds no secret but the way to its own booking, and no log holds the address', async t => {
  const post = await openMailServer(t);
  const tiketi = await openTiketi(t, { ...post.settings, LOG_LEVEL: 'debug' });
  post.next({ at: 'recipient', code: 451, text: `4.7.1 <${EMAIL}> come back later` });
  const booking = await buyByMail(tiketi, { phone: PHONE });
  await post.when(() => post.tries() === 1);
  await settled(tiketi);
  await tiketi.pass(MINUTE);
  const { html = '', text = '', raw } = await post.until(1);
  const hex = (html + text).match(/[0-9a-f]{32}/g) ?? [];
  const known = new Set([booking.bookingId, ...booking.tickets.map(({ ticketCode }) => ticketCode)]);
  assert.deepEqual(new Set(hex), known);
  for (const hidden of [PHONE, PHONE.slice(3), booking.payment?.paymentId ?? '-'])
    for (const part of [html, text, raw]) assert.ok(!part.includes(hidden), hidden);
  assert.ok(tiketi.logged.some(line => line.includes('a mail did not go through') && line.includes('451 4.7.1')));
  for (const line of tiketi.logged) assert.ok(!line.includes(EMAIL) && !line.includes('example.com'), line);
  const kept =
    JSON.stringify(await rowsOf(tiketi, 'select * from mail')) +
    JSON.stringify(await rowsOf(tiketi, 'select * from audit_entry'));
  assert.ok(!kept.includes('example.com'), 'the address stands sealed in the booking, and nowhere else');
});
