import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { openOnPhone, PHONE_SIZE, shows, stumblingBlocks } from '../support/pages.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const CALLBACK_MS = 2_000;

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a customer books, pays with a PIN on a simulated phone and watches the page confirm itself', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.goto(tiketi.url);
  await page.getByRole('link', { name: /KES/ }).first().tap();
  await page.getByRole('button', { name: 'One more place' }).tap();
  await page.getByLabel('Phone number').fill('0712 345 678');
  await page.getByRole('button', { name: 'Hold my places' }).tap();
  await page.waitForURL(/\/bookings\/[0-9a-f]{32}$/);
  await shows(page, 'Your places are held');
  await page.getByRole('button', { name: /^Pay KES/ }).tap();
  await shows(page, 'Check your phone and enter your M-Pesa PIN');
  await enterPinOnItsPage(tiketi, page.context());
  await tiketi.pass(CALLBACK_MS);
  await shows(page, 'You are booked');
  await shows(page, tiketi.simulator.ledger.debits[0]?.receiptNumber ?? 'no receipt');
  await page
    .getByAltText(/QR code/)
    .or(page.getByRole('img', { name: /QR code/ }))
    .nth(1)
    .waitFor();
  assert.equal(await page.getByText(/Ticket \d of 2/).count(), 2);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE_SIZE.width);
  assert.equal((await page.getByText('Test mode').count()) > 0, true, 'test mode is written on the page');
});

test('closes the tab during the prompt, opens the storefront later and finds the booking there, paid', async t => {
  const { tiketi, page } = await openPhone(t);
  await payOnPage(tiketi, page);
  const context = page.context();
  await page.close();
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  const later = await context.newPage();
  await later.goto(tiketi.url);
  await later.getByRole('heading', { name: 'Your bookings' }).waitFor();
  await later.locator('a[href^="/bookings/"]').first().click();
  await shows(later, 'You are booked');
});

test('the socket drops during the prompt: the page comes back by itself and shows what happened meanwhile', async t => {
  const { tiketi, page } = await openPhone(t);
  const sockets: { close(): Promise<void> }[] = [];
  await page.routeWebSocket(/socket\.io/, socket => {
    socket.connectToServer();
    sockets.push(socket);
  });
  await payOnPage(tiketi, page);
  await eventually(() => sockets.length === 1);
  await sockets[0]?.close();
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await shows(page, 'You are booked');
});

test('the browser cannot open a socket at all: plain questions do the same', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.routeWebSocket(/socket\.io/, socket => void socket.close());
  await page.clock.install({ time: new Date('2026-11-22T12:00:00Z') });
  await payOnPage(tiketi, page);
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await eventually(async () => {
    await page.clock.runFor(10_000); // As often as it asks: what the page waits for in between comes in real time.
    return page.getByText('You are booked').first().isVisible();
  });
  await shows(page, 'You are booked');
});

test('the phone’s clock is three hours wrong: the countdown is right all the same', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.clock.install({ time: new Date('2026-11-22T15:00:00Z') });
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  await page.goto(`${tiketi.url}/bookings/${booking.bookingId}`);
  await shows(page, 'Your places are held');
  await page
    .getByText(/\b(10:00|0?9:5\d)\b/)
    .first()
    .waitFor();
});

test('cancels on the phone: the page says why, and offers another try when M-Pesa takes it and not before', async t => {
  const { tiketi, page } = await openPhone(t);
  await payOnPage(tiketi, page);
  tiketi.phone.cancel();
  await tiketi.pass(CALLBACK_MS);
  await shows(page, 'You cancelled the payment on your phone.');
  const wait = page.getByRole('button', { name: /Try again in/ });
  await wait.waitFor();
  assert.equal((await wait.getAttribute('aria-disabled')) === 'true' || (await wait.isDisabled()), true);
});

test('waits too long: the hold ends on the page, and the places are offered again', async t => {
  const { tiketi, page } = await openPhone(t);
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  await page.goto(`${tiketi.url}/bookings/${booking.bookingId}`);
  await shows(page, 'Your places are held');
  await tiketi.pass(10 * 60_000 + 1_000);
  await shows(page, 'Your hold ended');
  await page.getByRole('link', { name: 'Book again' }).waitFor();
});

