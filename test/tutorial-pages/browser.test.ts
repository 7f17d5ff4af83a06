import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { change, rowsOf } from '../support/office.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';
import { CALLBACK_MS, HOUR, onlyShowing } from './older-page.ts';
import { servePage } from './page-server.ts';

const EVIL = `<img src=x onerror="window.harmed = true"> & 'Sons' <script>window.harmed = true</script>`;

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('behind a proxy on its own origin an older page books, waits for the PIN and shows the ticket', async t => {
  const { tiketi, page } = await openPage(t);
  await onlyShowing(tiketi);
  await buys(page);
  await shows(page, 'Check your phone and enter your PIN.');
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await page.getByRole('heading', { name: 'Paid' }).waitFor();
  await shows(page, '2 tickets, KSh 1000');
  await shows(page, '2547•••••678');
  await shows(page, tiketi.simulator.ledger.debits[0]?.receiptNumber ?? 'no receipt');
});

test('cancelled on the phone: the page says why and stops asking', async t => {
  const { tiketi, page, site } = await openPage(t);
  await buys(page);
  await shows(page, 'Check your phone and enter your PIN.');
  tiketi.phone.cancel();
  await tiketi.pass(CALLBACK_MS);
  await shows(page, 'You cancelled the payment on your phone. You can try again.');
  site.forwarded.length = 0;
  await page.clock.runFor(60_000);
  await page.evaluate(() => fetch('/api/movies')); // Whatever it asked before has arrived when this has.
  assert.deepEqual(site.forwarded, ['GET /api/movies']);
});

test('sold out meanwhile: the page says how many are left', async t => {
  const { tiketi, page } = await openPage(t, async tiketi => void (await onlyShowing(tiketi, { capacity: 3 })));
  const [{ id = 0 } = {}] = await rowsOf<{ id: number }>(tiketi, 'select max(id) as id from showing');
  await tiketi.customer.book(id, 2);
  await buys(page);
  await shows(page, 'Not enough tickets available. Only 1 left.');
});

test('begun meanwhile, and the last of its kind: the page says so', async t => {
  const { tiketi, page } = await openPage(t, async tiketi => void (await onlyShowing(tiketi)));
  await tiketi.pass(4 * HOUR);
  await buys(page);
  await shows(page, 'There is no showing of this movie left to book');
});

test('a gateway that refuses: the page says what to do, and the next try works', async t => {
  const { tiketi, page } = await openPage(t);
  tiketi.fault('refused-credentials');
  await buys(page);
  await shows(page, /^The payment was refused\. Nothing was taken\./);
  await page.getByRole('button', { name: 'Pay' }).click();
  await shows(page, 'Check your phone and enter your PIN.');
});

test('titles and names with tags and quotes in them are shown as they are, and run nothing', async t => {
  const { tiketi, page } = await openPage(t, tiketi =>
    change(tiketi, `update movie set title = '${EVIL.replaceAll("'", "''")}' where id = 1`),
  );
  await buys(page, '<img src=x onerror="window.harmed=true">');
  await shows(page, 'Check your phone and enter your PIN.');
  assert.equal(await page.locator('article h2').filter({ hasText: 'Sons' }).innerText(), EVIL);
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await page.getByRole('heading', { name: 'Paid' }).waitFor();
  const ticket = await page.locator('#ticket').innerText();
  assert.ok(ticket.includes(EVIL) && ticket.includes('<img src=x onerror="window.harmed=true">'), ticket);
  assert.equal(await page.locator('img[src=x], article script, #ticket img').count(), 0);
  assert.equal(await page.evaluate(() => 'harmed' in window), false);
});

test('from an origin that the settings name it works without a proxy, posters and all', async t => {
  const site = await servePage(t);
  const tiketi = await openTiketi(t, { ALLOWED_ORIGINS: site.url });
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${site.url}/?api=${tiketi.url}`);
  await page.locator('article img').first().waitFor();
  await page.waitForFunction(() => [...document.images].every(one => one.complete && one.naturalWidth > 0));
  await buys(page);
  await shows(page, 'Check your phone and enter your PIN.');
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await page.getByRole('heading', { name: 'Paid' }).waitFor();
  assert.deepEqual(site.forwarded, []);
});

test('from any other origin a page learns nothing', async t => {
  const site = await servePage(t);
  const tiketi = await openTiketi(t, { ALLOWED_ORIGINS: 'https://older.example' });
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${site.url}/?api=${tiketi.url}`);
  await shows(page, 'The movies could not be loaded');
});

/** An older page on its own origin, whose site forwards to a Tiketi of its own. */
async function openPage(t: TestContext, prepare: (tiketi: Tiketi) => Promise<void> = async () => {}) {
  const page = await browser.newPage();
  t.after(() => page.close()); // First of all: it goes on asking until then.
  const site = await servePage(t);
  const tiketi = await openTiketi(t);
  site.tiketi = tiketi.url;
  await prepare(tiketi);
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  await page.clock.install();
  await page.goto(site.url);
  await page.locator('article').first().waitFor();
  return { tiketi, page, site };
}

async function buys(page: Page, name = 'Amani') {
  await page.locator('button[data-movie-id="1"]').click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Phone').fill('0712 345 678');
  await page.getByLabel('Tickets').fill('2');
  await page.getByRole('button', { name: 'Pay' }).click();
}

async function shows(page: Page, text: string | RegExp) {
  await page.getByText(text).first().waitFor();
}
