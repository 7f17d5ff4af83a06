import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { shows } from '../support/pages.ts';
import { PIN } from '../support/people.ts';
import { assertSound } from '../support/till.ts';
import {
  asideCard,
  askPhone,
  enterPin,
  openTill,
  press,
  printedBy,
  SOFT,
  sales,
  tell,
  witnessed,
} from './counter-page.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a walk-up pays cash in five keys: the showing, how many, pay, the note, take; exactly in three', async t => {
  const { page, show, tiketi, amina } = await openTill(t, browser);
  await page.evaluate(() => {
    let pressedAt = 0;
    addEventListener('keydown', ({ timeStamp }) => {
      pressedAt = timeStamp;
    });
    new MutationObserver(() => {
      if (document.querySelector('.ticket-qr')) document.body.dataset.tookMs ??= String(performance.now() - pressedAt);
    }).observe(document.body, { childList: true, subtree: true });
  });
  const keys = await press(page, show, '3', 'Enter', 'F2', 'Enter');
  await page.locator('.till-change', { hasText: 'KES 500' }).waitFor();
  assert.equal(await page.locator('.ticket-qr').count(), 3);
  assert.ok(keys <= 5);
  const tookMs = Math.round(Number(await page.evaluate(() => document.body.dataset.tookMs)));
  t.diagnostic(`a sale in ${keys} keys; ${tookMs} ms from the last key to the tickets`);
  assert.ok(tookMs < 5_000, `${tookMs} ms`);
  assert.equal(await tell({ tiketi, amina }), 'paid 1500 of 1500: confirmed 3 tickets; cash paid 1500');
  await press(page, show, 'Enter', 'Enter');
  await page.getByText('No change').waitFor();
  assert.equal(await tell({ tiketi, amina }), 'paid 500 of 500: confirmed 1 tickets; cash paid 500');
  await assertSound(tiketi);
});

test('digits do what F keys do; + is for another showing, – takes the last line away, Esc clears', async t => {
  const { page, show } = await openTill(t, browser);
  const lines = () => page.locator('.basket-line b:first-child').allInnerTexts();
  await press(page, show.slice(1), '4', '+', '1');
  await page
    .getByRole('button', { name: /^Take away/ })
    .nth(1)
    .waitFor();
  assert.equal((await lines()).length, 2);
  await page.locator('.stepper b', { hasText: '4' }).waitFor();
  await press(page, '-', 'Enter');
  await page.getByRole('heading', { name: 'To pay: KES 2,000' }).waitFor();
  await press(page, 'Escape', 'Escape');
  await page.getByRole('heading', { name: 'Next, please' }).waitFor();
  await press(page, show, '0', 'Enter');
  await page.getByRole('heading', { name: 'To pay: KES 5,000' }).waitFor();
});

test('no F key ever reaches the browser, which would reload the page under a basket or open its help', async t => {
  const { page, show } = await openTill(t, browser);
  await press(page, show, 'Enter', 'F6'); // Here F1 to F4 mean nothing.
  await page.getByLabel('Phone that pays').waitFor();
  const passed = await page.evaluate(() =>
    Array.from({ length: 10 }, (_, at) => `F${at + 1}`).filter(key => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      return document.body.dispatchEvent(event);
    }),
  );
  assert.deepEqual(passed, []);
});

test('a prompt is parked while the next is served; when it is paid it rings softly and its tickets are there to print', async t => {
  const counter = await openTill(t, browser);
  const { page, show } = counter;
  await press(page, show, '2', 'Enter');
  await askPhone(page);
  await shows(page, /Waiting for the PIN 1:\d\d/);
  await press(page, 'Enter');
  await asideCard(page, '2 × 18:00').getByText('Waiting for the PIN').waitFor();
  await press(page, show, 'Enter', 'F2', 'Enter');
  await page.locator('.till-change', { hasText: 'KES 500' }).waitFor();
  assert.deepEqual((await witnessed(page)).tones, [], 'cash in the hand needs no bell');
  await enterPin(counter);
  await asideCard(page, '2 × 18:00').getByText('Paid').waitFor();
  assert.deepEqual((await witnessed(page)).tones, SOFT);
  await page.locator('.till-change', { hasText: 'KES 500' }).waitFor(); // Whoever is being served is not disturbed.
  await page.getByRole('button', { name: /^Tickets: 2 × 18:00/ }).click();
  await page.locator('.ticket-qr').nth(1).waitFor();
  await press(page, 'p');
  assert.match(await printedBy(page), /Ticket 1 of 2.*Ticket 2 of 2.*KES\s1,000/s);
});

