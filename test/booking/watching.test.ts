import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { watchBooking } from '../../client/booking/watch-booking.ts';
import { createServerClock } from '../../client/kit/server-clock.ts';
import { recordChange } from '../../server/booking/record-change.ts';
import { bookingOf } from '../../server/model/paid-for.ts';
import { seeingNow } from '../../server/parts.ts';
import { type Realtime, startRealtime } from '../../server/realtime/realtime.ts';
import { startRelay } from '../../server/relay.ts';
import { seeBooking } from '../../server/view/booking-view.ts';
import type { BookingView } from '../../shared/views.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type Core, openCore } from '../support/money-core.ts';
import { seededFraction } from '../support/seeded-random.ts';

const SEEDS = 200;
const ASKS_AGAIN_MS = 10_000;
const BOOKING = 'b'.repeat(32);

/** Loses a third of what is pushed, sends a third of it twice, and lets anything overtake anything. */
class BadNetwork {
  readonly chance: () => number;
  #wire: (() => void)[] = [];

  constructor(seed: number) {
    this.chance = seededFraction(seed);
  }

  push(deliver: () => void) {
    if (this.chance() < 1 / 3) return;
    this.#wire.push(deliver);
    if (this.chance() < 1 / 3) this.#wire.push(deliver);
  }

  /** Some of what is on its way arrives, in any order. */
  arrive(share: number) {
    for (const deliver of this.#wire.splice(0).sort(() => this.chance() - 0.5))
      if (this.chance() < share) deliver();
      else this.#wire.push(deliver);
  }
}

/** The booking page's own watching, at the end of a bad network. */
function openPage(core: Core, booking: string, network: BadNetwork) {
  const clock = new ManualClock('2026-11-22T12:00:00.000Z');
  const shown: number[] = [];
  let change: (view: unknown) => void = () => {};
  let opened = () => {};
  let joined = false;
  const see = () => seeBooking(core.database.read(), booking, seeingNow(core.parts));
  const page = watchBooking(
    {
      clock,
      serverClock: createServerClock(clock),
      presence: { isHere: () => true, onReturn: () => () => {} },
      fetchNewest: async () => {
        const view = await see();
        return view ? { value: view, now: view.now } : null;
      },
      line: {
        isOpen: () => joined,
        onOpen: then => {
          opened = then;
          return () => {};
        },
        async watch() {
          joined = true; // Join,
          const view = await see(); // then read,
          for (let turns = network.chance() * 4; turns > 0; turns--) await setImmediate(); // and the answer dawdles.
          return { booking: view };
        },
        onChange: then => {
          change = then;
          return () => {};
        },
      },
    },
    booking,
    { show: view => void shown.push(view.version), hear: () => {} },
  );
  return {
    ...{ clock, shown, page },
    isJoined: () => joined,
    tell: (view: BookingView) => joined && network.push(() => change(structuredClone(view))),
    reconnect() {
      joined = true;
      opened();
    },
    disconnect() {
      joined = false;
    },
  };
}

test('I14 a watcher never sees an older version after a newer, and always ends at the newest, whatever the network does', async t => {
  const core = await openCore(t, { settings: { RATE_LIMITS: 'off' }, store: 'sqlite' }); // Time is moved by hand here, and waits for no database.
  const showing = await core.addShowing({ capacity: 10 * SEEDS });
  for (let seed = 1; seed <= SEEDS; seed++) {
    const network = new BadNetwork(seed);
    const booking = await core.hold(showing, 1);
    const browser = openPage(core, booking, network);
    const relay = startRelay({
      clock: core.clock,
      database: core.database,
      realtime: {
        tellBooking: browser.tell,
        tellCharge: () => {},
        tellProgramme: () => {},
        touchShowing: () => {},
        watchers: id => Number(id === booking && browser.isJoined()),
      },
      seeBooking: (em, id) => seeBooking(em, id, seeingNow(core.parts)),
      seeCharge: async () => undefined,
      failed: error => assert.fail(String(error)),
    });
    let version = 1;
    for (let step = 0; step < 12; step++) {
      const what = network.chance();
      if (what < 0.5) {
        version += 1;
        await change(core, booking);
        relay.wake();
      } else if (what < 0.65) browser.reconnect();
      else if (what < 0.75) browser.disconnect();
      else if (what < 0.85) await relay.idle();
      else network.arrive(0.6);
      await setImmediate();
    }
    await relay.stop();
    network.arrive(1);
    browser.clock.move(ASKS_AGAIN_MS); // The page asks again while something is open.
    await browser.page.askNow();
    assert.deepEqual(
      browser.shown,
      [...new Set(browser.shown)].sort((a, b) => a - b),
      `seed ${seed}: only ever newer`,
    );
    assert.equal(browser.shown.at(-1), version, `seed ${seed}: the newest in the end`);
    browser.page.stop();
  }
});

function change({ database, clock }: Core, booking: string) {
  return database.write(em =>
    recordChange(em, bookingOf(booking), { happening: 'contradiction', actor: 'query', at: clock.now() }),
  );
}

test('I14 joining, then reading: a change in between is pushed, not lost', async t => {
  const table = { version: 1 };
  let realtime: Realtime | undefined;
  const url = await listen(t, http => {
    realtime = startRealtime(http, {
      ...{ clock: new ManualClock('2026-11-22T12:00:00.000Z'), limited: true, accepts: () => true },
      async seeBooking() {
        const read = { bookingId: BOOKING, ...table } as BookingView;
        table.version = 2; // It changes after this was read and before it is answered.
        realtime?.tellBooking({ bookingId: BOOKING, ...table } as BookingView);
        return read;
      },
      seeCharge: async () => undefined,
      seeShowing: async () => undefined,
      seeProgrammeVersion: async () => 0,
      office: { seat: async () => undefined, seatAgain: async () => undefined, events: [] },
      failed: error => assert.fail(String(error)),
    });
    return () => realtime?.close();
  });
  assert.deepEqual((await watchOverSocket(t, url)).sort(), [1, 2]);
});

test('I14 reading, then joining, would lose it: so the order matters', async t => {
  const table = { version: 1 };
  const url = await listen(t, http => {
    const server = new Server(http, { transports: ['websocket'] });
    server.on('connection', socket =>
      socket.on('booking:watch', async (_, answer) => {
        const read = { ...table };
        table.version = 2;
        server.to('room').emit('booking:changed', { ...table });
        await socket.join('room');
        answer({ booking: read });
      }),
    );
    return () => server.close();
  });
  assert.deepEqual(await watchOverSocket(t, url), [1]);
});

async function listen(t: TestContext, start: (http: ReturnType<typeof createServer>) => () => unknown) {
  const http = createServer();
  const close = start(http);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  t.after(close);
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
}

/** The versions that have reached a browser when its question is answered: what was pushed before came before. */
async function watchOverSocket(t: TestContext, url: string): Promise<number[]> {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  t.after(() => socket.close());
  const seen: number[] = [];
  socket.on('booking:changed', ({ version }) => void seen.push(version));
  const answer = await socket.timeout(5_000).emitWithAck('booking:watch', { bookingId: BOOKING });
  seen.push(answer.booking.version);
  return seen;
}
