import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { watchBoard } from '../../client/board/watch-board.ts';
import { createServerClock } from '../../client/kit/server-clock.ts';
import { seeBoard } from '../../server/board/see-board.ts';
import { type BoardTeller, createBoardTeller } from '../../server/board/tell-board.ts';
import { moveBooking } from '../../server/booking/move-booking.ts';
import { cancelBooking } from '../../server/payment/cancel-booking.ts';
import { startRelay } from '../../server/relay.ts';
import type { BoardAnswer } from '../../shared/office/board.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { type Core, openCore, START } from '../support/money-core.ts';
import { seededFraction } from '../support/seeded-random.ts';

const SEEDS = 40;
const CHANGES = 30;
const STORM_MS = 20_000;
const DROPPED = 0.15;
const DOUBLED = 0.15;
const LATE = 0.2;
const LATE_MS_MAX = 4_000;
const CUTS = 3;
const ASK_AGAIN_MS = 15_000; // As the board has it.

type Hear = (message: unknown) => void;
/** What the network may do to a message: none, one or two arrivals, in milliseconds from now. */
type Fate = (chance: () => number) => number[];

const unreliable: Fate = chance => {
  const fate = chance();
  if (fate < DROPPED) return [];
  if (fate < DROPPED + DOUBLED) return [0, chance() * LATE_MS_MAX];
  return fate < DROPPED + DOUBLED + LATE ? [chance() * LATE_MS_MAX] : [0];
};

/** A box office’s socket in simulated time: what is told is lost, doubled and overtaken, and the line is cut. */
class Line {
  readonly #clock: ManualClock;
  readonly #chance: () => number;
  readonly #answer: () => Promise<BoardAnswer | undefined>;
  readonly #hearing = new Map<string, Hear>();
  #opened = () => {};
  #open = true;
  isCalm = false;

  constructor(clock: ManualClock, chance: () => number, answer: () => Promise<BoardAnswer | undefined>) {
    this.#clock = clock;
    this.#chance = chance;
    this.#answer = answer;
  }

