import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { after, before, type TestContext, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { forge } from '../support/forge.ts';
import { PHONE_SIZE, shows, stumblingBlocks } from '../support/pages.ts';
import { openBoxOffice, type Person } from '../support/people.ts';
import { approveOn, countOn, DESK_SIZE, findsNumber, openScreen } from '../support/screen.ts';
import { atTill, card, cash, closeShift, openCounter, popcorn } from '../support/till.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

async function openShifts(
  t: TestContext,
  url: string,
  { cookie }: Pick<Person, 'cookie'>,
  { path = '', viewport = DESK_SIZE } = {},
) {
  const screen = await openScreen(t, browser, { url, cookie }, viewport);
  await screen.page.goto(`${url}/box-office/shifts${path}`);
  return screen;
}

const rowOf = (page: Page, cashier: string) => page.getByRole('row').filter({ hasText: cashier });

test('a shift from float to seal on the cashier’s screen; the supervisor’s list follows, and the cashier never learns what was expected', async t => {
  const { tiketi, hire } = await openBoxOffice(t);
  const [juma, baraka] = [await hire('Juma'), await hire('Baraka', 'supervisor')];
  const { page, told } = await openShifts(t, tiketi.url, juma);
  const { page: office } = await openShifts(t, tiketi.url, baraka);
  await shows(office, 'Nobody has opened a shift here yet.');

  await countOn(page, { 'KES 1,000': 1, 'KES 50': 7, 'KES 5': 1 });
  await page.getByRole('button', { name: 'Open with KES 1,355' }).click();
  await shows(page, 'Your shift is open.');
  await rowOf(office, 'Juma').getByText('Open', { exact: true }).waitFor();

  const till = atTill(tiketi, juma);
  await till.sell([popcorn(700)], cash(1_000));
  await till.sell([popcorn(433)], cash(433));
  await page.getByRole('button', { name: 'Cash in or out' }).click();
  await page.getByRole('radio', { name: 'Paid out' }).check();
  await page.getByLabel('Amount, KES').fill('137');
  await page.getByLabel('What for?').fill('ice for the bar');
  await page.getByRole('button', { name: 'Write it down' }).click();
  await approveOn(page, baraka);
  await shows(page, /Written down: Paid out, KES.137/);

  await page.getByRole('button', { name: 'Count and close' }).click();
  await countOn(page, { 'KES 1,000': 2, 'KES 100': 3 });
  await page.getByRole('button', { name: 'Close with KES 2,300' }).click();
  await page.getByRole('button', { name: 'Yes, close the shift' }).click();
  await shows(page, 'Counted. A supervisor seals it now.');
  await rowOf(office, 'Juma').getByText('Counted', { exact: true }).waitFor();

  await page.reload(); // Whoever comes back later finds it waiting.
  await page.getByRole('button', { name: 'Seal the shift' }).click();
  await approveOn(page, baraka);
  await shows(page, 'Drawer and books do not agree: say why in a note.');
  await page.getByLabel('Note').fill('a fifty fell behind the freezer');
  await page.getByRole('button', { name: 'Seal the shift' }).click();
  await approveOn(page, baraka);
  await shows(page, /Shift 1 is sealed/);
  await rowOf(office, 'Juma').getByText('Sealed', { exact: true }).waitFor();

  const everything = `${await told()}\n${await page.content()}`;
  for (const secret of ['2,351', '235100', '1,133', '113300', '51', '5100'])
    assert.ok(!findsNumber(everything, secret), secret);
  assert.doesNotMatch(everything, /"expected"|"difference"/);

  await office.getByRole('link', { name: 'Z-report of shift 1' }).click();
  await shows(office, 'They do not agree:');
  await shows(office, 'The drawer holds less than it should');
  await shows(office, /Baraka: a fifty fell behind the freezer/);
  assert.match(await office.locator('.sums').first().innerText(), /2,351[\s\S]*2,300[\s\S]*-51/);
});

const figure = (page: Page, name: RegExp) =>
  page
    .locator('.figure')
    .filter({ has: page.locator('summary', { hasText: name }) })
    .first();

/** Opens a figure down to its lines. */
async function open(page: Page, name: RegExp) {
  await figure(page, name).locator('summary').first().click();
  await figure(page, name).locator('.behind, .behind-none').first().waitFor();
  return figure(page, name).locator('.behind > li');
}

test('every figure opens down to its lines, their sales and bookings, and the X-report moves with the till', async t => {
  const { tiketi, amina, baraka, showing, shiftId } = await openCounter(t);
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }, popcorn(300)], cash(1_500));
  const { page } = await openShifts(t, tiketi.url, baraka, { path: `/${shiftId}` });
  await shows(page, 'They agree so far; the drawer is not counted yet.');
  assert.match(
    (await (await open(page, /^\s*Places/)).allInnerTexts()).join(),
    /Booking \w+ · Sale \w+[\s\S]*KES.1,000/,
  );
  const lines = await open(page, /^\s*Cash\s/);
  assert.equal(await lines.count(), 1);
  await lines.locator('summary').click();
  await shows(page, /given KES.1,500, change KES.200/);
  await amina.sell([popcorn(450)], card('slip 7'));
  await figure(page, /^\s*Card\s/)
    .getByText('450')
    .first()
    .waitFor();
  await shows(page, /given KES.1,500, change KES.200/); // What was opened stays open.
  assert.equal(await (await open(page, /Other sales/)).count(), 2);
  const places = sale.lines.find(line => line.kind === 'places');
  await lines.getByRole('link', { name: `Open booking ${places?.reference}` }).click();
  await page.getByRole('heading', { name: places?.reference ?? '' }).waitFor();
});

