import assert from 'node:assert/strict';
import { watchBooking } from '../../client/booking/watch-booking.ts';
import { recordChange } from '../../server/booking/record-change.ts';
import type { Database } from '../../server/database/open-database.ts';
import { bookingOf } from '../../server/model/paid-for.ts';
import { seeingNow } from '../../server/parts.ts';
import { type Relay, startRelay } from '../../server/relay.ts';
import { seeBooking } from '../../server/view/booking-view.ts';
import type { Clock } from '../../shared/clock.ts';
import type { BookingView } from '../../shared/views.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type Core, openCore, START } from '../support/money-core.ts';
import { seededFraction } from '../support/seeded-random.ts';
import { Browser, type Watch } from './browser.ts';
import { ROUND_TRIP_MS_MAX, UnreliableNetwork } from './unreliable-network.ts';

const BROWSERS = 4;
const STORM_MS = 15_000;
const CHANGES = 8; // During the storm.
const BREAKS_PER_SECOND = 0.2; // Of each connection.
const AWAY_MS_MAX = 3_000;
const RESTARTS = 2;
const TURNS = 3; // Of the event loop: one for a write to begin, the rest for what it wakes.
const TOLD_WITHIN_MS = 2_000; // I14, for those who are connected.

export interface Sea {
  core: Core;
  showing: number;
}

export interface Figures {
  pushes: number;
  faulty: number;
  shown: number;
}

export async function openSea(test: Parameters<typeof openCore>[0]): Promise<Sea> {
  const core = await openCore(test, {
    settings: { RATE_LIMITS: 'off', HOLD_MINUTES: '1000', HOLD_CAP_MINUTES: '1000' },
    store: 'sqlite', // Time is moved by hand here, and waits for no database.
  });
  return { core, showing: await core.addShowing({ capacity: 1_000_000 }) };
}

/**
 * One booking in a storm: it changes, pushes are lost, doubled and overtaken, connections break, the server dies in the
 * middle of telling. Throws when a browser shows an older version after a newer one, or does not end at the last one.
 */
export async function converge({ core, showing }: Sea, seed: number, watch: Watch = watchBooking): Promise<Figures> {
  const story = new Story(core, await core.hold(showing, 1), seed, watch);
  try {
    await story.storm();
    await story.calm();
  } catch (error) {
    throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error });
  } finally {
    await story.end();
  }
  return story.figures();
}

class Story {
  readonly #core: Core;
  readonly #clock = new ManualClock(START);
  readonly #bookingId: string;
  readonly #chance: () => number;
  readonly #network: UnreliableNetwork;
  readonly #browsers: Browser[];
  #relay: Relay;
  #life = { isOver: false };
  #version = 1;
  #view: BookingView | undefined;
  /** So many more are told, then the server dies. */
  #dyingAfter = Number.POSITIVE_INFINITY;