  readonly socket = {
    isOpen: () => this.#open,
    onOpen: (then: () => void) => {
      this.#opened = then;
      then();
      return () => {};
    },
    on: <T>(event: string, schema: v.GenericSchema<unknown, T>, then: (message: T) => void) => {
      this.#hearing.set(event, message => then(v.parse(schema, message)));
      return () => void this.#hearing.delete(event);
    },
    ask: async <T>(_event: string, _wish: object, schema: v.GenericSchema<unknown, T>) => {
      const answer = await this.#answer();
      await new Promise<void>(done => this.#clock.after(this.isCalm ? 1 : this.#chance() * 500, done));
      return { value: v.parse(schema, answer) };
    },
  };

  tell(event: string, message: object) {
    if (!this.#open) return;
    const copy = JSON.stringify(message);
    for (const ms of this.isCalm ? [0] : unreliable(this.#chance))
      this.#clock.after(ms, () => this.#hearing.get(event)?.(JSON.parse(copy)));
  }

  cut() {
    this.#open = false;
  }

  mend() {
    this.#open = true;
    this.#opened();
  }
}

/** One evening in a storm; answers every version that was shown, row by row, and what is shown in the end. */
async function weather(core: Core, seed: number) {
  const chance = seededFraction(seed);
  const clock = new ManualClock(START);
  const showings = [await core.addShowing({ capacity: 40 }), await core.addShowing({ capacity: 40 })];
  const see = () => seeBoard(core.database.read(), { venueId: 1, now: clock.now(), withTakings: true });
  const line = new Line(clock, chance, see);
  const board: BoardTeller = createBoardTeller({
    ...{ clock, database: core.database, failed: error => assert.fail(String(error)) },
    office: {
      listeners: () => 1,
      to: (_, role) => ({
        emit: (event, message) => (role === undefined || role === 'supervisor' ? line.tell(event, message) : undefined),
      }),
    },
  });
  const relay = startRelay({
    ...{ clock, database: core.database, touchBoard: board.touch, failed: error => assert.fail(String(error)) },
    ...{ seeBooking: async () => undefined, seeCharge: async () => undefined },
    realtime: { tellBooking() {}, tellProgramme() {}, tellCharge() {}, touchShowing() {}, watchers: () => 0 },
  });
  const shown = new Map<string | number, number[]>();
  const changed = () => {
    for (const row of [...watch.memory.showings, ...watch.memory.bookings]) {
      const id = 'bookingId' in row ? row.bookingId : row.showingId;
      shown.set(id, [...(shown.get(id) ?? []), row.version]);
    }
  };
  const watch = watchBoard({ clock, serverClock: createServerClock(clock), socket: line.socket }, 1, {
    changed,
    refused: trouble => assert.fail(trouble.code),
  });
  const bookings: string[] = [];
  for (let change = 0; change < CHANGES; change++) clock.after(chance() * STORM_MS, () => void happen());
  for (let cut = 0; cut < CUTS; cut++) {
    const from = chance() * STORM_MS;
    clock.after(from, () => line.cut());
    clock.after(from + chance() * LATE_MS_MAX, () => line.mend());
  }
  await pass(clock, STORM_MS + LATE_MS_MAX);
  line.isCalm = true;
  await pass(clock, ASK_AGAIN_MS + 1_000);
  const truth = await see();
  watch.stop();
  await board.stop();
  await relay.stop();
  return { shown, memory: watch.memory, truth, bookings };

  async function happen() {
    const before = bookings[Math.floor(chance() * bookings.length)];
    const showing = showings[Math.floor(chance() * 2)] ?? 0;
    const fate = chance();
    if (before === undefined || fate < 0.5) bookings.push(await core.hold(showing, 1));
    else
      await core.database
        .write(em =>
          fate < 0.75
            ? cancelBooking(em, before, clock.now())
            : moveBooking(em, {
                bookingId: before,
                showingId: showing,
                actor: 'staff:Amina',
                note: 'storm',
                now: clock.now(),
              }),
        )
        .catch(() => {}); // Cancelled before, or there already.
    relay.wake();
  }
}

async function pass(clock: ManualClock, ms: number) {
  const end = +clock.now() + ms;
  for (;;) {
    for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
    const next = clock.nextMs;
    if (next === undefined || +clock.now() + next > end) break;
    clock.move(next);
  }
  clock.move(end - +clock.now());
  for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
}

async function openSea(t: TestContext) {
  return openCore(t, {
    settings: { RATE_LIMITS: 'off', HOLD_MINUTES: '1000', HOLD_CAP_MINUTES: '1000' },
    store: 'sqlite', // Time is moved by hand here, and waits for no database.
  });
}

test('I14 a board whose pushes are lost, doubled and overtaken, and whose line is cut, never shows an older row after a newer one and ends as the truth', async t => {
  const core = await openSea(t);
  let rows = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { shown, memory, truth } = await weather(core, seed);
    for (const [id, versions] of shown)
      assert.ok(
        versions.every((version, at) => at === 0 || version >= (versions[at - 1] ?? 0)),
        `seed ${seed}: ${id} ${versions}`,
      );
    const byStart = truth?.board.showings ?? [];
    assert.ok(isDeepStrictEqual(memory.showings, byStart), `seed ${seed}: showings`);
    const ids = (list: { bookingId: string }[]) => list.map(({ bookingId }) => bookingId).sort();
    assert.deepEqual(ids(memory.bookings), ids(truth?.board.bookings ?? []), `seed ${seed}`);
    rows += [...shown.values()].reduce((sum, versions) => sum + new Set(versions).size, 0);
  }
  t.diagnostic(`${SEEDS} storms, ${rows} different rows shown`);
  assert.ok(rows > SEEDS * CHANGES);
});
