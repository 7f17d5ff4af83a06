import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { stumblingBlocks } from '../support/pages.ts';
import { atTill, openCounter } from '../support/till.ts';
import { DESK, keyOfShowing, openTillPage, PHONE_WIDE, press, untilClosed } from './counter-page.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

for (const [size, language] of [
  [PHONE_WIDE, 'en'],
  [DESK, 'sw'],
] as const)
  test(`nothing to stumble over at the till, ${size.width} px wide, in ${language}`, async t => {
    const counter = await openCounter(t);
    const page = await openTillPage(t, browser, counter, size);
    if (language === 'sw') await page.getByRole('button', { name: 'Kiswahili' }).click();
    const isSound = (what: string) => sound(page, what, size.width);
    const show = await keyOfShowing(page, 'Screen 9');
    await isSound('nobody');
    await press(page, show, '3', '*');
    await page.locator('#charge-purpose').waitFor();
    await isSound('a basket and a charge');
    await page.locator('#charge-purpose').press('Escape');
    for (const way of ['F5', 'F6', 'F7', 'F8', 'F9', 'F10']) {
      if (way === 'F5') await press(page, 'Enter', 'F2');
      await press(page, way);
      await isSound(`paying, ${way}`);
    }
    await press(page, 'F6');
    await page.locator('#pay-phone').fill('123');
    await press(page, 'Enter');
    await isSound('a wrong number');
    await page.locator('#pay-phone').fill('0712345678');
    await press(page, 'Enter');
    await page.locator('.till-customer .aside-card[data-kind=wait]').waitFor();
    await page.locator('.till-actions button').nth(3).click();
    await page.locator('.till-qr').waitFor();
    await isSound('waiting, with the link');
    await page.locator('.till-actions button').filter({ hasText: /1.500/ }).click();
    await page.locator('dialog[open]').waitFor();
    await isSound('a question');
    await page.keyboard.press('Escape');
    await untilClosed(page);
    await press(page, 'F1', 'Enter');
    await page.locator('#pay-given').waitFor();
    await page.locator('#pay-given').fill('9000');
    await press(page, 'Enter');
    await page.locator('.till-change').waitFor();
    await isSound('paid, with change, and somebody waiting');
    await page.locator('.till-side > button').click();
    await page.locator('dialog[open] li').first().waitFor();
    await isSound('the latest sales');
  });

test('nothing to stumble over without a shift, and with a page of the gateway’s own to be paid on', async t => {
  const { tiketi, hire } = await openCounter(t);
  const zuberi = atTill(tiketi, await hire('Zuberi', 'cashier', 2));
  const page = await openTillPage(t, browser, { tiketi, amina: zuberi }, PHONE_WIDE);
  await page.getByRole('heading', { name: 'You have no open shift' }).waitFor();
  await sound(page, 'no shift', PHONE_WIDE.width);
  await page.getByLabel('Cash in the drawer, in TZS').fill('0');
  await page.getByRole('button', { name: 'Open the shift' }).click();
  await page.getByRole('heading', { name: 'Next, please' }).waitFor();
  await press(page, 'F1', 'Enter', 'F6');
  await page.getByLabel('Phone that pays').fill('0754 345 678');
  await page.getByRole('button', { name: 'M-Pesa', pressed: true }).waitFor(); // As the number says.
  await sound(page, 'a network to choose', PHONE_WIDE.width);
  await press(page, 'Enter');
  await page.getByRole('img', { name: /^QR code of the page/ }).waitFor();
  await sound(page, 'the gateway’s own page', PHONE_WIDE.width);
});

async function sound(page: Page, what: string, width: number) {
  assert.deepEqual(await stumblingBlocks(page), [], what);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${what} is too wide`);
}
