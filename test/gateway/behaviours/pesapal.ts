import assert from 'node:assert/strict';
import type { Order } from '../../../server/simulator/pesapal/orders.ts';
import type { Row } from './row.ts';
import type { Scene } from './scene.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const NOTICE = 2 * SECOND; // More than lies between what can be told and its notification.
const APPROVAL = [5 * SECOND, NOTICE]; // People at Pesapal give the money back, and a notification follows.
const TAKEN_BACK = [SECOND, SECOND]; // The hold is over; then its order is asked about, and cancelled.

export const PHONE_TZ = '255712345678';

/** Mobile money in Tanzania: a page of Pesapal's, and notifications that say nothing but "ask me". */
export const PESAPAL: Row = {
  name: 'pesapal',
  currency: 'TZS',
  venue: 2,
  price: 2_000_000,
  phones: [PHONE_TZ, '255754000111'],
  async pays(scene) {
    const { tiketi, payer } = scene;
    const order = await openPage(scene);
    assert.ok(tiketi.simulator.pesapal.pay(order, { network: 'mpesa', account: payer }));
    tiketi.phone.enterPin('1234', payer);
  },
  async declines(scene) {
    const { tiketi, payer } = scene;
    const order = await openPage(scene);
    assert.ok(tiketi.simulator.pesapal.pay(order, { network: 'mixx', account: payer }));
    tiketi.phone.cancel(payer);
  },
  async tells(scene) {
    await scene.tiketi.simulator.pesapal.notify(newestOrder(scene));
    await scene.quiet();
  },
  async reverses(scene) {
    assert.ok(scene.tiketi.simulator.pesapal.reverse(newestOrder(scene)));
    await scene.pass(NOTICE);
  },

  accepts: { does: 'pays', passes: [NOTICE] },
  refuses: { fault: 'pesapal-refused-limit', passes: [], reason: 'amount_not_allowed' },
  losesAnswer: { fault: 'pesapal-answer-reset', does: 'pays', passes: [NOTICE] },
  losesRequest: {
    fault: 'pesapal-answer-reset-unmade',
    passes: [30 * SECOND, 21 * MINUTE, ...TAKEN_BACK],
    payment: 'failed',
  },
  reportsFirst: { none: 'nobody can pay on a page of which nobody was told' },
  reportsTwice: { fault: 'pesapal-notified-four-times', does: 'pays', passes: [NOTICE] },
  reportsNothing: { fault: 'pesapal-not-notified', does: 'pays', passes: [MINUTE] },
  reportsLate: {
    fault: 'pesapal-late',
    does: 'pays',
    passes: [5 * MINUTE, ...TAKEN_BACK],
    later: [20 * MINUTE, NOTICE],
  },
  reportsByHand: { fault: 'pesapal-not-notified', does: 'pays', passes: [31 * SECOND] },
  tellsOtherAmount: { fault: 'pesapal-status-amount', does: 'pays', passes: [NOTICE] },
  takesOtherCurrency: { fault: 'pesapal-dollars', does: 'pays', passes: [NOTICE] },
  declined: { does: 'declines', passes: [NOTICE] },
  failsFirst: { fault: 'pesapal-failed-first', does: 'pays', passes: [NOTICE], later: [30 * SECOND, NOTICE] },
  nobodyPays: { passes: [21 * MINUTE, ...TAKEN_BACK], reason: 'expired' },
  staysSilent: {
    fault: 'pesapal-status-silence',
    does: 'pays',
    passes: [NOTICE, 10 * MINUTE, 20 * MINUTE, ...Array(8).fill(DAY)],
  },
  takesBack: { fault: 'pesapal-after-cancel', does: 'pays', passes: [NOTICE], later: [5 * SECOND, NOTICE] },
  keeps: { fault: 'pesapal-cancel-refused', passes: [] },
  refund: {
    done: { passes: APPROVAL },
    refused: { fault: 'pesapal-refund-amount', passes: [] },
    uncertain: { fault: 'pesapal-refund-html', passes: APPROVAL },
    uncertainButDone: { fault: 'pesapal-refund-reset', passes: APPROVAL },
  },
};

/** The customer's browser goes where the booking's page says; where it has lost its way, "check now" finds it again. */
export async function openPage(scene: Scene): Promise<Order> {
  const address = (await pageOf(scene)) ?? (await scene.check().then(() => pageOf(scene)));
  assert.ok(address, 'the booking has a page to pay on');
  const trackingId = new URL(address).searchParams.get('OrderTrackingId') ?? '';
  const order = scene.tiketi.simulator.pesapal.find(trackingId);
  assert.ok(order, address);
  return order;
}

async function pageOf(scene: Scene): Promise<string | null | undefined> {
  return (await scene.see()).payment?.redirectUrl;
}

export function newestOrder({ tiketi }: Pick<Scene, 'tiketi'>): Order {
  const order = tiketi.simulator.pesapal.orders().at(-1);
  assert.ok(order, 'something was ordered');
  return order;
}