test('pays too late for a full house: the page says what is owed, and whom to ask', async t => {
  const { tiketi, page } = await openPhone(t, {
    HOLD_MINUTES: '2',
    HOLD_CAP_MINUTES: '4',
    DARAJA_QUERIES_PER_MINUTE: '0.01',
  });
  while (await tiketi.server.parts.lines.get('daraja')?.queries.take()); // Otherwise the janitor finds out in time.
  tiketi.fault('callback-late');
  const showing = await tiketi.addShowing({ capacity: 1 });
  const booking = await tiketi.customer.book(showing, 1);
  await page.goto(`${tiketi.url}/bookings/${booking.bookingId}`);
  await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(5 * 60_000);
  await shows(page, 'Do not pay again');
  await tiketi.pass(4 * 60_000);
  await tiketi.customer.book(showing, 1);
  await tiketi.pass(65_000);
  await shows(page, /We owe you a refund of KES/);
  await shows(page, '+254 20 000 0000');
});

test('places that others take disappear from the page of a showing as one looks', async t => {
  const { tiketi, page } = await openPhone(t);
  const showing = await tiketi.addShowing({ capacity: 7 });
  await page.goto(`${tiketi.url}/showings/${showing}`);
  await shows(page, 'Last 7 places');
  await tiketi.customer.book(showing, 4);
  await shows(page, 'Last 3 places');
});

test('a wrong number is told under its field, and nothing that was typed is lost', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.goto(`${tiketi.url}/showings/${await tiketi.addShowing()}`);
  await page.getByLabel('Your name').fill('Amani');
  await page.getByLabel('Phone number').fill('12345');
  await page.getByRole('button', { name: 'Hold my places' }).tap();
  const field = page.getByLabel('Phone number');
  await page.locator('[aria-invalid=true]').waitFor();
  const described = await field.getAttribute('aria-describedby');
  const said = await page
    .locator(
      (described ?? '')
        .split(' ')
        .map(id => `#${id}`)
        .join(', '),
    )
    .allInnerTexts();
  assert.match(said.join(' '), /digits are missing|not a mobile number/);
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Amani');
  assert.equal(await field.inputValue(), '12345');
});

test('speaks Swahili when asked to, on every page, and remembers it', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.goto(tiketi.url);
  await page.getByRole('button', { name: 'Kiswahili' }).tap();
  await page.getByRole('heading', { name: 'Filamu zilizopo' }).waitFor();
  assert.equal(await page.getAttribute('html', 'lang'), 'sw');
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  await page.goto(`${tiketi.url}/bookings/${booking.bookingId}`);
  await shows(page, 'Nafasi zako zimeshikiliwa');
});

test('without Pesapal the Tanzanian cinema is listed all the same, and says that payment opens soon', async t => {
  const { tiketi, page } = await openPhone(t, { PESAPAL_CONSUMER_KEY: '', PESAPAL_CONSUMER_SECRET: '' });
  await page.goto(tiketi.url);
  await page.getByRole('button', { name: 'Dar es Salaam' }).tap();
  await shows(page, 'Payment opens soon');
  assert.equal(await page.locator('a[href="/pay"]').count(), 0);
});

test('nothing that a screen reader would stumble over, on any page, at 360 and 1280 pixels', async t => {
  const tiketi = await openTiketi(t);
  const showing = await tiketi.addShowing();
  const held = await tiketi.customer.book(showing, 2);
  const paid = await tiketi.customer.book(showing, 2);
  const watch = await tiketi.customer.watch(paid.bookingId);
  await tiketi.customer.pay(paid.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await watch.untilState('confirmed');
  for (const width of [360, 1280])
    for (const path of ['/', `/showings/${showing}`, `/bookings/${held.bookingId}`, `/bookings/${paid.bookingId}`]) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
      await page.goto(tiketi.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.deepEqual(await stumblingBlocks(page), [], `${path} at ${width}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${path} at ${width}`);
      await page.close();
    }
});

const openPhone = (t: TestContext, settings: Record<string, string> = {}) => openOnPhone(t, browser, settings);

async function payOnPage(tiketi: Tiketi, page: Page) {
  const booking = await tiketi.customer.book(await tiketi.addShowing());
  await page.goto(`${tiketi.url}/bookings/${booking.bookingId}`);
  await page.getByLabel(/Number that pays/).fill('0712 345 678');
  await page.getByRole('button', { name: /^Pay KES/ }).tap();
  await shows(page, 'Check your phone and enter your M-Pesa PIN');
}

/** The simulated phone’s own page, as somebody who demonstrates Tiketi uses it. */
async function enterPinOnItsPage({ simulator, simulatorUrl }: Tiketi, context: BrowserContext) {
  const phone = await context.newPage();
  await phone.goto(simulatorUrl);
  const prompt = phone.getByRole('dialog');
  for (const digit of '1234') await prompt.getByRole('button', { name: digit, exact: true }).tap();
  await prompt.getByRole('button', { name: /^(OK|Send|Pay)/ }).tap();
  await eventually(() => simulator.ledger.debits.length === 1);
  await phone.close();
}
