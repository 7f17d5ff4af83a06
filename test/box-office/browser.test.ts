import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { openCuttableLine } from '../support/cut-line.ts';
import { MANAGER, openOffice } from '../support/office.ts';
import { addStaff, enrolTill, PIN } from '../support/people.ts';
import type { Tiketi } from '../support/tiketi.ts';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a manager hires and enrols a till by link; the cashier signs in there with a PIN, locks and unlocks', async t => {
  const { tiketi } = await openOffice(t);
  const office = await openAt(t, tiketi, '/box-office');
  await office.getByLabel('Name').fill(MANAGER.MANAGER_NAME);
  await office.getByLabel('Password').fill(MANAGER.MANAGER_PASSWORD);
  await office.getByRole('button', { name: 'Sign in', exact: true }).click();
  await office.getByRole('link', { name: 'People' }).click();
  await hire(office, 'Amina', PIN);
  const link = await makeCode(office, 'Till 1');

  const till = await openAt(t, tiketi, link.replace(/^.*?(?=\/box-office)/, ''));
  await till.getByRole('button', { name: 'Enrol' }).click();
  await till.getByText('This is Till 1').waitFor();
  await office.getByText('Till 1 is enrolled.').waitFor();
  await office.getByRole('button', { name: 'Done' }).click();

  await till.getByRole('radio', { name: 'Amina' }).check();
  await till.getByLabel('PIN', { exact: true }).fill('1379');
  await till.getByRole('button', { name: 'Sign in', exact: true }).click();
  await till.getByText('Name and PIN or password do not fit.').waitFor();
  await till.getByLabel('PIN', { exact: true }).fill(PIN);
  await till.keyboard.press('Enter');
  await till.getByText('Cashier · Till 1').waitFor();
  assert.equal(await till.getByRole('link', { name: 'People' }).count(), 0, 'not for cashiers');
  await unlocksAgain(till);

  await office.getByRole('button', { name: 'Revoke: Till 1' }).click();
  await office.getByRole('button', { name: 'Really revoke: Till 1' }).click();
  await till.getByRole('heading', { name: 'Sign in' }).waitFor();
});

/** What was on the page is there again, in the same element. */
async function unlocksAgain(till: Page) {
  await till.locator('#page > *').first().waitFor();
  await till.evaluate(() => document.querySelector('#page > *')?.setAttribute('data-seen', 'before'));
  await till.getByRole('button', { name: 'Lock the screen' }).click();
  await till.getByRole('heading', { name: 'Locked' }).waitFor();
  assert.equal(await till.locator('#page').isVisible(), false);
  await till.keyboard.press('Escape');
  await till.keyboard.press('Escape');
  await till.getByRole('heading', { name: 'Locked' }).waitFor(); // Escape is no way out.
  assert.equal(await till.locator('#page').isVisible(), false);
  await till.getByLabel('PIN', { exact: true }).fill('1379');
  await till.keyboard.press('Enter');
  await till.getByText('The PIN or password is wrong').waitFor();
  await till.getByLabel('PIN', { exact: true }).fill(PIN);
  await till.getByRole('button', { name: 'Unlock' }).click();
  await till.getByRole('button', { name: 'Lock the screen' }).waitFor();
  assert.equal(await till.locator('#page [data-seen="before"]').count(), 1);
}

test('a screen that was locked is locked after a reload, and in its other tabs', async t => {
  const { tiketi, till } = await openTill(t);
  const other = await till.context().newPage();
  await other.goto(`${tiketi.url}/box-office`);
  await other.getByRole('button', { name: 'Lock the screen' }).waitFor();
  await till.getByRole('button', { name: 'Lock the screen' }).click();
  await other.getByRole('heading', { name: 'Locked' }).waitFor();
  await till.reload();
  await till.getByRole('heading', { name: 'Locked' }).waitFor();
  await till.getByRole('button', { name: 'Sign out' }).click();
  await other.getByLabel('PIN', { exact: true }).fill(PIN);
  await other.keyboard.press('Enter');
  await other.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a connection that is lost is said at once, and its return too', async t => {
  const { tiketi, till } = await openTill(t);
  const line = await openCuttableLine(till);
  await till.goto(`${tiketi.url}/box-office`);
  await till.getByText('Barbie').first().waitFor(); // It came over the connection, so that is open.
  await line.cut();
  await till.locator('.stale-bar', { hasText: 'What you see is as of 15:00' }).waitFor();
  line.mend();
  await till.locator('.stale-bar').waitFor({ state: 'detached', timeout: 20_000 }); // It tries again every 1 to 9 s.
});

