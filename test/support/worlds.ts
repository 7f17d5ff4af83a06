import { lapseHold, letGo } from '../../server/booking/end-hold.ts';
import { END_OF_TIME, type World } from './histories.ts';
import type { Core } from './money-core.ts';

/** So late after the push, Daraja's queries are believed about everything. */
export const PROMPT_OVER_MS = 100_000;

/** Bookings in every situation in which evidence can find them. The clock ends up at the start of the last payment. */
export async function buildWorlds(core: Core): Promise<World[]> {
  const { clock, addShowing, hold, pay } = core;
  const phones = Array.from({ length: 10 }, (_, at) => `2547000000${10 + at}`);
  const phone = () => phones.shift() ?? '';
  async function booked(capacity = 50) {
    const showing = await addShowing({ capacity });
    const booking = await hold(showing);
    return { showing, booking, first: await pay(booking, phone()) };
  }
  const twice = await booked();
  clock.move(130_000); // The first prompt and its grace are over: a second payment may begin.
  const second = await pay(twice.booking, phone());
  const held = await booked();
  const free = await booked(4);
  const full = await booked(2);
  const cancelled = await booked();
  const off = await booked();
  for (const { booking } of [free, full]) await core.database.write(em => lapseHold(em, booking, END_OF_TIME));
  await core.database.write(em => letGo(em, cancelled.booking, 'customer', clock.now()));
  await core.change(`update showing set cancelledAt = ${+clock.now()} where id = ${off.showing}`);
  await hold(full.showing); // Somebody else has the places now.
  return [
    { name: 'held, paid for twice', booking: twice.booking, payments: [twice.first, second] },
    { name: 'held', booking: held.booking, payments: [held.first] },
    { name: 'lapsed, the places are free', booking: free.booking, payments: [free.first] },
    { name: 'lapsed, the places are gone', booking: full.booking, payments: [full.first] },
    { name: 'cancelled', booking: cancelled.booking, payments: [cancelled.first] },
    { name: 'the showing was called off', booking: off.booking, payments: [off.first] },
  ];
}
