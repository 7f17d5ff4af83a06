import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page, Response } from 'playwright-core';
import { magicNumberTz } from '../../server/simulator/pesapal/fault.ts';
import { type PesapalFaultName, pesapalFaultCalled } from '../../server/simulator/pesapal/faults.ts';
import { openBrowser } from '../support/chromium.ts';
import { eventually } from '../support/eventually.ts';
import { openOnPhone, PHONE_SIZE, shows, stumblingBlocks } from '../support/pages.ts';
import type { Tiketi } from '../support/tiketi.ts';

const NOTICE_MS = 2_000;
const MAGIC_MS = 3_000; // Magic numbers answer by themselves.
const PHONE = '255713123456';
const HOSTED = '**/PesapalIframe3/**';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a customer in Dar es Salaam books, pays on Pesapal’s page in the frame, and the page around it confirms itself', async t => {
  const { tiketi, page } = await openPhone(t);
  let loads = 0;
  page.on('response', response => void (isHostedPage(response) && loads++));
  await page.goto(tiketi.url);
  await page.getByRole('button', { name: 'Dar es Salaam' }).tap();
  await page.getByRole('link', { name: /TZS/ }).first().tap();
  await page.getByRole('button', { name: 'Hold my places' }).tap();
  await page.waitForURL(/\/bookings\/[0-9a-f]{32}$/);
  await page.getByLabel('Number that pays').fill('0713 123 456');
  await page.getByRole('button', { name: /^Pay TZS\s[\d,]+ with Mixx by Yas/ }).tap();
  await shows(page, 'Finish the payment on the Pesapal page');
  await shows(page, 'Choose Mixx by Yas there.');
  await payInFrame(page, 'Mixx by Yas');
  await enterPin(tiketi);
  await shows(page, 'You are booked');
  assert.equal(loads, 1, 'neither the countdown nor news loads the page again');
  assert.equal(await page.locator('iframe').count(), 0);
  await shows(page, tiketi.simulator.ledger.debits[0]?.receiptNumber ?? 'no receipt');
});

test('cancels the request on the phone: the page says so, and another number may pay at once', async t => {
  const { tiketi, page } = await openPhone(t);
  await openHosted(tiketi, page);
  await payInFrame(page, 'Mixx by Yas');
  await eventually(() => phoneAsked(tiketi));
  tiketi.phone.cancel(PHONE);
  await tiketi.pass(NOTICE_MS);
  await shows(page, 'The payment did not go through');
  await page.getByRole('button', { name: /^Try again in/ }).waitFor();
  await page.getByLabel('Number that pays').fill('0754 123 457');
  await shows(page, 'This is another number');
  await page.getByRole('button', { name: /^Try again: Pay TZS\s[\d,]+ with M-Pesa/ }).tap();
  await shows(page, 'Choose M-Pesa there.');
  await payInFrame(page, 'M-Pesa');
  await enterPin(tiketi, '255754123457');
  await shows(page, 'You are booked');
});

test('changes their mind on Pesapal’s page: back on ours, everything is as it was', async t => {
  const { tiketi, page } = await openPhone(t);
  await openHosted(tiketi, page);
  const back = page.waitForResponse(/\/return\/pesapal\//);
  const again = page.waitForEvent('framenavigated', frame => frame.url().includes('/PesapalIframe3/'));
  await page
    .frameLocator('iframe')
    .getByRole('button', { name: /^Cancel and go back/ })
    .tap();
  await back;
  await again; // Until then the page that was left stands in the frame, and takes a tap with it.
  await shows(page, 'Finish the payment on the Pesapal page');
  await payInFrame(page, 'Mixx by Yas');
  await enterPin(tiketi);
  await shows(page, 'You are booked');
});

test('cancels the booking while Pesapal’s page is open: nobody can pay there any more', async t => {
  const { tiketi, page } = await openPhone(t);
  await openHosted(tiketi, page);
  await cancelBooking(page);
  await shows(page, 'This booking is cancelled');
  assert.ok(tiketi.simulator.pesapal.orders()[0]?.cancelledAt);
});

test('cancels the booking, and Pesapal will not have it: the page says why it stays', async t => {
  const { tiketi, page } = await openPhone(t);
  await openHosted(tiketi, page, numberOf('pesapal-cancel-refused'));
  await cancelBooking(page);
  await shows(page, 'It may still be paid, so it cannot be cancelled now.');
  await shows(page, 'Finish the payment on the Pesapal page');
});

test('leaves Pesapal’s page alone: when its time is over so is the hold, and nothing is owed', async t => {
  const { tiketi, page } = await openPhone(t);
  await openHosted(tiketi, page);
  await tiketi.pass(20 * 60_000 + 31_000);
  await tiketi.pass(60_000);
  await shows(page, /Your hold ended/);
  assert.equal(await page.locator('iframe').count(), 0);
  assert.equal(tiketi.simulator.ledger.debits.length, 0);
});

test('a frame that shows nothing for 8 s says so; as a full page it is paid all the same', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.clock.install({ time: new Date('2026-11-22T12:00:00Z') });
  await page.route(HOSTED, route => (route.request().frame().parentFrame() ? undefined : route.continue()));
  await openHosted(tiketi, page, '0713 123 456', false);
  await page.clock.runFor(7_000);
  assert.equal(await page.getByText('The page does not show here').count(), 0);
  await page.clock.runFor(2_000);
  await shows(page, 'The page does not show here');
  await page.clock.resume();
  await page.getByRole('link', { name: 'Open it as a full page' }).tap();
  await page.waitForURL(HOSTED);
  await page.getByLabel('Mixx by Yas').check();
  await page.getByRole('button', { name: 'Pay', exact: true }).tap();
  await enterPin(tiketi);
  await page.waitForURL(/\/bookings\/[0-9a-f]{32}$/);
  await shows(page, 'You are booked');
});

