import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { watchExceptions } from '../exceptions/watch-exceptions.ts';
import { openBrowser } from '../support/chromium.ts';
import { bookAndPay, until } from '../support/office.ts';
import { openBoxOffice } from '../support/people.ts';
import { programmer } from '../support/programme.ts';
import type { Tiketi } from '../support/tiketi.ts';
import { assertSound } from '../support/till.ts';

const TELLING = 250;
const CAPACITY = 10;
const phones = (first: number, count: number) => Array.from({ length: count }, (_, at) => `25471200${first + at}`);

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

async function look(t: TestContext, { url }: Tiketi, path: string, cookie?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  t.after(() => context.close());
  const [name = '', value = ''] = cookie?.split('=') ?? [];
  if (cookie) await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  await page.goto(url + path);
  return page;
}

test('a manager cancels a full showing with prompts open: all that was paid is due back, and so is what is still paid; everybody who watches is told', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const wish = { screen: 'Roof', startsAt: '2026-11-22T17:15:00Z', capacity: CAPACITY };
  const { showingId } = await programmer(tiketi, manager.cookie).addShowing(wish);
  const paid = [];
  for (const phone of phones(1_000, 3)) paid.push(await bookAndPay(tiketi, showingId, phone));
  const asked = [];
  for (const phone of phones(2_000, 2)) {
    const booking = await tiketi.customer.book(showingId);
    await tiketi.customer.pay(booking.bookingId, phone);
    asked.push({ ...booking, phone });
  }
  const [waiting, gone] = asked;
  assert.ok(waiting && gone && paid[0]);
  await tiketi.pass(TELLING);

  const storefront = await look(t, tiketi, `/showings/${showingId}`);
  await storefront.getByText('Sold out').first().waitFor();
  const customer = await look(t, tiketi, `/bookings/${paid[0].bookingId}`);
  await customer.getByText('You are booked').first().waitFor();
  const payer = await look(t, tiketi, `/bookings/${waiting.bookingId}`);
  await payer
    .getByText(/enter your M-Pesa PIN/)
    .first()
    .waitFor();
  const board = await look(t, tiketi, '/box-office/board', manager.cookie);
  const row = board.locator('.show-row', { hasText: 'Roof' });
  await row.waitFor();
  assert.deepEqual(await row.locator('dd').allInnerTexts(), ['0', '6', '4', '0'], 'left, sold, held, inside');
  const list = await watchExceptions(await manager.socket());

  const programme = await look(t, tiketi, '/box-office/programme', manager.cookie);
  await programme
    .getByRole('row', { name: /20:15.*Roof/ })
    .getByRole('button', { name: /^Cancel/ })
    .click();
  await programme.getByText(/^Bookings that end: 5 \(6 places sold, 4 held\)/).waitFor();
  await programme.getByLabel(/^Why/).fill('The projector broke');
  await programme.getByRole('button', { name: 'Cancel this showing' }).click();
  await programme.getByRole('row', { name: /20:15.*Roof.*Cancelled/ }).waitFor();
  await tiketi.pass(TELLING);

  await storefront.getByText('The cinema has cancelled this showing.', { exact: false }).first().waitFor();
  await row.getByText('Cancelled').waitFor();
  await customer
    .getByText(/cancelled/i)
    .first()
    .waitFor();
  await payer
    .getByText(/cancelled/i)
    .first()
    .waitFor();
  for (const { bookingId } of paid) {
    const { state, refunds, tickets } = await tiketi.customer.see(bookingId);
    assert.deepEqual([state, refunds.map(({ reason }) => reason)], ['refunded', ['showing_cancelled']]);
    assert.ok(tickets.every(ticket => ticket.state === 'void'));
  }
  const dueBefore = await list.until(all => all.length === paid.length);
  assert.ok(dueBefore.every(({ kind, reason }) => kind === 'refund_due' && reason === 'showing_cancelled'));

  tiketi.phone.enterPin('1234', waiting.phone); // The prompt was open all the while.
  tiketi.phone.cancel(gone.phone);
  await tiketi.pass(2_000);
  await until(tiketi, waiting.bookingId, ({ refunds }) => refunds.length > 0);
  await until(tiketi, gone.bookingId, ({ payment }) => payment?.state === 'failed');
  await tiketi.pass(TELLING);
  const due = await list.until(all => all.length === paid.length + 1);
  assert.equal(
    due.reduce((sum, { amount }) => sum + amount.amount, 0),
    400_000,
    'everything that was ever paid',
  );
  assert.equal((await tiketi.customer.see(gone.bookingId)).refunds.length, 0);
  await payer
    .getByText(/KES.1,000/)
    .first()
    .waitFor();
  const exceptions = await look(t, tiketi, '/box-office/exceptions', manager.cookie);
  await exceptions.getByText('4 waiting for somebody').waitFor();
  await exceptions.locator('.risk-sum', { hasText: /^KES.4,000$/ }).waitFor();
  await exceptions.locator('.badge', { hasText: 'It adds up' }).waitFor();
  await assertSound(tiketi);
});
