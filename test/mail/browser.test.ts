import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { type Arrived, openMailServer } from '../support/mail-server.ts';
import { openOnPhone, PHONE_SIZE, shows, stumblingBlocks } from '../support/pages.ts';
import { openBoxOffice } from '../support/people.ts';
import { openScreen } from '../support/screen.ts';
import { openTiketi } from '../support/tiketi.ts';
import { buyByMail, EMAIL, settled } from './mailing.ts';

const TELLING = 250; // A board's changes are gathered for so long.

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** As a mail program shows it: with its pictures, or without. */
function shown({ html = '', attachments }: Arrived, { pictures }: { pictures: boolean }): string {
  return html.replace(/cid:([^"]+)/g, (_, cid: string) => {
    const picture = attachments.find(({ contentId }) => contentId === `<${cid}>`);
    assert.ok(picture, `nothing is attached for ${cid}`);
    return pictures
      ? `data:image/png;base64,${Buffer.from(picture.content as ArrayBuffer).toString('base64')}`
      : 'about:blank';
  });
}

test('a letter fits a phone, nobody stumbles over it, and without pictures it still says everything', async t => {
  const post = await openMailServer(t);
  const tiketi = await openTiketi(t, post.settings);
  const { tickets } = await buyByMail(tiketi, { customerName: 'Wanjiru', language: 'sw' });
  const letter = await post.until(1);
  const page = await browser.newPage({ viewport: PHONE_SIZE });
  t.after(() => page.close());
  for (const pictures of [true, false]) {
    await page.setContent(shown(letter, { pictures }));
    assert.deepEqual(await stumblingBlocks(page), []);
    const [width, whole] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
    assert.equal(whole, width, 'nothing to scroll sideways');
  }
  for (const { ticketCode } of tickets) assert.ok((await page.innerText('body')).includes(ticketCode));
});

test('the storefront asks for an address only where mail is sent; the tickets come in the language of the page', async t => {
  const post = await openMailServer(t);
  const { tiketi, page } = await openOnPhone(t, browser, post.settings);
  const showing = await tiketi.addShowing();
  await page.goto(`${tiketi.url}/showings/${showing}`);
  await page.getByRole('button', { name: 'Kiswahili' }).click();
  const address = page.getByLabel('Anwani ya barua pepe');
  await address.fill('wanjiru@nowhere');
  await page.getByRole('button', { name: 'Shikilia nafasi zangu' }).click();
  await shows(page, 'Hii si anwani ya barua pepe.');
  assert.deepEqual(await stumblingBlocks(page), []);
  await address.fill(EMAIL);
  await page.getByRole('button', { name: 'Shikilia nafasi zangu' }).click();
  await page.waitForURL(/\/bookings\//);
  const bookingId = page.url().split('/').at(-1) ?? '';
  await tiketi.customer.pay(bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  const { recipients, subject } = await post.until(1);
  assert.deepEqual(recipients, [EMAIL]);
  assert.match(subject ?? '', /Tiketi zako/);
});

test('without a mail server nobody is asked for an address', async t => {
  const { tiketi, page } = await openOnPhone(t, browser);
  await page.goto(`${tiketi.url}/showings/${await tiketi.addShowing()}`);
  await page.getByLabel('Phone number').waitFor();
  assert.equal(await page.getByLabel('E-mail').count(), 0);
});

test('a booking’s page says that its mail could not be sent, and a cashier sends it again', async t => {
  const post = await openMailServer(t);
  const { tiketi, hire } = await openBoxOffice(t, post.settings);
  const amina = await hire('Amina');
  post.next({ at: 'recipient', code: 550, text: '5.1.1 nobody here' });
  const { bookingId } = await buyByMail(tiketi);
  await settled(tiketi);
  const { page } = await openScreen(t, browser, { url: tiketi.url, cookie: amina.cookie });
  await page.goto(`${tiketi.url}/box-office/bookings/${bookingId}`);
  await shows(page, /could not be sent \(550 5\.1\.1/);
  await shows(page, 'wa•••@example.com');
  assert.deepEqual(await stumblingBlocks(page), []);
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await post.until(1);
  await shows(page, /had a mail sent again: the tickets/);
  await settled(tiketi);
  await tiketi.pass(TELLING);
  await page
    .getByRole('listitem')
    .filter({ hasText: /The tickets:\s+sent/ })
    .waitFor(); // Pushed: nobody asked.
});