test('the number chooses its network as it is typed; a choice by hand stays, and the keyboard is enough', async t => {
  const { tiketi, page } = await openPhone(t);
  await openBooking(tiketi, page);
  const phone = page.getByLabel('Number that pays');
  const chosen = () =>
    page.locator('input[name=network]:checked').evaluateAll(all => all.map(one => (one as HTMLInputElement).value));
  await page.getByRole('button', { name: /^Pay/ }).tap();
  await shows(page, 'Type the number that will pay.');
  await phone.fill('0734 000 000');
  await page.getByRole('button', { name: /^Pay/ }).tap();
  await shows(page, 'Choose the network that pays.');
  assert.deepEqual(await chosen(), []);
  await phone.fill('0754');
  assert.deepEqual(await chosen(), ['mpesa']);
  await phone.fill('0682');
  assert.deepEqual(await chosen(), ['airtel']);
  await page.locator('input[name=network]:checked').focus();
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await chosen(), ['halopesa']);
  await phone.fill('0754 123 457');
  assert.deepEqual(await chosen(), ['halopesa']);
  const heights = await page.locator('.choice').evaluateAll(all => all.map(one => one.getBoundingClientRect().height));
  assert.ok(heights.length === 4 && heights.every(height => height >= 44));
});

test('pays an amount: the form, Pesapal’s page, the receipt; and the way back to it', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.goto(tiketi.url);
  await page.getByRole('link', { name: 'Pay the cinema an amount' }).tap();
  await shows(page, 'CinemaSphere Dar es Salaam');
  await page.getByRole('button', { name: /^Pay/ }).tap();
  await shows(page, 'Type whole shillings, such as 15,000.');
  await shows(page, 'Say in a few words what it is for.');
  await page.getByLabel('Amount in TZS').fill('500');
  await page.getByLabel('What is it for?').fill('Popcorn for <b>ten</b>');
  await page.getByLabel('Number that pays').fill('0713 123 456');
  await shows(page, /from TZS\s1,000 to TZS\s3,000,000/);
  await page.getByLabel('Amount in TZS').fill('15,000');
  await page.getByRole('button', { name: /^Pay TZS\s15,000 with Mixx by Yas/ }).tap();
  await page.waitForURL(/\/charges\/[0-9a-f]{32}$/);
  await shows(page, 'Finish the payment on the Pesapal page');
  await payInFrame(page, 'Mixx by Yas');
  await enterPin(tiketi);
  await shows(page, 'Paid, thank you');
  await shows(page, tiketi.simulator.ledger.debits[0]?.receiptNumber ?? 'no receipt');
  await shows(page, 'Popcorn for <b>ten</b>');
  await shows(page, '22 November 2026 at 15:00');
  assert.ok(await page.locator('.receipt').getByText('Test mode').isVisible());
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.receipt').isVisible());
  assert.ok(!(await page.locator('#stage').isVisible()));
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'Pay another amount' }).tap();
  await page.getByRole('heading', { name: 'Your payments' }).waitFor();
  await page.getByRole('link', { name: /Popcorn for <b>ten<\/b>.*Paid/ }).tap();
  await shows(page, 'Paid, thank you');
});

