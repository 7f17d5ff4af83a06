import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { simulate } from './simulated.ts';

const pagesFolder = join(import.meta.dirname, '../../dist');

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('a person adds a phone, is asked on it, and pays with the keys', async t => {
  const { url, renewToken, push, advance } = await simulate(t, {}, { pagesFolder });
  await renewToken();
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(url);
  /** The simulator tells its pages by its own clock, so that goes on until what was pressed has reached it. */
  const shows = async (words: string) => {
    const found = page.getByText(words).first();
    while (!(await found.isVisible())) await advance(50);
  };

  await shows('No phone yet');
  await page.getByLabel('Phone number').fill('0712 345 678');
  await page.getByRole('button', { name: 'Add phone' }).click();
  await shows('KES 20,000');
  await push();
  await shows('Do you want to pay');
  assert.match(String(await page.locator('#live').textContent()), /^0712 345 678 asks: pay KES\s1,350/);
  for (const digit of '1234') await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'OK' }).click();
  await shows('confirmed. You paid');
  await shows('KES 18,650');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a press arms a fault for the next push', async t => {
  const { url, advance, simulator } = await simulate(t, {}, { pagesFolder });
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByText('The push is refused').click();
  await page.getByText('500: quota.').click();
  await page.waitForFunction(async () => (await (await fetch('/simulator/faults')).json()).armed.length === 1);
  const armed = page.getByText('The next payment meets:');
  while (!(await armed.isVisible())) await advance(50);
  assert.deepEqual(simulator.faults.armed, [{ fault: 'refused-quota', phone: null, times: 1 }]);
  await page.close();
});

test('the page has no accessibility fault that a machine can find', async t => {
  const { url, renewToken, push, control } = await simulate(t, {}, { pagesFolder });
  await renewToken();
  await push();
  await push({ PhoneNumber: '254722000000' });
  await control('POST', '/phones/0722000000/pin', { pin: '0000' });
  await control('POST', '/phones', { number: '0733000000', on: false });
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(url);
  await page.getByText('Do you want to pay').waitFor();
  await page.evaluate(axe.source);
  const violations = await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(found => found.violations.map(v => v.id + v.nodes.map(node => node.html)))",
  );
  assert.deepEqual(violations, []);
  await page.close();
});
