import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { PHONE } from '../support/customer.ts';
import { rowsOf } from '../support/office.ts';
import type { Person } from '../support/people.ts';
import { type Counter, openCounter, tellSale } from '../support/till.ts';

export const DESK = { width: 1280, height: 800 };
export const PHONE_WIDE = { width: 360, height: 740 };

export const RESULT_MS = 2_000; // Until the gateway tells.
export const SOFT = [659, 988]; // Hertz of what rings when somebody has paid.

interface Witness {
  tones: number[];
  printed: string[];
}

/** The till in a browser, with its cashier signed in and a shift open. What rings and what is printed is written down. */
export async function openTillPage(
  t: TestContext,
  browser: Browser,
  { tiketi, amina }: Pick<Counter, 'tiketi'> & { amina: Pick<Person, 'cookie'> },
  viewport = DESK,
): Promise<Page> {
  const isPhone = viewport === PHONE_WIDE;
  const context = await browser.newContext({
    viewport,
    isMobile: isPhone,
    hasTouch: isPhone,
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  t.after(() => context.close());
  const cookies = amina.cookie.split('; ').map(pair => pair.split('='));
  await context.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: tiketi.url })));
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', error => assert.fail(error));
  page.on('console', message => assert.ok(!/Content Security Policy/.test(message.text()), message.text()));
  await page.addInitScript(witness);
  await page.goto(`${tiketi.url}/box-office/till`);
  await page.locator('.show-button').first().waitFor();
  return page;
}

/** A till in the browser, and the key of a showing at KES 500 a place. */
export async function openTill(t: TestContext, browser: Browser) {
  const counter = await openCounter(t);
  const page = await openTillPage(t, browser, counter);
  return { ...counter, page, show: await keyOfShowing(page, 'Screen 9') };
}

export const sales = ({ tiketi }: Pick<Counter, 'tiketi'>) =>
  rowsOf<{ id: string; state: string }>(tiketi, 'select id, state from sale order by createdAt');

/** What became of the newest sale, in a few words. */
export async function tell(counter: Pick<Counter, 'tiketi' | 'amina'>): Promise<string> {
  const last = (await sales(counter)).at(-1);
  assert.ok(last);
  return tellSale(await counter.amina.see(last.id));
}

/** M-Pesa, for all that is open. */
export async function askPhone(page: Page, phone = PHONE): Promise<void> {
  await press(page, 'F6');
  await page.getByLabel('Phone that pays').fill(phone);
  await press(page, 'Enter');
}

export async function enterPin({ tiketi }: Pick<Counter, 'tiketi'>, phone = PHONE): Promise<void> {
  tiketi.phone.enterPin('1234', phone);
  await tiketi.pass(RESULT_MS);
}

/** Neither a loudspeaker nor a printer is at hand: what would come out of them is kept. */
function witness() {
  const seen: Witness = { tones: [], printed: [] };
  const Real = OscillatorNode;
  class Heard extends Real {
    constructor(context: BaseAudioContext, options?: OscillatorOptions) {
      super(context, options);
      seen.tones.push(options?.frequency ?? 0);
    }
  }
  Object.assign(globalThis, { witness: seen, OscillatorNode: Heard });
  globalThis.print = () => void seen.printed.push(document.querySelector('#paper')?.textContent ?? '');
}

export const witnessed = (page: Page): Promise<Witness> =>
  page.evaluate(() => (globalThis as unknown as { witness: Witness }).witness);

/** One key at a time, as people press them; answers how many. */
export async function press(page: Page, ...keys: string[]): Promise<number> {
  for (const key of keys) await page.keyboard.press(key);
  return keys.length;
}

/** As fast as a scanner, also on a busy machine. */
export function scanIn(page: Page, code: string): Promise<void> {
  return page.evaluate(
    keys => {
      const target = document.activeElement ?? document.body;
      for (const key of keys)
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    },
    [...code, 'Enter'],
  );
}

/** The card of somebody who waits at the side. */
export const asideCard = (page: Page, text: string | RegExp) => page.locator('.aside-card', { hasText: text });

/** `F3`: the key of the showing on this screen. */
export async function keyOfShowing(page: Page, screen: string): Promise<string> {
  const key = await page.locator('.show-button', { hasText: screen }).first().getAttribute('aria-keyshortcuts');
  assert.ok(key);
  return key;
}

/** What came out of the printer, once anything has. */
export async function printedBy(page: Page): Promise<string> {
  await page.waitForFunction(() => (globalThis as unknown as { witness: Witness }).witness.printed.length > 0);
  return (await witnessed(page)).printed.join();
}

/** The question is put away, and the focus has left it: the browser does that with the next frame. */
export async function untilClosed(page: Page): Promise<void> {
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.closest('dialog') === null);
}
