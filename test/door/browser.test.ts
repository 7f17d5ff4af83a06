import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page, Route } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { rowsOf } from '../support/office.ts';
import { PHONE_SIZE, shows, stumblingBlocks } from '../support/pages.ts';
import { PIN } from '../support/people.ts';
import { type Door, openDoor, scan } from './door.ts';
import { filmOf } from './fake-camera.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a ticket held before the phone’s camera is let in, once, however long it is held there', async t => {
  const door = await openDoor(t);
  const withCamera = await openBrowser(await filmOf(t, `test${door.first}`));
  t.after(() => withCamera.close());
  const page = await openDoorPage(t, withCamera, door);
  let scans = 0;
  await page.route('**/admissions', route => {
    scans += 1;
    return route.continue();
  });
  await page.getByRole('button', { name: 'Scan with the camera' }).tap();
  await verdict(page, 'Let in');
  await counts(page, '1 of 2 are in');
  await page.locator('.verdict').waitFor({ state: 'hidden' }); // By itself, after its 4 seconds.
  assert.equal(scans, 1);
  const [ticket] = await rowsOf<{ admittedWhere: string }>(
    door.tiketi,
    `select admittedWhere from ticket where state = 'admitted'`,
  );
  assert.equal(ticket?.admittedWhere, 'Till of Amina');
});

test('a handheld scanner works wherever the focus is, and every verdict says in both languages what to do', async t => {
  const { tiketi, amina, page, first, second, showingId } = await openPage(t);
  await shoot(page, first);
  await verdict(page, 'Let in');
  await page.locator('.verdict').getByText('Aingie').waitFor();
  await scan(amina, second, showingId);
  tiketi.clock.move(3 * 60_000);
  await page.getByLabel('Code on the ticket').focus();
  await shoot(page, second);
  await verdict(page, 'Already in');
  await shows(page, /by Amina at Till of Amina/);
  assert.equal(await page.getByLabel('Code on the ticket').inputValue(), '', 'nothing of it is left in the field');
  await page.locator('.verdict').tap();
  await page.locator('.verdict').waitFor({ state: 'hidden' });
  await shoot(page, 'not-a-ticket-at-all');
  await verdict(page, 'Not a ticket of ours');
  await page.keyboard.press('Escape');
  await page.locator('.verdict').waitFor({ state: 'hidden' });
});

test('a scanner that types capitals with Shift is read all the same', async t => {
  const { page, first } = await openPage(t);
  const keys = [...first.toUpperCase()].flatMap(key => (/[A-F]/.test(key) ? ['Shift', key] : [key]));
  await page.evaluate(
    pressed => {
      for (const key of pressed) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    },
    [...keys, 'Enter'],
  );
  await verdict(page, 'Let in');
});

test('a code can be typed', async t => {
  const { page, first } = await openPage(t);
  await page.getByLabel('Code on the ticket').fill(first);
  await page.getByRole('button', { name: 'Check' }).tap();
  await verdict(page, 'Let in');
});

test('the counts move while one looks, whoever scans', async t => {
  const { page, hire, first, showingId } = await openPage(t);
  await counts(page, '0 of 2 are in');
  await scan(await hire('Baraka'), first, showingId);
  await counts(page, '1 of 2 are in');
});

test('the network is cut: the page says so at once, checks nothing, and is right again by itself', async t => {
  const { tiketi, page, first } = await openPage(t);
  await counts(page, '0 of 2 are in');
  await page.context().setOffline(true);
  await shows(page, 'No connection: tickets are not checked');
  await shoot(page, first);
  await verdict(page, 'Not checked');
  await shows(page, 'Do not let anybody in by this screen.');
  assert.deepEqual(await rowsOf(tiketi, `select id from ticket where state = 'admitted'`), []);
  await page.locator('.verdict').tap();
  await page.context().setOffline(false);
  await page.getByText('No connection: tickets are not checked').waitFor({ state: 'hidden' });
  await shoot(page, first);
  await verdict(page, 'Let in');
});

test('the answer to an older scan is never shown as the current one', async t => {
  const { page, first } = await openPage(t);
  const held = await holdAnswer(page, first);
  await shoot(page, first);
  await held.arrived;
  await shoot(page, 'something-else-entirely');
  await verdict(page, 'Not a ticket of ours');
  held.release();
  await shows(page, 'Let in: the answer came late');
  await verdict(page, 'Not a ticket of ours');
});

