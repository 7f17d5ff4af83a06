import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { bookAndPay, change, decideRefund, payInSilence, rowsOf, tellSuccess } from '../support/office.ts';
import { shows, stumblingBlocks } from '../support/pages.ts';
import { PIN } from '../support/people.ts';
import { openExceptions, type Scenery, SOON } from './offices.ts';

const MINUTE = 60_000;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

async function openPage(t: TestContext, { tiketi }: Scenery, cookie: string, viewport = SIZES[0]): Promise<Page> {
  const context = await browser.newContext({ viewport: viewport ?? null, reducedMotion: 'reduce' });
  t.after(() => context.close());
  const cookies = cookie.split('; ').map(pair => pair.split('='));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: tiketi.url })));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  await page.goto(`${tiketi.url}/box-office/exceptions`);
  await page.getByRole('heading', { name: 'Money at risk' }).waitFor();
  return page;
}

const rows = (page: Page) => page.locator('[data-exception]');
const dialog = (page: Page) => page.locator('#exception-decision');

test('money arrives before one’s eyes, is found by its keys, matched to a booking, and is gone from everybody’s list', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, manager, sends } = scenery;
  const [page, other] = [await openPage(t, scenery, manager.cookie), await openPage(t, scenery, manager.cookie)];
  for (const one of [page, other]) await shows(one, 'Nothing is waiting.');
  const { bookingId, reference } = await tiketi.customer.book(await tiketi.addShowing());
  const number = await sends(900, 'CINEMA');
  for (const one of [page, other]) await one.locator('.exception-row', { hasText: number }).waitFor();
  await page.locator('.risk-sum', { hasText: /^KES.900$/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-exception]:focus').waitFor();
  await page.keyboard.press('Enter');
  await shows(page, /paid under “CINEMA”/);
  await page.keyboard.press('m');
  await page.getByLabel('Reference').fill(reference.toLowerCase());
  await page.keyboard.press('Enter');
  await shows(page, /KES.100 less than is to be paid/);
  await page.getByLabel('Why?').fill('she showed me her message');
  await dialog(page).getByRole('button', { name: 'Match to a booking' }).click();
  await shows(page, 'Matched.');
  await tiketi.pass(SOON);
  for (const one of [page, other]) await shows(one, 'Nothing is waiting.');
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed');
});

test('so much money takes a second person, on the same screen; what is refused changes nothing', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, hire, sends } = scenery;
  const njeri = await hire('Njeri', 'manager', null);
  await hire('Baraka', 'supervisor', null);
  await sends(12_000);
  const page = await openPage(t, scenery, njeri.cookie);
  await rows(page).click();
  await shows(page, /takes a second person/);
  await page.getByRole('button', { name: 'Close', exact: true }).and(page.locator('.danger')).click();
  await page.getByLabel('Why?').fill('paid back by hand, slip 7');
  await dialog(page).locator('button.button').click();
  await page.getByLabel('Supervisor', { exact: true }).selectOption('Baraka');
  await page.getByLabel('PIN').fill('9182');
  await page.getByRole('button', { name: 'Approve' }).click();
  await shows(page, /do not fit/);
  assert.equal((await scenery.list.until(all => all.length === 1)).length, 1);
  await page.getByLabel('PIN').fill(PIN);
  await page.getByRole('button', { name: 'Approve' }).click();
  await shows(page, 'Closed.');
  await tiketi.pass(SOON);
  await shows(page, 'Nothing is waiting.');
});

test('books that do not add up are said loudly, and the receipt is named', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, manager } = scenery;
  await bookAndPay(tiketi);
  const [receipt] = await rowsOf<{ number: string }>(tiketi, 'select number from receipt');
  const page = await openPage(t, scenery, manager.cookie);
  await page.locator('.badge', { hasText: 'It adds up' }).waitFor();
  await page.getByRole('button', { name: 'Applied: KES 1,000' }).click();
  await shows(page, receipt?.number ?? '');
  await page.keyboard.press('Escape');
  await change(tiketi, 'update share set amount = amount - 300');
  await page.getByRole('button', { name: 'All time' }).click();
  await page
    .getByRole('alert')
    .getByText(/The books do not add up: .* KES, 1 receipts/)
    .waitFor();
  await page.getByRole('button', { name: 'Show them' }).click();
  await shows(page, 'KES 3 of KES 1,000');
});

test('a supervisor looks and checks, and decides nothing', async t => {
  const scenery = await openExceptions(t);
  const { tiketi, hire } = scenery;
  const otieno = await hire('Otieno', 'supervisor', 1);
  await payInSilence(tiketi);
  await tiketi.pass(10 * MINUTE);
  const page = await openPage(t, scenery, otieno.cookie);
  await rows(page).click();
  await shows(page, 'A manager decides.');
  assert.equal(await page.getByRole('button', { name: /Close/ }).and(page.locator('.danger')).count(), 0);
  tiketi.clock.move(20_000);
  await page.keyboard.press('c');
  await shows(page, 'The gateway was asked.');
});

for (const size of SIZES)
  test(`nothing to stumble over on the list, ${size.width} px wide`, async t => {
    const scenery = await openExceptions(t);
    const { tiketi, manager, sends } = scenery;
    const page = await openPage(t, scenery, manager.cookie, size);
    const isSound = async (what: string) => {
      assert.deepEqual(await stumblingBlocks(page), [], what);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), size.width, what);
    };
    await shows(page, 'Nothing is waiting.');
    await isSound('an empty list');
    const { bookingId } = await bookAndPay(tiketi, undefined, '254722000111');
    await decideRefund(manager, bookingId);
    await payInSilence(tiketi);
    await tellSuccess(tiketi, { amount: 900 });
    await sends(12_000, '0712 345 678');
    await eventually(async () => (await rows(page).count()) === 4);
    await page.locator('.equation-sheet').waitFor();
    await rows(page).first().click();
    await shows(page, /paid under/);
    await isSound('the list, and one of it open');
    await page.getByRole('button', { name: 'Give it back' }).click();
    await page.getByLabel('In whose books?').waitFor();
    await isSound('a question');
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Received/ })
      .first()
      .click();
    await page.locator('.term-receipts').waitFor();
    await isSound('the receipts of a term');
  });