test('a charge that failed is tried again, and paid while the browser cannot open a socket', async t => {
  const { tiketi, page } = await openPhone(t);
  await page.routeWebSocket(/socket\.io/, socket => void socket.close());
  await page.clock.install({ time: new Date('2026-11-22T12:00:00Z') });
  await openCharge(tiketi, page, numberOf('pesapal-funds'));
  await payInFrame(page, 'M-Pesa');
  await eventually(() => tiketi.simulator.pesapal.orders()[0]?.attempt?.state === 'asking');
  await tiketi.pass(MAGIC_MS);
  await tiketi.pass(NOTICE_MS);
  await hears(page, 'There is not enough money in the account.');
  await page.getByLabel('Number that pays').fill('0713 123 456');
  await page.getByRole('button', { name: /^Try again: Pay TZS\s15,000 with Mixx/ }).tap();
  await payInFrame(page, 'Mixx by Yas');
  await eventually(() => phoneAsked(tiketi));
  tiketi.phone.enterPin('1234', PHONE);
  await tiketi.pass(NOTICE_MS);
  await hears(page, 'Paid, thank you');
});

/** Without a socket the page asks every ten seconds of its own clock; what it asks about may still be on its way. */
async function hears(page: Page, sentence: string) {
  for (let turn = 0; turn < 10; turn++) {
    await page.clock.runFor(10_000);
    const isThere = await page
      .getByText(sentence)
      .first()
      .waitFor({ timeout: 1_000 })
      .then(
        () => true,
        () => false,
      );
    if (isThere) return;
  }
  await shows(page, sentence);
}

test('nothing that a screen reader would stumble over when paying on a page of Pesapal’s, at 360 and 1280 pixels', async t => {
  const { tiketi, page } = await openPhone(t);
  const look = async (what: string) => {
    for (const width of [PHONE_SIZE.width, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await stumblingBlocks(page), [], `${what} at ${width}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${what} at ${width}`);
    }
  };
  await openBooking(tiketi, page);
  await look('choosing a network');
  await openHosted(tiketi, page);
  await look('the page in its frame');
  await page.goto(`${tiketi.url}/pay`);
  await page.getByRole('button', { name: /^Pay/ }).tap();
  await shows(page, 'Say in a few words what it is for.');
  await look('paying an amount, all wrong');
  await openCharge(tiketi, page, '0713 123 457');
  await look('a charge at its page');
  await payInFrame(page, 'Mixx by Yas');
  await enterPin(tiketi, '255713123457');
  await shows(page, 'Paid, thank you');
  await look('a receipt');
});

const isHostedPage = (response: Response) =>
  response.url().includes('PesapalIframe3') && response.request().isNavigationRequest();

const openPhone = (t: TestContext) => openOnPhone(t, browser);

const numberOf = (fault: PesapalFaultName) => `+${magicNumberTz(pesapalFaultCalled(fault))}`;

async function openBooking({ customer, url }: Tiketi, page: Page) {
  const dar = (await customer.showings()).find(({ price }) => price.currency === 'TZS');
  assert.ok(dar);
  const { bookingId } = await customer.book(dar.showingId);
  await page.goto(`${url}/bookings/${bookingId}`);
  await shows(page, 'Your places are held');
}

/** A booking whose order is open on Pesapal’s page. */
async function openHosted(tiketi: Tiketi, page: Page, phone = '0713 123 456', loads = true) {
  await openBooking(tiketi, page);
  await page.getByLabel('Number that pays').fill(phone);
  await page.getByLabel('Mixx by Yas').check();
  await page.getByRole('button', { name: /^Pay TZS/ }).tap();
  await shows(page, 'Finish the payment on the Pesapal page');
  if (loads) await page.frameLocator('iframe').getByRole('button', { name: 'Pay', exact: true }).waitFor();
}

async function openCharge({ url }: Tiketi, page: Page, phone: string) {
  await page.goto(`${url}/pay`);
  await page.getByLabel('Amount in TZS').fill('15000');
  await page.getByLabel('What is it for?').fill('Popcorn');
  await page.getByLabel('Number that pays').fill(phone);
  await page.getByLabel('M-Pesa').check();
  await page.getByRole('button', { name: /^Pay TZS/ }).tap();
  await page.waitForURL(/\/charges\/[0-9a-f]{32}$/);
  await shows(page, 'Finish the payment on the Pesapal page');
}

async function payInFrame(page: Page, network: string) {
  const frame = page.frameLocator('iframe');
  await frame.getByLabel(network).check();
  await frame.getByRole('button', { name: /^Pay/ }).tap();
}

const phoneAsked = ({ simulator }: Tiketi, number = PHONE) => Boolean(simulator.phones.find(number)?.prompt);

async function enterPin(tiketi: Tiketi, number = PHONE) {
  await eventually(() => phoneAsked(tiketi, number));
  tiketi.phone.enterPin('1234', number);
  await tiketi.pass(NOTICE_MS);
}

async function cancelBooking(page: Page) {
  await page.getByRole('button', { name: 'Cancel this booking' }).tap();
  await page.getByRole('button', { name: 'Yes, cancel it' }).tap();
}