test('a server that does not answer in time lets nobody in; the same ticket again is no second entry', async t => {
  const { page, first } = await openPage(t);
  const held = await holdAnswer(page, first);
  await shoot(page, first);
  await verdict(page, 'Not checked');
  await shows(page, 'The server did not answer.');
  await page.locator('.verdict').tap();
  await shoot(page, first);
  await verdict(page, 'Let in');
  await counts(page, '1 of 2 are in');
  held.release();
});

test('a phone that comes back out of a pocket does not show what it showed then', async t => {
  const { page, first } = await openPage(t);
  await shoot(page, first);
  await verdict(page, 'Let in');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.locator('.verdict').waitFor({ state: 'hidden', timeout: 1_000 });
});

test('an entry by mistake is undone with a supervisor’s PIN on the same screen', async t => {
  const { page, hire, first } = await openPage(t);
  await hire('Salma', 'supervisor');
  await shoot(page, first);
  await verdict(page, 'Let in');
  await page.locator('.verdict').tap();
  await page.getByRole('button', { name: /^Undo the entry/ }).tap();
  await page.getByLabel('Reason').fill('the wrong phone');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).tap();
  await page.getByLabel('PIN').fill(PIN);
  await page.getByRole('button', { name: 'Approve' }).tap();
  await shows(page, /is good again/);
  await counts(page, '0 of 2 are in');
});

test('nothing that anybody would stumble over at the door, at 360 and 1280 pixels, in both languages', async t => {
  const door = await openDoor(t);
  for (const [width, language] of [
    [360, 'en'],
    [1280, 'sw'],
  ] as const) {
    const page = await openDoorPage(t, browser, door, width);
    if (language === 'sw') await page.getByRole('button', { name: 'Kiswahili' }).click(); // It has the focus now, and a scanner’s Enter must not press it.
    const look = async (what: string) => {
      assert.deepEqual(await stumblingBlocks(page), [], `${what} at ${width}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${what} at ${width}`);
    };
    await look('waiting');
    await shoot(page, door.first);
    await page.locator('.verdict[data-kind=good], .verdict[data-kind=bad]').waitFor();
    await look('a verdict');
    await page.locator('.verdict').click();
    await look('the list');
  }
});

async function openPage(t: TestContext) {
  const door = await openDoor(t);
  return { ...door, page: await openDoorPage(t, browser, door) };
}

/** The door on somebody's phone, who is signed in; what its console complains about fails the test. */
async function openDoorPage(t: TestContext, on: Browser, door: Door, width = PHONE_SIZE.width) {
  const { url } = door.tiketi;
  const isPhone = width === PHONE_SIZE.width;
  const context = await on.newContext({
    viewport: { width, height: PHONE_SIZE.height },
    isMobile: isPhone,
    hasTouch: isPhone,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  t.after(() => context.close());
  const cookies = door.amina.cookie.split('; ').map(pair => pair.split('='));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url })));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  page.on('console', message => assert.ok(!/Content Security Policy/.test(message.text()), message.text()));
  await page.goto(`${url}/door`);
  await page.getByLabel('Showing').selectOption(String(door.showingId)); // The sample programme has others tonight.
  return page;
}

/** As a handheld scanner does: keys without a pause, then Enter. */
async function shoot(page: Page, code: string) {
  await Promise.all([...code, 'Enter'].map(key => page.keyboard.press(key)));
}

async function verdict(page: Page, word: string) {
  await page.locator('.verdict').getByRole('heading', { name: word, exact: true }).waitFor();
}

async function counts(page: Page, sentence: string) {
  await page.getByRole('progressbar', { name: sentence }).waitFor();
}

/** The network keeps the answer to the first scan of this code, which the server has given. */
async function holdAnswer(page: Page, code: string) {
  const held = Promise.withResolvers<Route>();
  const released = Promise.withResolvers<void>();
  let isFirst = true;
  await page.route('**/admissions', async route => {
    if (!isFirst || !route.request().postData()?.includes(code)) return route.continue();
    isFirst = false;
    const response = await route.fetch();
    held.resolve(route);
    await released.promise;
    await route.fulfill({ response });
  });
  return { arrived: held.promise, release: () => released.resolve() };
}
