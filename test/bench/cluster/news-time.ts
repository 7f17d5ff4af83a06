import pg from 'pg';
import { NEWS_CHANNEL } from '../../../server/realtime/wire.ts';
import { Customer } from '../../support/customer.ts';
import type { Figures } from '../bench-kinds.ts';
import { median } from '../measure.ts';
import type { UnderTest } from '../under-test.ts';

const BLINKS = 200;
const NEWS = 5_000;

/** From the request at one process until a watcher of the same and one of the other has the new state. */
export async function blinks([one, other]: readonly UnderTest[], showing: number): Promise<Figures> {
  const [here, there] = [new Customer(one?.url ?? ''), new Customer(other?.url ?? '')];
  const times: Record<'own' | 'across', number[]> = { own: [], across: [] };
  try {
    for (let blink = 0; blink < BLINKS; blink++) {
      const { bookingId } = await here.book(showing, 1);
      const [near, far] = [await here.watch(bookingId), await there.watch(bookingId)];
      const begun = performance.now();
      const saw = async (watch: typeof near, whose: 'own' | 'across') => {
        await watch.untilState('cancelled');
        times[whose].push(performance.now() - begun);
      };
      await Promise.all([saw(near, 'own'), saw(far, 'across'), here.ask('DELETE', `/api/v1/bookings/${bookingId}`)]);
      near.socket.close();
      far.socket.close();
    }
  } finally {
    here.close();
    there.close();
  }
  return { own: median(times.own), across: median(times.across), across99: slowestHundredth(times.across) };
}

function slowestHundredth(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0;
}

/** How many notifications one connection sends and another hears in a second, one commit each. */
export async function notifications(url: string): Promise<number> {
  const [sender, listener] = [new pg.Client(url), new pg.Client(url)];
  await Promise.all([sender.connect(), listener.connect()]);
  await listener.query(`listen "${NEWS_CHANNEL}-bench"`);
  const heard = Promise.withResolvers<void>();
  let count = 0;
  listener.on('notification', () => ++count === NEWS && heard.resolve());
  const begun = performance.now();
  for (let sent = 0; sent < NEWS; sent++)
    await sender.query('select pg_notify($1, $2)', [`${NEWS_CHANNEL}-bench`, String(sent)]);
  await heard.promise;
  const seconds = (performance.now() - begun) / 1_000;
  await Promise.all([sender.end(), listener.end()]);
  return NEWS / seconds;
}
