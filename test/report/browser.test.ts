import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { bookAndPay } from '../support/office.ts';
import { stumblingBlocks } from '../support/pages.ts';
import { type Counter, card, cash, openCounter, popcorn } from '../support/till.ts';

const SIZES = [
  { width: 1280, height: 900 },
  { width: 360, height: 740 },
];

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a supervisor reads the evening: chart above table, by showing, day, method and cashier, by digits or by touch', async t => {
  const counter = await soldEvening(t);
  const { page, fetched } = await openOffice(t, counter);
  assert.deepEqual(fetched(/uPlot/i), [], 'whoever looks at the board fetches no charts');
  await page.getByRole('link', { name: 'Reports' }).click();
  const chart = page.getByRole('img', { name: /^Sales by showing, Sun,? 22 Nov 2026\. Net KES.2,800\. The most: / });
  await chart.locator('canvas').waitFor();
  assert.equal(fetched(/uPlot/i).length, 1);
  const { y = 0, height = 0 } = (await chart.boundingBox()) ?? {};
  const table = (await page.getByRole('table').boundingBox()) ?? { y: 0 };
  assert.ok(height > 60 && table.y > y, 'the chart stands above');
  await page.keyboard.press('4');
  await page.getByRole('heading', { name: 'Sales by cashier' }).waitFor();
  assert.deepEqual(await rowsOf(page), [
    'Amina 3 0 0 KES 1,800 KES 0 KES 1,800',
    'Online 2 0 0 KES 1,000 KES 0 KES 1,000',
    'Total 5 0 0 KES 2,800 KES 0 KES 2,800',
  ]);
  await page.getByRole('button', { name: 'Method' }).click();
  await page.getByRole('row', { name: /^Card 1 / }).waitFor();
  await page.getByRole('button', { name: 'Day', exact: true }).click();
  await page.getByRole('button', { name: 'Last 7 days' }).click();
  await page.getByRole('row', { name: /^Mon,? 16 Nov 0 / }).waitFor();
  assert.equal((await rowsOf(page)).length, 8);
  await page.getByLabel('From').fill('2026-11-21');
  await page.getByLabel('To').fill('2026-11-21');
  await page.getByText('Nothing was sold in this period.').waitFor();
  await page.getByLabel('From').fill('2026-11-30');
  await page.getByText(/^Choose a first day/).waitFor();
});

test('the table leaves as a file for a spreadsheet, and on paper with its chart', async t => {
  const { page } = await openOffice(t, await soldEvening(t), '/box-office/reports');
  await page.locator('canvas').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'For a spreadsheet (CSV)' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'sales-by-showing-2026-11-22-2026-11-22.csv');
  assert.match(
    await readFile(await download.path(), 'utf8'),
    /^\ufeffstarts at,title,screen,[\s\S]*Screen 9,5,0,0,2500,0,2500,KES\r\n/,
  );
  await page.getByRole('button', { name: 'Print' }).click();
  await page.waitForFunction(() => 'printed' in window);
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('#paper');
  await paper.getByRole('heading', { name: 'Sales by showing' }).waitFor();
  await page.waitForFunction(() => (document.querySelector('#paper canvas')?.getBoundingClientRect().width ?? 0) > 600);
  assert.match((await paper.getByRole('row', { name: /^Total/ }).innerText()).replaceAll('\u00a0', ' '), /KES 2,800/);
});

test('nothing to stumble over on a desk or a phone, in both languages', async t => {
  const { page } = await openOffice(t, await soldEvening(t), '/box-office/reports');
  for (const name of ['Showing', 'Day', 'Cashier']) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('heading', { name: `Sales by ${name.toLowerCase()}` }).waitFor();
    await page.locator('canvas').waitFor();
    await assertSoundInAllSizes(page, name);
  }
  await page.getByRole('button', { name: 'Kiswahili' }).click();
  await page.getByRole('heading', { name: 'Mauzo kwa mhudumu' }).waitFor();
  await page.getByRole('img', { name: /^Mauzo kwa mhudumu, .* Zilizobaki KES/ }).waitFor();
  await assertSoundInAllSizes(page, 'Swahili');
});

/** Two sales at the till, one by a customer alone. */
async function soldEvening(t: TestContext): Promise<Counter> {
  const counter = await openCounter(t);
  const { tiketi, amina, showing } = counter;
  await amina.sell([{ showingId: showing, quantity: 2 }], cash(1_000));
  await amina.sell([{ showingId: showing, quantity: 1 }], card('slip 1'));
  await amina.sell([popcorn(300)], cash(300));
  await bookAndPay(tiketi, showing);
  return counter;
}

async function openOffice(t: TestContext, { tiketi, baraka }: Counter, path = '/box-office/board') {
  const context = await browser.newContext({ viewport: SIZES[0] ?? null, reducedMotion: 'reduce', locale: 'en-GB' });
  t.after(() => context.close());
  const cookies = baraka.cookie.split('; ').map(pair => pair.split('='));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: tiketi.url })));
  await context.addInitScript('window.print = () => { window.printed = true; }');
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  page.on('console', message => assert.ok(!/Content Security Policy/.test(message.text()), message.text()));
  const addresses: string[] = [];
  page.on('request', request => void addresses.push(request.url()));
  await page.goto(tiketi.url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  return { page, fetched: (what: RegExp) => addresses.filter(address => what.test(address)) };
}

async function rowsOf(page: Page): Promise<string[]> {
  const rows = await page.locator('#page').locator('tbody tr, tfoot tr').allInnerTexts();
  return rows.map(row => row.replace(/\s+/g, ' ').trim());
}

async function assertSoundInAllSizes(page: Page, what: string) {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    assert.deepEqual(await stumblingBlocks(page), [], what);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= size.width, `${what} is ${wide} pixels wide`);
  }
}
