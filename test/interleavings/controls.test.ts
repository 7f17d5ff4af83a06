import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EACH_STORE } from '../support/stores.ts';
import { cancelCarelessly, expireCarelessly, refundCarelessly, sendCarelessly, settleCarelessly } from './careless.ts';
import {
  bookAndPaid,
  bookAndPay,
  check,
  decide,
  deliver,
  enterPin,
  giveBackElsewhere,
  owe,
  silenceQueries,
} from './doors.ts';
import { inOrders, ORDERS } from './in-many-orders.ts';
import type { Stage } from './stage.ts';

const MINUTE_MS = 60_000;

type Door = (stage: Stage) => Promise<unknown>;

/** Paid, and nobody tells for so long. */
const paidInSilence = (ms: number) => async (stage: Stage) => {
  await bookAndPay(stage);
  await enterPin(stage);
  silenceQueries(stage);
  await stage.pass(ms);
};

/** Paid, confirmed, and given back by somebody else at the gateway. */
async function paidAndTakenBack(stage: Stage): Promise<void> {
  await bookAndPaid(stage);
  giveBackElsewhere(stage);
}

const noteReversal = (stage: Stage) => decide(stage, 'receipts/1/reversals', {});

/** One after the other these doors are sound; at once, the orders that find nothing wrong with the real ones find a break. */
async function mustBreak(rule: RegExp, prepare: Door, ...doors: [Door, Door]): Promise<void> {
  for (const [first, second] of [doors, doors.toReversed()] as [Door, Door][])
    await inOrders(
      async stage => {
        await prepare(stage);
        await stage.atOnce(() => first(stage));
        await stage.atOnce(() => second(stage));
      },
      'sqlite',
      1,
    );
  const atOnce = inOrders(
    async stage => {
      await prepare(stage);
      await stage.atOnce(
        () => doors[0](stage),
        () => doors[1](stage),
      );
    },
    'sqlite',
    ORDERS,
  );
  await assert.rejects(atOnce, ({ cause }: Error) => cause instanceof Error && rule.test(cause.message));
}

test('control: two successes that look first and act later count the money twice', () =>
  mustBreak(/I5 one payment/, paidInSilence(0), settleCarelessly, settleCarelessly));

test('control: an expiry that looks first and acts later takes the places from somebody who paid', () =>
  mustBreak(/I4 booking .* from confirmed to lapsed/, paidInSilence(11 * MINUTE_MS), expireCarelessly, deliver));

test('control: a cancellation that looks first and acts later cancels what was just paid', () =>
  mustBreak(/I4 booking .* from confirmed to cancelled/, paidInSilence(4 * MINUTE_MS), cancelCarelessly, deliver));

test('control: of two refunds that look first and act later only the database stops the second', () =>
  mustBreak(/UNIQUE constraint failed: refund\.receipt/, bookAndPaid, refundCarelessly, refundCarelessly));

test('control: a refund that looks first and acts later owes what the gateway has taken back', () =>
  mustBreak(/I2 money that went back is owed no more/, paidAndTakenBack, refundCarelessly, noteReversal));

test('control: two who look first and send later ask the gateway for the same money twice', () =>
  mustBreak(/I2 a refund is sent again only after it failed/, owe, sendCarelessly, sendCarelessly));

test('control: without its locks PostgreSQL counts money twice that a callback and a query tell of at once', async () => {
  if (!EACH_STORE.includes('postgres')) return;
  const carelessly = inOrders(
    async stage => {
      const booking = await bookAndPay(stage);
      await stage.pass(30_000);
      await enterPin(stage);
      await stage.atOnce(
        () => deliver(stage),
        () => check(stage, booking),
      );
    },
    'postgres',
    ORDERS,
    false,
  );
  await assert.rejects(
    carelessly,
    ({ cause }: Error) => cause instanceof Error && /I3 .* was never taken/.test(cause.message),
  );
});