test('a day has its shifts and what customers paid by themselves; a picker leads to any other', async t => {
  const { tiketi, amina, baraka, showing } = await openCounter(t);
  await amina.sell([popcorn(450)], cash(450));
  const booking = await tiketi.customer.book(showing);
  await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  const { page } = await openShifts(t, tiketi.url, baraka);
  await page.getByRole('link', { name: 'Report of the day' }).click();
  await page.getByRole('heading', { name: /Day of Sunday.* 22 November/ }).waitFor();
  const online = await open(page, /paid by customers themselves/);
  await online.getByRole('link', { name: new RegExp(booking.reference) }).waitFor();
  assert.match((await (await open(page, /Cash taken/)).allInnerTexts()).join(), /Shift 1/);
  await page.getByLabel('Which day?').fill('2026-11-20');
  await shows(page, 'No shift was opened on this day.');
  await page.getByRole('link', { name: 'The day after' }).click();
  await page.getByRole('heading', { name: /21 November/ }).waitFor();
});

test('a drawer is not counted while a customer waits, and a second time with a supervisor only', async t => {
  const { tiketi, amina, baraka, showing, report, shiftId } = await openCounter(t);
  const waiting = await amina.places(showing);
  const { page } = await openShifts(t, tiketi.url, amina);
  await page.getByRole('button', { name: 'Count and close' }).click();
  await shows(page, `Finish or give up these sales first: ${waiting.reference}.`);
  await amina.abandon(waiting.saleId);
  await page.getByText('Finish or give up').waitFor({ state: 'detached' });
  await countOn(page, { 'KES 1,000': 1 });
  await page.keyboard.press('Enter');
  assert.equal(await page.locator(':focus').getAttribute('id'), 'count-50000', 'Enter goes on to the next note');
  await page.getByRole('button', { name: 'Close with KES 1,000' }).click();
  await page.getByRole('button', { name: 'Count on' }).click();
  await page.getByRole('button', { name: 'Close with KES 1,000' }).click();
  await page.getByRole('button', { name: 'Yes, close the shift' }).click();
  await page.getByRole('button', { name: 'Count again' }).click();
  await countOn(page, { 'KES 1,000': 2 });
  await page.getByRole('button', { name: 'The second count is KES 2,000' }).click();
  await approveOn(page, baraka);
  await page.getByRole('button', { name: 'Seal the shift' }).click();
  await approveOn(page, baraka);
  await shows(page, /Shift 1 is sealed/);
  assert.equal((await report(`/shifts/${shiftId}/report`)).match.isZero, true);
});