test('speaks Swahili, and remembers it', async t => {
  const { till } = await openTill(t);
  await till.getByRole('button', { name: 'Kiswahili' }).click();
  await till.getByRole('button', { name: 'Funga skrini' }).waitFor();
  await till.reload();
  await till.getByRole('button', { name: 'Funga skrini' }).waitFor();
  assert.equal(await till.getAttribute('html', 'lang'), 'sw');
});

test('nothing that a screen reader would stumble over, signed in or not, at 360 and 1280 pixels', async t => {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  const till = await enrolTill(tiketi, manager);
  for (const viewport of [PHONE, DESK]) {
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(`${tiketi.url}/box-office/enrol#ABCDEFGHJK`);
    await isSound(page, 'Enrol this device');
    await page.goto(`${tiketi.url}/box-office`);
    await isSound(page, 'Sign in');
    await context.addCookies(cookies(tiketi, till.cookie));
    await page.reload();
    await page.getByRole('radio', { name: 'Amina' }).waitFor();
    await isSound(page, 'Sign in');
    await context.addCookies(cookies(tiketi, manager.cookie));
    await page.goto(`${tiketi.url}/box-office/people`);
    await page.getByText('Amina', { exact: true }).waitFor();
    await isSound(page, 'People');
    await page.getByRole('button', { name: 'Change Amina' }).click();
    await isSound(page, 'Change Amina');
    await page.keyboard.press('Escape');
    await makeCode(page, 'Door');
    await isSound(page, 'Enrol a device');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Lock the screen' }).click();
    await isSound(page, 'Locked');
    await page.getByLabel('Password').fill(MANAGER.MANAGER_PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Lock the screen' }).waitFor();
  }
});

async function isSound(page: Page, heading: string) {
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' ')}`);
  });
  assert.deepEqual(found, [], heading);
  const width = page.viewportSize()?.width ?? 0;
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${heading} at ${width}`);
}

async function openAt(t: TestContext, tiketi: Tiketi, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: DESK, reducedMotion: 'reduce' });
  t.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  page.on('console', message => assert.ok(!/Content Security Policy/.test(message.text()), message.text()));
  await page.goto(tiketi.url + path);
  return page;
}

/** Amina's till, signed in. */
async function openTill(t: TestContext) {
  const { tiketi, manager } = await openOffice(t);
  await addStaff(manager, { name: 'Amina', role: 'cashier', venueId: 1 });
  const { cookie } = await enrolTill(tiketi, manager);
  const till = await openAt(t, tiketi, '/');
  await till.context().addCookies(cookies(tiketi, cookie));
  await till.goto(`${tiketi.url}/box-office`);
  await till.getByRole('radio', { name: 'Amina' }).check();
  await till.getByLabel('PIN', { exact: true }).fill(PIN);
  await till.keyboard.press('Enter');
  await till.getByRole('button', { name: 'Lock the screen' }).waitFor();
  return { tiketi, manager, till };
}

async function hire(page: Page, name: string, pin: string) {
  await page.getByRole('button', { name: 'Add somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel(/^PIN/).fill('1234');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Too easy to guess').waitFor();
  await dialog.getByLabel(/^PIN/).fill(pin);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`${name} is saved.`).first().waitFor();
}

async function makeCode(page: Page, name: string): Promise<string> {
  await page.getByRole('button', { name: 'Enrol a device' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('What is it called?').fill(name);
  await dialog.getByRole('button', { name: 'Make a code' }).click();
  await dialog.getByRole('img', { name: 'QR code of the link' }).waitFor();
  return dialog.getByRole('link').innerText();
}

function cookies({ url }: Tiketi, cookie: string) {
  const [name = '', value = ''] = cookie.split('=');
  return [{ name, value, url }];
}
