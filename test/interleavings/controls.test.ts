import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelCarelessly, expireCarelessly, settleCarelessly } from './careless.ts';
import { bookAndPay, deliver, enterPin, silenceQueries } from './doors.ts';
import { inManyOrders } from './in-many-orders.ts';
import type { Stage } from './stage.ts';

const MINUTE_MS = 60_000;

type Door = (stage: Stage) => Promise<unknown>;

/** One after the other these doors are sound; at once, the orders that find nothing wrong with the real ones find a break. */
async function mustBreak(rule: RegExp, afterMs: number, ...doors: [Door, Door]): Promise<void> {
  const prepare = async (stage: Stage) => {
    await bookAndPay(stage);
    await enterPin(stage);
    silenceQueries(stage);
    await stage.pass(afterMs);
  };
  for (const [first, second] of [doors, doors.toReversed()] as [Door, Door][])
    await inManyOrders(async stage => {
      await prepare(stage);
      await stage.atOnce(() => first(stage));
      await stage.atOnce(() => second(stage));
    }, 1);
  const atOnce = inManyOrders(async stage => {
    await prepare(stage);
    await stage.atOnce(
      () => doors[0](stage),
      () => doors[1](stage),
    );
  });
  await assert.rejects(atOnce, ({ cause }: Error) => cause instanceof Error && rule.test(cause.message));
}

test('control: two successes that look first and act later count the money twice', () =>
  mustBreak(/I5 one payment/, 0, settleCarelessly, settleCarelessly));

test('control: an expiry that looks first and acts later takes the places from somebody who paid', () =>
  mustBreak(/I4 booking .* from confirmed to lapsed/, 11 * MINUTE_MS, expireCarelessly, deliver));

test('control: a cancellation that looks first and acts later cancels what was just paid', () =>
  mustBreak(/I4 booking .* from confirmed to cancelled/, 4 * MINUTE_MS, cancelCarelessly, deliver));