test('a Z-report is taken along as a table and on paper; its journal is whole, or says where it is not', async t => {
  const c = await openCounter(t);
  await c.amina.sell([popcorn(450)], cash(450));
  await closeShift(c, 2_400, 'fifty too little');
  const { page } = await openShifts(t, c.tiketi.url, c.baraka, { path: `/${c.shiftId}` });
  await page.evaluate(() => Object.assign(globalThis, { print: () => {} }));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Table (CSV)' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'shift-1.csv');
  const rows = (await text(await download.createReadStream())).split('\r\n');
  assert.match(rows[1] ?? '', /^received: cash,1,[\w-]+,\w+,cash \S+,450,KES,2026-11-22 15:00:00$/);
  for (const [button, paper] of [
    ['Print on A4', 'sheet'],
    ['Print on a roll', 'receipt'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    const printed = page.locator(`.paper[data-paper="${paper}"]`);
    await printed.waitFor({ state: 'attached' });
    const words = (await printed.textContent()) ?? '';
    assert.match(words, /Z-report: Shift 1, Amina[\s\S]*The drawer holds less than it should[\s\S]*fifty too little/);
    assert.equal(/Line 2: cash taken/.test(words), paper === 'sheet');
    await page.emulateMedia({ media: 'print' });
    assert.ok(await printed.isVisible());
    await page.emulateMedia({ media: 'screen' });
  }
  const journal = page.getByText('Journal', { exact: true });
  await journal.click();
  await shows(page, 'The chain holds: every line is as it was written.');
  assert.equal(
    await page.locator('.hash', { hasText: /^[0-9a-f]{64}$/ }).count(),
    6,
    'four lines, and two of the seal',
  );
  forge(c, `update journal_entry set cash = 40000 where line = 2`);
  await journal.click();
  await journal.click();
  await shows(page, /The chain is broken at line 2/);
});

for (const viewport of [DESK_SIZE, PHONE_SIZE])
  test(`nothing to stumble over on the pages of shifts, ${viewport.width} px wide, in both languages`, async t => {
    const c = await openCounter(t);
    await c.amina.sell([{ showingId: c.showing, quantity: 1 }, popcorn(300)], cash(1_000));
    const { page } = await openShifts(t, c.tiketi.url, c.amina, { viewport });
    const isSound = async (what: string) => {
      assert.deepEqual(await stumblingBlocks(page), [], what);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width, what);
    };
    await page.getByRole('button', { name: 'Cash in or out' }).click();
    await isSound('a movement');
    await page.getByRole('button', { name: 'Kiswahili' }).click();
    await page.getByRole('button', { name: 'Acha' }).click();
    await page.getByRole('button', { name: 'Hesabu na funga' }).click();
    await isSound('a count');
    await page.getByRole('button', { name: /^Funga na/ }).click();
    await isSound('the question');
    await page.getByRole('button', { name: 'Ndiyo, funga zamu' }).click();
    await page.getByLabel('Maelezo').waitFor();
    await isSound('waiting for the seal');
    const office = await openShifts(t, c.tiketi.url, c.baraka, { viewport });
    await rowOf(office.page, 'Amina').waitFor();
    assert.deepEqual(await stumblingBlocks(office.page), [], 'the list');
    await office.page.getByRole('link', { name: 'X-report of shift 1' }).click();
    await (await open(office.page, /^\s*Cash\s/)).locator('summary').click();
    await shows(office.page, /given KES/);
    await office.page.getByText('Journal', { exact: true }).click();
    await shows(office.page, /The chain holds/);
    assert.deepEqual(await stumblingBlocks(office.page), [], 'a report');
    assert.equal(await office.page.evaluate(() => document.documentElement.scrollWidth), viewport.width);
  });
