import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/chromium.ts';
import { phoneOf, simulatePesapal } from './pesapal-world.ts';
import { PHONE, proper } from './simulated.ts';

const pagesFolder = join(import.meta.dirname, '../../dist');

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** A merchant's site: pages to come back to, and one with Pesapal's page in a frame. */
async function openShop(test: TestContext) {
  const shop = { url: '', framed: '' };
  const server = createServer((request, response) => {
    const frame = `<h1>Booking</h1><iframe title="Pesapal" style="width:100%;height:900px" src="${shop.framed}"></iframe>`;
    const isFrame = request.url === '/booking';
    response.writeHead(200, { 'content-type': 'text/html' }).end(isFrame ? frame : '<h1>Back in the shop</h1>');
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  test.after(() => server.close());
  shop.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return shop;
}

async function openWorld(test: TestContext) {
  const world = await simulatePesapal(test, {}, { pagesFolder });
  await world.ready();
  const shop = await openShop(test);
  const urls = { callback_url: `${shop.url}/return`, cancellation_url: `${shop.url}/cancelled` };
  const orderPage = async (change: object = {}) =>
    String(proper(await world.submit({ ...urls, ...change })).body.redirect_url);
  return { ...world, shop, orderPage };
}

async function openPage(width = 360): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  return { page, complaints };
}

test('a customer chooses a network, enters the PIN on the phone, and is back at the merchant', async t => {
  const world = await openWorld(t);
  const { page, complaints } = await openPage();
  await page.goto(await world.orderPage());
  await page.getByRole('heading', { name: 'Pay Tiketi Cinema' }).waitFor();
  await page.getByText('TZS 15,000').waitFor();
  assert.equal(await page.getByLabel('Phone number').inputValue(), '0712 345 678');
  await page.getByLabel('Mixx by Yas (formerly Tigo Pesa)').check();
  await page.getByLabel('Phone number').fill('0652 345 678');
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'nothing sticks out');
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.getByText('Check +255 652 345 678').first().waitFor();
  const phone = world.simulator.phones.findOrAdd('255652345678');
  assert.equal(world.simulator.enterPin(phone, '1234'), 'paid');
  await page.getByText('Back in the shop').waitFor();
  const { pathname, searchParams } = new URL(page.url());
  const [debit] = world.simulator.ledger.debits;
  assert.equal(pathname, '/return');
  assert.deepEqual(Object.fromEntries(searchParams), {
    OrderTrackingId: debit?.trackingId,
    OrderMerchantReference: 'tiketi-TK7M2P9QR-1',
    OrderNotificationType: 'CALLBACKURL',
  });
  assert.equal(debit?.network, 'mixx');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('what failed can be tried again on the same page, or left for the merchant’s', async t => {
  const world = await openWorld(t);
  const { page } = await openPage(1280);
  await page.goto(await world.orderPage(phoneOf('0700 000 102')));
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await page.getByText('enter your PIN').first().waitFor();
  await world.advance(3_000);
  await page.getByText('There is not enough money on this phone. You can try again.').first().waitFor();
  await page.getByLabel('Phone number').fill('0712 345 678');
  await page.getByRole('button', { name: 'Pay again' }).click();
  await page.getByText('Check +255 712 345 678').first().waitFor();
  world.simulator.cancel(world.simulator.phones.findOrAdd('255712345678'));
  await page.getByText('You cancelled the request on your phone.').first().waitFor();
  await page.getByRole('button', { name: 'Back to Tiketi Cinema' }).click();
  await page.getByText('Back in the shop').waitFor();
  assert.equal(new URL(page.url()).pathname, '/return');
  await page.close();
});

test('whoever changes their mind goes where the merchant wants them', async t => {
  const world = await openWorld(t);
  const { page } = await openPage();
  await page.goto(await world.orderPage());
  await page.getByRole('button', { name: 'Cancel and go back to Tiketi Cinema' }).click();
  await page.getByText('Back in the shop').waitFor();
  assert.equal(page.url(), `${world.shop.url}/cancelled`);
  await page.close();
});

for (const redirect_mode of ['TOP_WINDOW', 'PARENT_WINDOW'])
  test(`inside a frame of the merchant’s, a card pays and the merchant’s window goes on (${redirect_mode})`, async t => {
    const world = await openWorld(t);
    const { page, complaints } = await openPage();
    world.shop.framed = await world.orderPage({ redirect_mode });
    await page.goto(`${world.shop.url}/booking`);
    const frame = page.frameLocator('iframe');
    await frame.getByLabel('Card', { exact: true }).check();
    await frame.getByLabel('Test card').selectOption('5200000000000114');
    await frame.getByRole('button', { name: 'Pay', exact: true }).click();
    await frame.getByText('Your bank is being asked.').first().waitFor();
    await world.advance(3_000);
    await page.getByText('Back in the shop').waitFor();
    assert.equal(new URL(page.url()).pathname, '/return');
    assert.equal(world.simulator.ledger.debits[0]?.charged?.currency, 'USD');
    assert.deepEqual(complaints, []);
    await page.close();
  });

test('the page may stand in a frame of this machine’s pages only, the phone’s in none', async t => {
  const world = await openWorld(t);
  const policyOf = async (url: string) => (await fetch(url)).headers.get('content-security-policy') ?? '';
  const answer = await fetch(await world.orderPage());
  assert.equal(answer.headers.get('x-frame-options'), null);
  assert.match(await answer.text(), /Simulated payment page/);
  assert.match(
    await policyOf(await world.orderPage()),
    /frame-ancestors http:\/\/localhost:\* http:\/\/127\.0\.0\.1:\*$/,
  );
  assert.match(await policyOf(world.url), /frame-ancestors 'none'$/);
});

test('an order that nobody knows is said to be none', async t => {
  const world = await openWorld(t);
  const { page } = await openPage();
  await page.goto((await world.orderPage()).replace(/=.*/, '=nonsense'));
  await page.getByText('There is no such order.').waitFor();
  await page.close();
});

test('the phone’s page shows Tanzanian phones and Pesapal’s faults', async t => {
  const world = await openWorld(t);
  const { page, complaints } = await openPage(1280);
  await page.goto(world.url);
  await world.advance(50);
  await page.getByText('No phone yet').waitFor();
  await page.getByLabel('Country').selectOption('Tanzania');
  await page.getByLabel('Phone number').fill('0712 345 678');
  await page.getByRole('button', { name: 'Add phone' }).click();
  const shows = async (words: string) => {
    await world.advance(50);
    await page.getByText(words).first().waitFor();
  };
  await page.waitForFunction(
    "fetch('/simulator/phones').then(a => a.json()).then(({ phones }) => phones.length === 1)",
  );
  await shows('+255 712 345 678');
  await shows('TZS 500,000');
  await page.getByText('What the status says').click();
  await page.getByText('Paid; the status tells a shilling less than was taken.').click();
  await page.waitForFunction("fetch('/simulator/faults').then(a => a.json()).then(({ armed }) => armed.length === 1)");
  await shows('The next payment meets:');
  assert.equal(world.simulator.phones.find(PHONE), undefined);
  await world.pay(await world.order());
  await shows('TZS 15,000');
  for (const digit of '1234') await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'OK', exact: true }).click();
  await page.waitForFunction(
    "fetch('/simulator/ledger').then(a => a.json()).then(({ debits }) => debits.length === 1)",
  );
  await shows('TZS 485,000');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('the page has no accessibility fault that a machine can find, whatever state it is in', async t => {
  const world = await openWorld(t);
  const { page } = await openPage();
  const assertFine = async (words: string) => {
    await page.getByText(words).first().waitFor();
    await page.evaluate(axe.source);
    const violations = await page.evaluate(
      "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }).then(found => found.violations.map(v => v.id + v.nodes.map(node => node.html)))",
    );
    assert.deepEqual(violations, [], words);
  };
  await page.goto(await world.orderPage());
  await assertFine('How do you want to pay?');
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await assertFine('enter your PIN');
  await world.advance(60_000);
  await assertFine('Nobody answered on the phone.');
  await page.getByRole('button', { name: 'Pay again' }).click();
  await page.getByText('enter your PIN').first().waitFor();
  const [order] = world.simulator.pesapal.orders();
  await world.cancel(order?.trackingId ?? '');
  await assertFine('Tiketi Cinema has cancelled this order.');
  await page.close();
});
