import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { watchBooking } from '../../client/booking/watch-booking.ts';
import { keepAsking } from '../../client/kit/keep-asking.ts';
import { BookingAnswer, BookingView } from '../../shared/views.ts';
import type { Watch } from './browser.ts';
import { converge, type Figures, openSea } from './converge.ts';

const SEEDS = 200;
const SEEDS_OF_CONTROLS = 20;

test('I14 pushes lost, doubled and overtaken, broken connections, a server that dies while it tells: every watcher ends at the last version and none ever shows an older one', async t => {
  const sea = await openSea(t);
  const all: Figures = { pushes: 0, faulty: 0, shown: 0 };
  for (let seed = 1; seed <= SEEDS; seed++) {
    const one = await converge(sea, seed);
    for (const key of ['pushes', 'faulty', 'shown'] as const) all[key] += one[key];
  }
  t.diagnostic(JSON.stringify({ seeds: SEEDS, ...all }));
  assert.ok(all.faulty > all.pushes / 5, 'the network was bad enough');
});

test('the same storm shows an older version to a page that takes whatever comes, so it is strong enough', async t => {
  const sea = await openSea(t);
  assert.match(await firstFailure(seed => converge(sea, seed, takesWhateverComes)), /older version was shown after/);
});

test('the same storm leaves behind a page that does not ask when it is connected again', async t => {
  const sea = await openSea(t);
  const trusting: Watch = (parts, ...rest) =>
    watchBooking({ ...parts, line: { ...parts.line, onOpen: () => () => {} } }, ...rest);
  assert.match(await firstFailure(seed => converge(sea, seed, trusting)), /shows an older version than the last/);
});

async function firstFailure(run: (seed: number) => Promise<unknown>): Promise<string> {
  for (let seed = 1; seed <= SEEDS_OF_CONTROLS; seed++) {
    try {
      await run(seed);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return 'nothing failed';
}

/** The product's asking, without its rule about versions. */
const takesWhateverComes: Watch = (parts, bookingId, { show }) => {
  parts.line.onChange(booking => show(v.parse(BookingView, booking)));
  const asking = keepAsking({
    ...parts,
    overLine: async () => show(v.parse(BookingAnswer, await parts.line.watch(bookingId)).booking),
    async overHttp() {
      const answer = await parts.fetchNewest(bookingId);
      if (answer && 'value' in answer) show(answer.value);
    },
    isUnsettled: () => true,
  });
  return { take: show, ...asking };
};
