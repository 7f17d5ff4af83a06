import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { rowsOf } from '../support/office.ts';
import { shows } from '../support/pages.ts';
import { PIN } from '../support/people.ts';
import { openCounter } from '../support/till.ts';
import { openTill, openTillPage, PHONE_WIDE, press, printedBy, sales, tell } from './counter-page.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a supervisor approves what is free, on the cashier’s screen', async t => {
  const counter = await openTill(t, browser);
  const { page, show } = counter;
  await press(page, show, 'Enter', 'F9');
  await page.getByLabel('Why is it free?').fill('The projector failed yesterday');
  await press(page, 'Enter');
  const asked = page.getByRole('dialog', { name: 'A supervisor’s approval' });
  await asked.getByText('KES 500 free: The projector failed yesterday').waitFor();
  await asked.getByLabel('PIN').fill('1379');
  await asked.getByRole('button', { name: 'Approve' }).click();
  await asked.getByText(/Name and PIN do not fit/).waitFor();
  await asked.getByLabel('PIN').fill(PIN);
  await asked.getByRole('button', { name: 'Approve' }).click();
  await page.locator('.ticket-qr').waitFor();
  assert.equal(await tell(counter), 'paid 500 of 500: confirmed 1 tickets; complimentary paid 500');
});

test('locked and unlocked: the basket, the way to pay and what is typed are as they were', async t => {
  const { page, show } = await openTill(t, browser);
  await press(page, show, '3', 'Enter');
  await page.getByLabel('Cash given').fill('2000');
  await page.getByRole('button', { name: 'Lock the screen' }).click();
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await press(page, 'F1', 'Escape', '7');
  await page.getByLabel('PIN', { exact: true }).fill(PIN);
  await page.getByRole('button', { name: 'Unlock' }).click();
  await page.getByRole('heading', { name: 'To pay: KES 1,500' }).waitFor();
  assert.equal(await page.getByLabel('Cash given').inputValue(), '2000');
  await page.getByRole('button', { name: /^Take KES 1,500 in cash/ }).click();
  await page.locator('.till-change', { hasText: 'KES 500' }).waitFor();
});

test('popcorn beside the tickets, and a link with which the customer pays by themselves', async t => {
  const counter = await openTill(t, browser);
  const { page, show } = counter;
  await press(page, show, '*');
  await page.getByLabel('What for?').fill('Popcorn');
  await page.getByLabel('Amount in KES').fill('1.5');
  await press(page, 'Enter');
  await shows(page, 'A whole amount, and what it is for.');
  await page.getByLabel('Amount in KES').fill('300');
  await press(page, 'Enter');
  await page
    .getByRole('button', { name: /^Take payment/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'To pay: KES 800' }).waitFor();
  await press(page, 'F10', 'Enter');
  await page.getByRole('img', { name: /^QR code of the payment link: 18:00/ }).waitFor();
  await page.getByRole('img', { name: /^QR code of the payment link: Popcorn/ }).waitFor();
  assert.equal(await tell(counter), 'open 0 of 800: held 0 tickets, Popcorn open');
  const sale = await counter.amina.see((await sales(counter))[0]?.id ?? '');
  const { url = '' } = sale.lines[0] ?? {};
  await shows(page, url);
});

test('by touch on a phone it is as quick: the showing, take payment, the note, take', async t => {
  const page = await openTillPage(t, browser, await openCounter(t), PHONE_WIDE);
  for (const tapped of [
    page.locator('.show-button', { hasText: 'Screen 9' }),
    page.locator('.till-bar').getByRole('button', { name: 'Take payment' }),
    page.getByRole('button', { name: 'KES 1,000' }),
    page.getByRole('button', { name: /^Take KES 500 in cash/ }),
  ])
    await tapped.tap();
  await page.locator('.till-change', { hasText: 'KES 500' }).waitFor();
});

test('without an open shift the till says so, and opens one with what is counted', async t => {
  const { tiketi, hire } = await openCounter(t);
  const zawadi = await hire('Zawadi');
  const page = await openTillPage(t, browser, { tiketi, amina: zawadi });
  await page.getByRole('heading', { name: 'You have no open shift' }).waitFor();
  await page.getByLabel('Cash in the drawer, in KES').fill('2,000');
  await page.getByRole('button', { name: 'Open the shift' }).click();
  await page.getByRole('heading', { name: 'Next, please' }).waitFor();
  assert.equal((await rowsOf(tiketi, `select id from shift where cashier = 'Zawadi' and live`)).length, 1);
});

test('/ goes to the search box of the board; the basket is there when one comes back', async t => {
  const { page, show } = await openTill(t, browser);
  await press(page, show, '/');
  await page.locator('#finder:focus').waitFor();
  await page.getByRole('link', { name: 'Till' }).click();
  await page.locator('.basket-line').waitFor();
});

test('what printed badly is printed again with a reason, and the journal knows', async t => {
  const { page, show, tiketi } = await openTill(t, browser);
  await press(page, show, 'Enter', 'Enter');
  await page.locator('.ticket-qr').waitFor();
  await page.getByRole('button', { name: 'Latest sales' }).click();
  await page.getByRole('button', { name: /^Print again/ }).click();
  await page.getByLabel(/Why once more/).fill('the paper jammed');
  await page.getByRole('dialog').getByRole('button', { name: 'Print again', exact: true }).click();
  assert.match(await printedBy(page), /Ticket 1 of 1/);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(
    await page
      .locator('.paper-ticket, .paper-qr, .paper-receipt, main')
      .evaluateAll(seen => seen.map(one => one.checkVisibility())),
    [false, true, true, true],
    'the page itself is not on the paper',
  );
  assert.equal((await rowsOf(tiketi, `select id from journal_entry where kind = 'reprinted'`)).length, 1);
});