  constructor(core: Core, bookingId: string, seed: number, watch: Watch) {
    this.#core = core;
    this.#bookingId = bookingId;
    this.#chance = seededFraction(seed);
    this.#network = new UnreliableNetwork(this.#clock, this.#chance);
    this.#relay = this.#newRelay();
    const shop = { clock: this.#clock, network: this.#network, bookingId, see: () => this.#see() };
    this.#browsers = Array.from({ length: BROWSERS }, () => new Browser(shop, watch));
  }

  /** Everything goes wrong that can. */
  async storm() {
    const clock = this.#clock;
    for (const browser of this.#browsers) this.#comeAndGo(browser);
    for (let change = 0; change < CHANGES; change++) clock.after(this.#chance() * STORM_MS, () => void this.#change());
    for (let restart = 0; restart < RESTARTS; restart++)
      clock.after(this.#chance() * STORM_MS, () => (this.#dyingAfter = Math.floor(this.#chance() * BROWSERS)));
    await this.#pass(STORM_MS);
    this.#dyingAfter = Number.POSITIVE_INFINITY;
    this.#network.isCalm = true;
    await this.#pass(AWAY_MS_MAX + ROUND_TRIP_MS_MAX); // Whoever was away is back, and so is the server.
  }

  /** Connected, a change is there within two seconds; after a reconnect, within a round trip. */
  async calm() {
    await this.#change();
    await this.#pass(TOLD_WITHIN_MS);
    this.#assertShown('connected', this.#browsers);
    for (const browser of this.#browsers) browser.disconnect();
    await this.#change();
    await this.#pass(this.#chance() * AWAY_MS_MAX);
    for (const browser of this.#browsers) browser.connect();
    await this.#pass(ROUND_TRIP_MS_MAX);
    this.#assertShown('reconnected', this.#browsers);
  }

  async end() {
    await this.#relay.stop();
    this.#life.isOver = true;
  }

  figures(): Figures {
    const { sent, faulty } = this.#network.pushed;
    return { pushes: sent, faulty, shown: this.#browsers.reduce((sum, { shown }) => sum + shown.length, 0) };
  }

  #assertShown(who: string, browsers: Browser[]) {
    for (const { shown } of browsers) {
      assert.ok(
        shown.every((version, at) => at === 0 || version > (shown[at - 1] ?? 0)),
        `an older version was shown after a newer one: ${shown}`,
      );
      assert.equal(shown.at(-1), this.#version, `${who}, and shows an older version than the last`);
    }
  }

  #comeAndGo(browser: Browser) {
    const clock = this.#clock;
    const stayMs = -Math.log(1 - this.#chance()) * (1_000 / BREAKS_PER_SECOND);
    browser.connect();
    clock.after(stayMs, () => {
      if (this.#network.isCalm) return;
      browser.disconnect();
      if (this.#chance() < 0.3) browser.leave();
    });
    clock.after(stayMs + this.#chance() * AWAY_MS_MAX, () => {
      browser.comeBack();
      this.#comeAndGo(browser);
    });
  }

  /** Something happens to the booking that changes nothing but its version. */
  async #change() {
    const change = { happening: 'contradiction', actor: 'query', at: this.#clock.now() } as const;
    await this.#core.database.write(em => recordChange(em, bookingOf(this.#bookingId), change));
    this.#version++;
    if (this.#chance() < 0.7) this.#relay.wake(); // Otherwise the sweep finds it.
  }

  /** What stands in the database now. The view of a version is made once: here thousands ask, and nothing else changes. */
  async #see(): Promise<BookingView | undefined> {
    const em = this.#core.database.read();
    const [row] = await em.execute<{ version: number }[]>(
      `select version from booking where id = '${this.#bookingId}'`,
    );
    if (row?.version !== this.#view?.version)
      this.#view = await seeBooking(em, this.#bookingId, seeingNow(this.#core.parts));
    return this.#view;
  }

  #newRelay(): Relay {
    const core = this.#core;
    const life = { isOver: false };
    this.#life = life;
    const clock: Clock = {
      now: () => this.#clock.now(),
      after: (ms, then) => this.#clock.after(ms, () => void (life.isOver || then())),
    };
    const write: Database['write'] = work => (life.isOver ? new Promise(() => {}) : core.database.write(work));
    return startRelay({
      ...{ clock, database: { ...core.database, write } },
      seeCharge: async () => undefined,
      realtime: {
        tellCharge: () => {},
        tellProgramme: () => {},
        tellBooking: view => {
          for (const connection of this.#network.watchers(view.bookingId)) {
            if (this.#dyingAfter-- <= 0) return this.#die();
            this.#network.push(connection, view);
          }
        },
        touchShowing: () => {},
        watchers: bookingId => this.#network.watchers(bookingId).length,
      },
      seeBooking: () => this.#see(),
      failed: error => assert.fail(String(error)),
    });
  }

  /** Some have been told, some not, and nobody has written down that anybody was. A new process starts a little later. */
  #die() {
    this.#dyingAfter = Number.POSITIVE_INFINITY;
    this.#life.isOver = true;
    this.#network.serverDies();
    this.#clock.after(this.#chance() * AWAY_MS_MAX, () => {
      this.#network.serverReturns();
      this.#relay = this.#newRelay();
      for (const browser of this.#browsers) browser.connect();
    });
  }

  /** Lets time pass from one thing that falls due to the next. */
  async #pass(ms: number) {
    const clock = this.#clock;
    const end = +clock.now() + ms;
    for (;;) {
      await turns();
      const next = clock.nextMs;
      if (next === undefined || +clock.now() + next > end) break;
      clock.move(next);
    }
    clock.move(end - +clock.now());
    await turns();
  }
}

async function turns() {
  for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
}
