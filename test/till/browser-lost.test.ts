import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page, Route } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { rowsOf } from '../support/office.ts';
import { shows } from '../support/pages.ts';
import { assertSound } from '../support/till.ts';
import { asideCard, openTill, press } from './counter-page.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** What becomes of the first request of a sale; those after it are let through. Answers under which keys all of them came. */
async function firstSale(page: Page, happens: (route: Route) => Promise<void>): Promise<string[]> {
  const keys: string[] = [];
  await page.route('**/box-office/sales', async route => {
    if (route.request().method() !== 'POST') return route.continue();
    keys.push((await route.request().headerValue('idempotency-key')) ?? '');
    return keys.length === 1 ? happens(route) : route.continue();
  });
  return keys;
}

/** Done by the server, and its answer lost on the way. */
async function losesAnswer(route: Route) {
  await route.fetch();
  await route.abort();
}

const TROUBLES: Record<string, (route: Route) => Promise<void>> = {
  'whose answer is lost': losesAnswer,
  'that never arrives': route => route.abort(),
  'that is answered 502 by something in between': route => route.fulfill({ status: 502, body: '<html>' }),
};

for (const [what, happens] of Object.entries(TROUBLES))
  test(`a sale ${what} is asked again under its key, and is one sale`, async t => {
    const { page, show, tiketi } = await openTill(t, browser);
    const keys = await firstSale(page, happens);
    await press(page, show, '3', 'Enter', 'F2', 'Enter');
    await shows(page, /it is never a second sale/);
    await page.getByRole('button', { name: 'Ask now' }).click();
    await page.locator('.till-change', { hasText: 'KES 500' }).waitFor();
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
    assert.deepEqual(await rowsOf(tiketi, 'select state from sale'), [{ state: 'paid' }]);
    assert.deepEqual(await rowsOf(tiketi, `select kind, cash from journal_entry where sale is not null`), [
      { kind: 'cash_taken', cash: 150_000 },
    ]);
    await assertSound(tiketi);
  });

test('whoever waits for a lost answer goes to the side; it is asked again by itself while the next is served', async t => {
  const { page, show, tiketi } = await openTill(t, browser);
  await firstSale(page, losesAnswer);
  await press(page, show, '2', 'Enter', 'Enter');
  await shows(page, /it is never a second sale/);
  await press(page, 'Enter', show, 'Enter');
  await page.getByLabel('Cash given').waitFor();
  await asideCard(page, '2 × 18:00').getByText('Paid').waitFor();
  await press(page, 'Enter');
  await page.locator('.ticket-qr').waitFor();
  assert.equal((await rowsOf(tiketi, 'select id from sale')).length, 2);
});

test('a payment of a sale whose answer is lost is no second payment', async t => {
  const { page, show, tiketi } = await openTill(t, browser);
  await press(page, show, '2', 'Enter', 'F10', 'Enter');
  await page.getByRole('img', { name: /^QR code of the payment link/ }).waitFor();
  let isFirst = true;
  await page.route('**/payments', route => {
    const happens = isFirst ? losesAnswer : (one: Route) => one.continue();
    isFirst = false;
    return happens(route);
  });
  await page.getByRole('button', { name: 'Try again or another way' }).click();
  await press(page, 'F5', 'Enter');
  await page.locator('.ticket-qr').first().waitFor();
  assert.deepEqual(await rowsOf(tiketi, 'select gateway, state from payment'), [{ gateway: 'cash', state: 'paid' }]);
  await assertSound(tiketi);
});

test('what is refused stays typed, and can be mended', async t => {
  const { page, show, tiketi, showing } = await openTill(t, browser);
  await press(page, show, '3', 'Enter');
  await page.getByLabel('Cash given').fill('2000');
  for (const _ of Array(5)) await tiketi.customer.book(showing, 10);
  await press(page, 'Enter');
  await shows(page, /Only 0 places left|Sold out/);
  assert.equal(await page.getByLabel('Cash given').inputValue(), '2000');
  await page.getByLabel('Cash given').fill('100');
  await press(page, 'Enter');
  await shows(page, 'That is less than what is to be paid.');
  assert.deepEqual(await rowsOf(tiketi, 'select id from sale'), []);
});
