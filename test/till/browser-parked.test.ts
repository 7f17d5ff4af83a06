import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { rowsOf } from '../support/office.ts';
import { shows } from '../support/pages.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { assertSound } from '../support/till.ts';
import { asideCard, openTill, press, RESULT_MS } from './counter-page.ts';

const CUSTOMERS = 30;
const PUSHES_A_SECOND = 20; // More than that wait for the next second of the clock.

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('30 parked customers pay in random order on one till; each gets their own tickets, and nobody another’s', async t => {
  const { tiketi, page, show } = await openTill(t, browser);
  const phones = Array.from({ length: CUSTOMERS }, (_, at) => String(254712345001 + at));
  for (const [at, phone] of phones.entries()) {
    if (at % PUSHES_A_SECOND === PUSHES_A_SECOND - 1) await tiketi.pass(1_000);
    await park(page, show, phone);
    assert.equal(await page.locator('.aside-card').count(), at + 1, 'at once, whatever the gateway is doing');
  }
  await page
    .locator('.aside-card')
    .nth(CUSTOMERS - 1)
    .waitFor();
  await press(page, show); // The next one is being served all the while.
  const paid: string[] = [];
  for (const group of groupsOf(shuffled(phones))) {
    for (const phone of group) tiketi.phone.enterPin('1234', phone);
    await tiketi.pass(RESULT_MS);
    for (const phone of group) {
      await asideCard(page, tailOf(phone)).getByText('Paid').waitFor();
      paid.push(phone);
    }
    const waiting = await page.locator('.aside-card', { hasNotText: 'Paid' }).allInnerTexts();
    assert.deepEqual(
      phones.filter(phone => waiting.some(text => text.includes(tailOf(phone)))),
      phones.filter(phone => !paid.includes(phone)),
    );
  }
  assert.deepEqual(
    await rowsOf(tiketi, `select count(*) as tickets, count(distinct booking) as bookings from ticket`),
    [{ tickets: CUSTOMERS, bookings: CUSTOMERS }],
  );
  const last = paid.at(-1) ?? '';
  await asideCard(page, tailOf(last))
    .getByRole('button', { name: /^Tickets/ })
    .click();
  await page.locator('.ticket-qr').waitFor();
  await assertSound(tiketi);
});

/** The next customer, from the first key to the side; the one before may still be on the way to the gateway. */
async function park(page: Page, show: string, phone: string) {
  await press(page, show, 'Enter', 'F6');
  await page.getByLabel('Phone that pays').fill(phone);
  await press(page, 'Enter', 'Enter');
}

const tailOf = (phone: string) => `•••••${phone.slice(-3)}`;

function shuffled(phones: readonly string[]): string[] {
  const random = seededRandom(5);
  return phones
    .map(phone => ({ phone, place: random(4).reduce((sum, byte) => sum * 256 + byte, 0) }))
    .sort((one, other) => one.place - other.place)
    .map(({ phone }) => phone);
}

/** One, two or three of them type their PIN at the same time. */
function groupsOf(phones: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (let at = 0, size = 1; at < phones.length; at += size, size = (size % 3) + 1)
    groups.push(phones.slice(at, at + size));
  return groups;
}

test('a reload brings back who waits, and what was paid while the line was cut is right when it is back', async t => {
  const { tiketi, page, show } = await openTill(t, browser);
  await park(page, show, '254712345001');
  await park(page, show, '254712345002');
  await asideCard(page, '•001').getByText('Waiting for the PIN').waitFor();
  await asideCard(page, '•002').getByText('Waiting for the PIN').waitFor();
  await page.reload();
  await asideCard(page, '•001').getByText('Waiting for the PIN').waitFor();
  await page.context().setOffline(true);
  await shows(page, /Connection lost/);
  tiketi.phone.enterPin('1234', '254712345001');
  await tiketi.pass(RESULT_MS);
  await asideCard(page, '•001').getByText('Waiting for the PIN').waitFor();
  await page.context().setOffline(false);
  await page.locator('.ticket-qr').waitFor(); // Nobody is being served: it comes to the screen.
  await asideCard(page, '•002').getByText('Waiting for the PIN').waitFor();
});
