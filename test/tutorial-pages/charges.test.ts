import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { rowsOf, untilTrue } from '../support/office.ts';
import { answered, CALLBACK_MS, onlyChargesAt, openOlderPage, refused, Started } from './older-page.ts';

const BODY = { phoneNumber: '0712 345 678', amount: 350 };

test('without a movie, an amount is a charge at the one venue that takes charges', async t => {
  const { tiketi, post, status } = await openOlderPage(t);
  await onlyChargesAt(tiketi, 1);
  const body = { ...BODY, amount: '350', purpose: 'Popcorn', network: 'Vodacom M-Pesa' };
  const { ticketId, checkoutRequestId } = answered(await post('/api/make-payment', body), Started);
  assert.deepEqual(await rowsOf(tiketi, 'select id, amount, currency, purpose from charge'), [
    { id: ticketId, amount: 35_000, currency: 'KES', purpose: 'Popcorn' },
  ]);
  assert.equal((await status(checkoutRequestId)).errorCode, '500.001.1001');
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await untilTrue(async () => (await status(checkoutRequestId)).ResultCode === '0');
});

test('a charge that is cancelled on the phone fails with its code', async t => {
  const { tiketi, post, status } = await openOlderPage(t);
  await onlyChargesAt(tiketi, 1);
  const { checkoutRequestId } = answered(await post('/api/make-payment', BODY), Started);
  tiketi.phone.cancel();
  await tiketi.pass(CALLBACK_MS);
  await untilTrue(async () => (await status(checkoutRequestId)).ResultCode === '1032');
});

test('no venue that takes charges, or several, is 400 and charges nothing', async t => {
  const { tiketi, post } = await openOlderPage(t);
  await onlyChargesAt(tiketi);
  assert.match(refused(await post('/api/make-payment', BODY), 400), /^No venue/);
  await onlyChargesAt(tiketi, 1, 2);
  assert.match(refused(await post('/api/make-payment', BODY), 400), /^More than one venue/);
  assert.deepEqual(await rowsOf(tiketi, 'select * from charge'), []);
});

test('an amount or a phone that the venue does not take is 400, too soon again is 429, a refused push 500', async t => {
  const { tiketi, post } = await openOlderPage(t);
  await onlyChargesAt(tiketi, 1);
  for (const amount of [99, 30_001, 350.5, '350.50', -350, 1e300, 'much', {}, true])
    refused(await post('/api/make-payment', { ...BODY, amount }), 400);
  for (const wrong of [{ phoneNumber: '12' }, { phoneNumber: '' }, { purpose: 'p'.repeat(121) }, { purpose: 7 }])
    refused(await post('/api/make-payment', { ...BODY, ...wrong }), 400);
  assert.deepEqual(await rowsOf(tiketi, 'select * from charge'), []);
  tiketi.fault('refused-credentials');
  refused(await post('/api/make-payment', BODY), 500);
  answered(await post('/api/make-payment', BODY), Started);
  tiketi.phone.cancel();
  await tiketi.pass(CALLBACK_MS);
  await untilTrue(
    async () => (await rowsOf<{ live: number }>(tiketi, 'select * from payment where live')).length === 0,
  );
  refused(await post('/api/make-payment', BODY), 429);
});

test('where the gateway has a page of its own, the answer leads there', async t => {
  const { tiketi, post } = await openOlderPage(t);
  await onlyChargesAt(tiketi, 2);
  const body = { phoneNumber: '0754 123 456', amount: 20_000, network: 'MPESA' };
  const shape = v.strictObject({ ...Started.entries, redirectUrl: v.string() });
  const { redirectUrl, message } = answered(await post('/api/make-payment', body), shape);
  assert.equal(new URL(redirectUrl).origin, new URL(tiketi.simulatorUrl).origin);
  assert.match(message, /page/);
  assert.deepEqual(await rowsOf(tiketi, 'select network, currency, redirectUrl from payment'), [
    { network: 'mpesa', currency: 'TZS', redirectUrl },
  ]);
});
