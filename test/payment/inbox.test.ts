import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openVictim } from '../crash/victim.ts';
import { failureBody, storedCallbacks, successBody } from '../support/callbacks.ts';
import { Customer } from '../support/customer.ts';
import { BROKEN } from '../support/invariants.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { openSideDoor } from '../support/side-door.ts';
import { openTiketi } from '../support/tiketi.ts';

const PAYING = 30; // Many more than make a burst.
const LONG = { HOLD_MINUTES: '10', HOLD_CAP_MINUTES: '20', PROMPT_SECONDS: '60', RATE_LIMITS: 'off' };

type Checkouts = Awaited<ReturnType<typeof openTiketi>>['simulator']['parts']['checkouts'];

/** So many with a prompt on their phones; the bookings in the order of the checkouts. */
async function prompt(customer: Customer): Promise<string[]> {
  const { showingId } = await customer.payableShowing();
  const bookings: string[] = [];
  for (let one = 0; one < PAYING; one++) {
    const { bookingId } = await customer.book(showingId, 1);
    await customer.pay(bookingId, `2547${10_000_000 + one}`);
    bookings.push(bookingId);
  }
  return bookings;
}

/** What Daraja says of each checkout: that it was paid. */
function successes(checkouts: Checkouts) {
  return [...checkouts.values()].map(({ callbackUrl, amount, ...ids }, one) => ({
    path: new URL(callbackUrl).pathname,
    body: successBody({ ...ids, amount, receiptNumber: `BURST${one}` }),
  }));
}
