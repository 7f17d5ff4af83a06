import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { openCuttableLine } from '../support/cut-line.ts';
import { eventually } from '../support/eventually.ts';
import { bookAndPay } from '../support/office.ts';
import { shows, stumblingBlocks } from '../support/pages.ts';
import { openBoxOffice } from '../support/people.ts';

const COMES_BACK_MS = 20_000; // A page that was away for long tries again every 1 to 9 s.
const TELLING = 250;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** A till's browser with somebody signed in; its sockets can be cut. */
async function openTill(t: TestContext, url: string, cookie: string, viewport = SIZES[0]) {
  const context = await browser.newContext({ viewport: viewport ?? null, reducedMotion: 'reduce' });
  t.after(() => context.close());
  const cookies = cookie.split('; ').map(pair => pair.split('='));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  return { page, ...(await openCuttableLine(page)) };
}

/** As fast as a scanner, also on a busy machine. */
function scanIn(page: Page, code: string): Promise<void> {
  return page.evaluate(
    keys => {
      for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    },
    [...code, 'Enter'],
  );
}

const results = (page: Page) => page.getByRole('listbox', { name: 'Results' }).getByRole('option');
const rowOf = (page: Page, screen: string) => page.locator('.show-row', { hasText: screen });
const countsOf = (page: Page) => rowOf(page, 'Screen 9').locator('dd').allInnerTexts();

test('two tills see a sale move on the board; one whose line is cut says so, keeps what it shows, and is right again by itself', async t => {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const showing = await tiketi.addShowing({ capacity: 10 });
  const [one, other] = [await openTill(t, tiketi.url, amina.cookie), await openTill(t, tiketi.url, manager.cookie)];
  for (const { page } of [one, other]) {
    await page.goto(`${tiketi.url}/box-office/board`);
    await rowOf(page, 'Screen 9').waitFor();
    assert.deepEqual(await countsOf(page), ['10', '0', '0', '0']);
  }
  const { reference } = await tiketi.customer.book(showing, 2);
  for (const { page } of [one, other]) {
    await rowOf(page, 'Screen 9').getByText('8', { exact: true }).waitFor();
    await page.locator('.progress-row', { hasText: reference }).getByText('Not paid yet').waitFor();
  }
  await one.cut();
  await shows(one.page, /Connection lost/);
  assert.equal(await one.page.locator('.board').getAttribute('data-stale'), 'true');
  assert.deepEqual(await countsOf(one.page), ['8', '0', '2', '0'], 'what it showed stays');
  await bookAndPay(tiketi, showing, '254722000111');
  await tiketi.pass(TELLING);
  await rowOf(other.page, 'Screen 9').getByText('6', { exact: true }).waitFor();
  await other.page.getByText('Taken:').waitFor();
  assert.deepEqual(await countsOf(one.page), ['8', '0', '2', '0']);
  one.mend();
  await rowOf(one.page, 'Screen 9').getByText('6', { exact: true }).waitFor({ timeout: COMES_BACK_MS });
  assert.deepEqual(await countsOf(one.page), ['6', '2', '2', '0']);
  assert.equal(await one.page.locator('.board').getAttribute('data-stale'), 'false');
  assert.equal(await one.page.getByText('Taken:').count(), 0, 'a cashier’s count is blind');
});

test('/ goes to the search box, the arrows choose, Enter opens; the booking moves before one’s eyes', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const amina = await hire('Amina');
  const showing = await tiketi.addShowing();
  for (const customerName of ['Wanjiru Kamau', 'Wanjiru Njeri'])
    await tiketi.customer.tryToBook({ showingId: showing, quantity: 1, customerName });
  const { page } = await openTill(t, tiketi.url, amina.cookie);
  await page.goto(`${tiketi.url}/box-office/board`);
  await rowOf(page, 'Screen 9').waitFor();
  await page.keyboard.press('/');
  await page.locator('#finder:focus').waitFor();
  await page.keyboard.type('wanji', { delay: 70 });
  await results(page).nth(1).waitFor();
  await page.keyboard.press('ArrowDown');
  const chosen = page.locator('.found-row[aria-selected=true]');
  const reference = await chosen.locator('.font-code').innerText();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: reference }).waitFor();
  await shows(page, /The customer held 1 place/);
  await page.getByRole('button', { name: 'Cancel the booking' }).click();
  await page.getByLabel('Why?').fill('changed their mind');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the booking' }).click();
  await shows(page, 'Cancelled. The places are free again.');
  await shows(page, /Amina cancelled the booking/);
});

test('a scanned ticket opens its booking, and the page follows what happens to it elsewhere', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const [amina, sam] = [await hire('Amina'), await hire('Sam', 'supervisor')];
  const showingId = await tiketi.addShowing();
  const { tickets, reference, bookingId } = await bookAndPay(tiketi, showingId);
  const code = tickets[0]?.ticketCode ?? '';
  const { page } = await openTill(t, tiketi.url, amina.cookie);
  await page.goto(`${tiketi.url}/box-office/board`);
  await rowOf(page, 'Screen 9').waitFor();
  await scanIn(page, `TEST${code}`);
  await page.getByRole('heading', { name: reference }).waitFor();
  await page.getByText('Ticket 1 of 2').waitFor();
  await sam.does('POST', '/admissions', { code, showingId });
  await tiketi.pass(TELLING);
  await shows(page, /inside since/);
  await sam.does('POST', `/bookings/${bookingId}/refunds`, { note: 'the projector failed' });
  await tiketi.pass(TELLING);
  await shows(page, 'Refunded');
});

for (const size of SIZES)
  test(`nothing to stumble over on the board and a booking’s page, ${size.width} px wide`, async t => {
    const { tiketi, manager } = await openBoxOffice(t);
    const { reference } = await bookAndPay(tiketi, await tiketi.addShowing());
    await tiketi.customer.book(await tiketi.addShowing());
    const { page, cut } = await openTill(t, tiketi.url, manager.cookie, size);
    const isSound = async (what: string) => {
      assert.deepEqual(await stumblingBlocks(page), [], what);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), size.width, what);
    };
    await page.goto(`${tiketi.url}/box-office/board`);
    await page.locator('.progress-row').waitFor();
    await page.locator('summary').first().click();
    await isSound('the board');
    await page.getByRole('combobox', { name: 'Find a booking' }).fill(reference);
    await results(page).waitFor();
    await isSound('results');
    await results(page).click();
    await page.getByRole('button', { name: 'Move to another showing' }).click();
    await page.getByLabel('To which showing?').waitFor();
    await isSound('a question');
    await page.keyboard.press('Escape');
    await cut();
    await eventually(() => page.url().includes('/bookings/'));
    await shows(page, /Connection lost/);
    await isSound('a booking, stale');
  });
