import { setTimeout } from 'node:timers/promises';
import { Promised } from '../crash/promised.ts';
import { mustBeCutOff, Shopper } from '../crash/shopper.ts';
import { Customer } from '../support/customer.ts';
import { seededFraction } from '../support/seeded-random.ts';

const SHOPPERS = 6;
const THINKING_MS = 100; // Of those who change their minds.

/** People who book at one showing, pay or change their minds, until they are told to stop; a dead server does not stop them. */
export function startRush(url: string, showingId: number, seed: number) {
  let phones = 0;
  const promised = new Promised();
  const nextPhone = () => `2547${String(20_000_000 + phones++).padStart(8, '0')}`; // No magic number among them.
  const crowd = { url, promised, chance: seededFraction(seed), showings: [showingId], nextPhone };
  let isOver = false;
  const all = [
    ...Array.from({ length: SHOPPERS }, (_, at) => new Shopper(crowd, `shopper-${seed}-${at}`).shop(() => isOver)),
    letGoAgain(url, showingId, () => isOver),
  ];
  const done = Promise.all(all);
  done.catch(() => {}); // Whoever stops them hears of it.
  return {
    promised,
    async stop() {
      isOver = true;
      await done;
    },
  };
}

async function letGoAgain(url: string, showingId: number, isOver: () => boolean) {
  const customer = new Customer(url);
  while (!isOver())
    try {
      const { bookingId } = await customer.book(showingId, 1);
      await setTimeout(THINKING_MS);
      await customer.ask('DELETE', `/api/v1/bookings/${bookingId}`);
    } catch (error) {
      mustBeCutOff(error);
      await setTimeout(THINKING_MS);
    }
}
