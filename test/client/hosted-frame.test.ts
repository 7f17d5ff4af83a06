import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { chargeStage } from '../../client/charge/charge-stage.ts';
import { HostedFrame } from '../../client/payment/hosted-frame.ts';
import { hostedUrl } from '../../client/payment/hosted-page.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { aCharge, aPayment, later, NOW } from './views.ts';

const PAGE = 'https://pay.pesapal.com/iframe/PesapalIframe3/Index?OrderTrackingId=1';

let clock: ManualClock;
let changes: string[];
let frame: HostedFrame;
beforeEach(() => {
  clock = new ManualClock(NOW);
  changes = [];
  frame = new HostedFrame(() => changes.push(frame.state), clock);
});

test('a page that loads in time is shown, and never called late', () => {
  frame.show(PAGE);
  clock.move(7_999);
  frame.loaded(false);
  clock.move(60_000);
  assert.deepEqual(changes, ['shown']);
});

test('a page that has not loaded after 8 s is late, and may still come', () => {
  frame.show(PAGE);
  clock.move(8_000);
  frame.loaded(false);
  assert.deepEqual(changes, ['late', 'shown']);
});

test('a page that the browser refuses stays refused, whatever loads instead', () => {
  frame.show(PAGE);
  frame.refused();
  frame.loaded(false);
  clock.move(60_000);
  assert.deepEqual(changes, ['blocked']);
});

test('a page of ours in the frame means that the person is back', () => {
  frame.show(PAGE);
  frame.loaded(false);
  frame.loaded(true);
  assert.deepEqual(changes, ['shown', 'back']);
});

test('the same page again is no new one; another starts anew; without one nothing is late', () => {
  frame.show(PAGE);
  frame.loaded(false);
  frame.show(PAGE);
  assert.equal(frame.state, 'shown');
  frame.show(`${PAGE}2`);
  assert.equal(frame.state, 'loading');
  frame.show(null);
  clock.move(60_000);
  assert.deepEqual(changes, ['shown']);
});

test('a page is shown while it waits for the person, and only one with a web address', () => {
  const urlOf = (redirectUrl: string | null, promptEndsAt = later(60)) => {
    const payable = aCharge({ payment: aPayment({ gateway: 'pesapal', redirectUrl, promptEndsAt }) });
    return hostedUrl({ payable, stage: chargeStage(payable, new Date(NOW)) });
  };
  assert.equal(urlOf(PAGE), PAGE);
  assert.equal(urlOf(PAGE, later(0)), null);
  assert.equal(urlOf(null), null);
  assert.equal(urlOf('javascript:alert(1)'), null);
});
