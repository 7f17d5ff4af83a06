import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { bookAndPay } from '../support/office.ts';
import { shows } from '../support/pages.ts';
import { askPhone, openTill, press, RESULT_MS, SOFT, scanIn, witnessed } from './counter-page.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a scanned reference becomes a line, wherever the focus is; a paid one says so; whoever waits with it comes back', async t => {
  const { page, show, tiketi, showing } = await openTill(t, browser);
  const held = await tiketi.customer.book(showing);
  const paid = await bookAndPay(tiketi, showing, '254722000111');
  await scanIn(page, held.reference);
  await page.locator('.basket-line', { hasText: held.reference }).waitFor();
  await press(page, show, 'Enter');
  await page.getByRole('heading', { name: 'To pay: KES 1,500' }).waitFor();
  await scanIn(page, `test${paid.tickets[0]?.ticketCode}`);
  await shows(page, `${paid.reference} is paid already.`);
  assert.equal(await page.getByLabel('Cash given').inputValue(), '', 'nothing of it is left in the field');
  await askPhone(page);
  await shows(page, /Waiting for the PIN/);
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'Next, please' }).waitFor();
  await scanIn(page, held.reference);
  await shows(page, /Waiting for the PIN/);
  await page.getByRole('button', { name: 'Check now' }).waitFor();
});

test('the QR code of a customer’s own page is as good as its reference', async t => {
  const { page, tiketi, showing } = await openTill(t, browser);
  const { reference, bookingId } = await tiketi.customer.book(showing);
  await scanIn(page, `${tiketi.url}/bookings/${bookingId}`);
  await page.locator('.basket-line', { hasText: reference }).waitFor();
  await press(page, 'Enter', 'Enter');
  await page.locator('.ticket-qr').nth(1).waitFor();
});

test('a scanned receipt number pays as “already paid”', async t => {
  const counter = await openTill(t, browser);
  const { page, show, tiketi } = counter;
  const { simulator } = tiketi;
  const paid = simulator.payBill(simulator.phones.findOrAdd('254733000111'), { amount: 500, accountReference: 'x' });
  await scanIn(page, paid?.receiptNumber ?? '');
  await shows(page, /choose what it pays for/);
  await press(page, show, 'Enter');
  await page.getByRole('button', { name: /^Look for the receipt/ }).waitFor();
  assert.equal(await page.getByLabel('Receipt number in the customer’s message').inputValue(), paid?.receiptNumber);
  await press(page, 'Enter');
  await shows(page, 'Looking for the receipt');
  await tiketi.pass(RESULT_MS);
  await page.locator('.ticket-qr').waitFor();
  assert.deepEqual((await witnessed(page)).tones, SOFT);
});
