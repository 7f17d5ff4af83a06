import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { openBrowser } from '../support/chromium.ts';
import { bookAndPay } from '../support/office.ts';
import { openBoxOffice } from '../support/people.ts';
import { programmer } from '../support/programme.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a manager adds a movie with a poster and a week’s schedule, and both appear on an open storefront by themselves', async t => {
  const { page, tiketi } = await openProgramme(t);
  const storefront = await page.context().newPage();
  await storefront.goto(tiketi.url);
  await storefront.locator('.slot').first().waitFor();
  await addMovie(page);
  await page.getByText('Saved.').first().waitFor();
  await page.getByRole('button', { name: 'Showings', exact: true }).click();
  await page.getByRole('button', { name: 'Add showings' }).click();
  await page.getByLabel('Movie').selectOption({ label: 'The Long Rain' });
  await page.getByLabel('Screen', { exact: true }).fill('Roof terrace');
  await page.getByLabel(/^Price/).fill('650');
  await page.getByLabel('Places').fill('45');
  await page.getByLabel('Time 1').fill('20:30');
  await page.getByRole('button', { name: 'Another time' }).click();
  await page.getByLabel('Time 2').fill('21:00');
  await page.getByRole('button', { name: 'Show what this makes' }).click();
  await page.getByText(/^Nothing is made while something is in the way: 14/).waitFor();
  await page.getByLabel('Time 2').fill('17:00');
  await page.getByRole('button', { name: 'Show what this makes' }).click();
  await page.getByRole('button', { name: 'Make 14 showings' }).click();
  await page.getByText('Made: 14. They are on sale now.').first().waitFor();
  await storefront.getByRole('button', { name: 'Tomorrow' }).click();
  await storefront.getByRole('heading', { name: 'The Long Rain' }).waitFor();
  const poster = storefront.locator('img[src$="-small.webp"]').first();
  await poster.scrollIntoViewIfNeeded();
  assert.equal(await poster.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)), 400);
  await storefront.getByRole('link', { name: /20:30.*650/ }).waitFor();
});

test('moving and cancelling say first whom they touch; the customer’s page follows', async t => {
  const { page, tiketi, manager } = await openProgramme(t);
  const { addShowing } = programmer(tiketi, manager.cookie);
  const { showingId, title } = await addShowing({ screen: 'Roof', startsAt: '2026-11-22T17:15:00Z' });
  const { bookingId } = await bookAndPay(tiketi, showingId);
  const customer = await page.context().newPage();
  await customer.goto(`${tiketi.url}/bookings/${bookingId}`);
  await customer.getByText('You are booked').first().waitFor();
  const row = page.getByRole('row', { name: /20:15.*Roof/ });
  await row.getByRole('button', { name: /^Edit/ }).click();
  await page.getByLabel('Time', { exact: true }).fill('21:45');
  await page.getByLabel(/^Price/).fill('800');
  await page.getByRole('button', { name: 'Save' }).click();
  await page
    .getByText(/from Sun,? 22 Nov 20:15, Roof to Sun,? 22 Nov 21:45, Roof\. Bookings that are told: 1\./)
    .waitFor();
  await page.getByRole('button', { name: 'Move it and tell them' }).click();
  await customer.getByText(/This showing was moved\. It was to be: Today.*20:15, Roof/).waitFor();
  const moved = page.getByRole('row', { name: /21:45.*Roof.*KES.800/ });
  await moved.getByRole('button', { name: /^Cancel/ }).click();
  await page.getByText(/^Bookings that end: 1 \(2 places sold, 0 held\)/).waitFor();
  await page.getByLabel(/^Why/).fill('The projector broke');
  await page.getByRole('button', { name: 'Cancel this showing' }).click();
  await page.getByRole('row', { name: /21:45.*Roof.*Cancelled/ }).waitFor();
  await customer
    .getByText(/cancelled/i)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Who changed what' }).click();
  await page.getByText('cancelled the showing: The projector broke').waitFor();
  assert.ok((await page.getByText(title).count()) > 0);
});

test('the page is for everybody: nothing serious to find in any of its parts, on a phone’s width too, in both languages', async t => {
  const { page } = await openProgramme(t);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const tab of ['Movies', 'Cinema', 'Who changed what', 'Showings']) {
    await page.getByRole('button', { name: tab, exact: true }).click();
    await assertSound(page, tab);
  }
  for (const [button, title] of [
    ['Add showings', 'Add showings'],
    [/^Edit/, 'Price'],
    [/^Cancel/, 'Why'],
  ] as const) {
    await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('dialog').getByText(title).first().waitFor();
    await assertSound(page, title);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: 'Kiswahili' }).click();
  await page.getByRole('heading', { name: 'Ratiba' }).waitFor();
  await page.getByRole('button', { name: 'Ongeza maonyesho' }).waitFor();
});

async function addMovie(page: Page) {
  const bytes = await sharp({ create: { width: 600, height: 900, channels: 3, background: '#1d6b4a' } })
    .png()
    .toBuffer();
  await page.getByRole('button', { name: 'Movies' }).click();
  await page.getByRole('button', { name: 'Add a movie' }).click();
  await page.getByLabel('Title').fill('The Long Rain');
  await page.getByLabel('Description').fill('It rains. For long.');
  await page.getByLabel('Minutes').fill('100');
  await page.getByLabel('Rating').fill('PG');
  const words = { name: 'poster.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
  await page.getByLabel('Poster', { exact: true }).setInputFiles(words);
  await page.getByText('This is no whole JPEG, PNG or WebP picture').waitFor();
  await page.getByLabel('Poster', { exact: true }).setInputFiles({ ...words, buffer: bytes });
  await page.locator('dialog img[src$="-small.webp"]').waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
}

async function openProgramme(t: TestContext) {
  const { tiketi, manager } = await openBoxOffice(t);
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Africa/Nairobi' });
  t.after(() => context.close());
  const [name = '', value = ''] = manager.cookie.split('=');
  await context.addCookies([{ name, value, url: tiketi.url }]);
  const page = await context.newPage();
  page.on('pageerror', error => assert.fail(error));
  await page.goto(`${tiketi.url}/box-office/programme`);
  await page.getByRole('button', { name: 'Add showings' }).waitFor();
  await page.locator('.sheet').first().waitFor();
  return { tiketi, manager, page };
}

async function assertSound(page: Page, what: string) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
  assert.deepEqual(found, [], what);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 360, `${what} is ${width} pixels wide`);
}