test('where nobody else is served, the tickets come to the screen and out of the printer by themselves', async t => {
  const counter = await openTill(t, browser);
  const { page, show } = counter;
  await press(page, show, 'Enter', 'Enter');
  await page.getByLabel('Print by itself').selectOption('On the roll');
  await press(page, 'Enter', show, '2', 'Enter');
  await askPhone(page);
  await shows(page, /Waiting for the PIN/);
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'Next, please' }).waitFor();
  await enterPin(counter);
  await page.locator('.ticket-qr').nth(1).waitFor();
  assert.match(await printedBy(page), /Ticket 2 of 2/);
});

test('a part in cash, the rest by M-Pesa', async t => {
  const counter = await openTill(t, browser);
  const { page, show } = counter;
  await press(page, show, '2', 'Enter');
  await page.getByLabel('Only a part of it this way').check();
  await page.getByLabel('How much this way?').fill('300');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'To pay: KES 700' }).waitFor();
  await shows(page, 'KES 300 of KES 1,000 is paid');
  await counter.tiketi.pass(1_000); // So that one is the first, and the other the second.
  await askPhone(page);
  await shows(page, /Waiting for the PIN/);
  await enterPin(counter);
  await page.locator('.ticket-qr').first().waitFor();
  assert.equal(await tell(counter), 'paid 1000 of 1000: confirmed 2 tickets; cash paid 300; daraja paid 700');
  await assertSound(counter.tiketi);
});

test('away from an open prompt only after reading what that means; what it still brings is a refund due', async t => {
  const counter = await openTill(t, browser);
  const { page, show } = counter;
  await press(page, show, '2', 'Enter');
  await askPhone(page);
  await shows(page, /Waiting for the PIN/);
  const otherWay = page.getByRole('button', { name: 'Pay KES 1,000 another way' });
  const asked = page.getByRole('dialog', { name: 'A prompt is still open' });
  await otherWay.click();
  await asked.getByText(/it becomes a refund due/).waitFor();
  await asked.getByRole('button', { name: 'Wait for it' }).click();
  await shows(page, /Waiting for the PIN/);
  await otherWay.click();
  await asked.getByRole('button', { name: 'Leave the prompt behind' }).click();
  await page.getByLabel('Cash given').waitFor();
  await press(page, 'Enter');
  await page.locator('.ticket-qr').first().waitFor();
  await shows(
    page,
    /The prompt on 2547•••••678 is left behind: if it is paid all the same, that money is a refund due/,
  );
  await enterPin(counter);
  const [sale] = await sales(counter);
  await counter.amina.until(sale?.id ?? '', ({ refunds }) => refunds.length > 0);
  const told = await tell(counter);
  assert.match(told, /daraja paid left 1000/);
  assert.match(told, /daraja duplicate_payment due 1000$/);
  await assertSound(counter.tiketi);
});

test('a sale that nobody wants any more is given up; a supervisor hears of cash that goes back', async t => {
  const counter = await openTill(t, browser);
  const { page, show } = counter;
  await press(page, show, '2', 'Enter');
  await page.getByLabel('Only a part of it this way').check();
  await page.getByLabel('How much this way?').fill('300');
  await press(page, 'Enter');
  await page.getByRole('heading', { name: 'To pay: KES 700' }).waitFor();
  await press(page, 'Escape');
  await page.getByRole('button', { name: 'Give up the sale' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give up the sale' }).click();
  await page.getByLabel('PIN').fill(PIN);
  await page.getByRole('button', { name: 'Approve' }).click();
  await shows(page, 'This sale has ended: its places went back.');
  assert.equal(
    await tell(counter),
    'abandoned 0 of 0: cancelled 0 tickets; cash paid 300; cash abandoned_sale done 300',
  );
});
