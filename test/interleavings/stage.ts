import assert from 'node:assert/strict';
import type fc from 'fast-check';
import type { Database } from '../../server/database/open-database.ts';
import type { SendRequest, Sent } from '../../server/gateway/send.ts';
import type { Simulator } from '../../server/simulator/simulator.ts';
import { createChance } from '../histories/chance.ts';
import { Commits } from '../histories/commits.ts';
import { wronglyBack } from '../histories/given-back.ts';
import { theDisk } from '../histories/history.ts';
import { HOUSES, openHouse, withInitiator } from '../histories/house.ts';
import type { Answer, Request } from '../histories/in-memory-http.ts';
import { HONEST } from '../histories/knowledge.ts';
import { bringIn, theManager } from '../histories/manager-session.ts';
import { missingMoney } from '../histories/money.ts';
import { openSimulator } from '../histories/open-simulator.ts';
import { Portal } from '../histories/portal.ts';
import { brokenRules } from '../histories/rules.ts';
import { ServerLife } from '../histories/server-life.ts';
import { SimulatedTime } from '../histories/simulated-time.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { Store } from '../support/stores.ts';

export const PHONE = '254712000001';
export const OTHER_PHONE = '254712000002';

const DAY_MS = 24 * 3_600_000;

interface Letter {
  path: string;
  body: string;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/**
 * The server's own code between a database and the simulated gateway, all in memory. Once two doors are open at the same
 * time, every transaction and every message to the gateway waits until the scheduler lets it go; on PostgreSQL, where
 * transactions run beside each other, every statement. `locks`: without, it asks for none, to see what they are there for.
 */
export async function openStage(scheduler: fc.Scheduler, store: Store, locks = true) {
  const disk = await theDisk(store);
  disk.supervise(null);
  const manager = await theManager(disk);
  disk.erase();
  const time = new SimulatedTime('2026-11-22T12:00:00.000Z', disk);
  const commits = new Commits(disk);
  const breaches: string[] = [];
  let open = false;
  const turn = async (label: string) => {
    if (open) await scheduler.schedule(Promise.resolve(), label);
  };
  disk.supervise({
    before: () => time.happened(),
    committed: () => void breaches.push(...commits.look()),
    turn,
    ...(!locks && { instead: sql => sql.replace(/ for no key update$/, '') }),
  });
  const [usual] = HOUSES;
  assert.ok(usual);
  const house = withInitiator(usual, false);
  const { config } = house;
  await openHouse(disk, createChance(1, 1), house, time.now());
  await disk.open().write(em => bringIn(em, manager, time.now(), new Date(+time.now() + DAY_MS)));
  disk.change(`update showing set capacity = 4, startsAt = ${+time.now() + 6 * 3_600_000}`);
  const letters: Letter[] = [];
  const post = async (url: string, body: string) => {
    letters.push({ path: new URL(url).pathname, body });
    return 200;
  };
  const simulator = openSimulator(config, createChance(1, 2), { clock: time, random: seededRandom(2), post });
  const portal = new Portal(simulator, time);
  const answerTurns: number[] = [];
  const life = new ServerLife({
    ...{ config, clock: time, random: seededRandom(1) },
    disk: { ...disk, open: () => inTurn(disk.open(), turn) },
    send: async wish => {
      await turn(`request ${new URL(wish.url).pathname}`);
      const sent = await toGateway(simulator, wish);
      for (let turns = answerTurns.shift() ?? 1; turns > 0; turns--) await turn(`answer ${new URL(wish.url).pathname}`);
      return sent;
    },
    uptimeMs: () => +time.now(),
    watchers: () => 0,
    told: () => {},
    failed: line => void breaches.push(line),
  });
  await life.begin();
  const ask = async (request: Omit<Request, 'fromAddress'>): Promise<Answer> => {
    const answer = await life.ask({ ...request, fromAddress: '198.51.100.1' }, () => {});
    assert.ok(answer !== 'cut');
    return answer;
  };
  return {
    ...{ disk, time, simulator, portal, letters, ask, turn, cookie: manager.cookie, beat: () => life.beat() },
    database: inTurn(disk.open(), turn),
    /** The gateway's next answer is on its way for so many turns of its own. */
    delayNextAnswer: (turns: number) => void answerTurns.push(turns),
    /** How often the gateway was asked this. */
    requests: (path: string) => simulator.parts.requests[path] ?? 0,
    /** Time passes, and what falls due happens; janitor and relay stay where they are. */
    async pass(ms: number) {
      const until = +time.now() + ms;
      time.after(ms, () => {});
      while (time.nextAt !== undefined && time.nextAt <= until) {
        time.fireNext();
        await time.quiet();
      }
    },
    /** All at the same time, in an order that the scheduler draws. Resolves when all have come to their end. */
    async atOnce<T extends unknown[]>(...doors: { [K in keyof T]: () => Promise<T[K]> }): Promise<T> {
      open = true;
      const all = Promise.all(doors.map(door => door()));
      let ended = false;
      void all.finally(() => (ended = true)).catch(() => {});
      const isOver = () => ended && scheduler.count() === 0 && disk.asking() === undefined;
      for (await time.quiet(); !isOver(); await time.quiet())
        if (scheduler.count() > 0) await scheduler.waitNext(1);
        else await (disk.asking() ?? time.fireNext());
      open = false;
      return (await all) as T;
    },
    /** Every rule, and the oracle. */
    assertSound() {
      const { ledger } = simulator;
      const back = wronglyBack(disk, ledger, { foreign: portal.foreign, byHand: new Set() });
      const unheeded = disk.query(`select id from callback where refund is not null and state = 'quarantined'`)();
      assert.deepEqual([...breaches, ...brokenRules(disk), ...missingMoney(disk, ledger, HONEST), ...back], []);
      assert.deepEqual(unheeded, [], 'what the gateway said of a refund was not believed');
    },
    tell: () => tell(disk),
  };
}

type Turn = (label: string) => Promise<void>;

/** Each transaction waits for its turn. */
function inTurn(database: Database, turn: Turn): Database {
  return {
    ...database,
    async write(work) {
      await turn('transaction');
      return database.write(work);
    },
  };
}

async function toGateway(simulator: Simulator, wish: SendRequest): Promise<Sent> {
  const { pathname, search } = new URL(wish.url);
  const { method, headers, body = '' } = wish;
  const answer = await simulator.answer({ method, path: pathname + search, headers, body });
  return 'drop' in answer
    ? { result: 'unanswered', why: 'ECONNRESET' }
    : { result: 'answered', status: answer.status, headers: {}, body: answer.body };
}

/**
 * All bookings in a few words: `confirmed (paid)`, or `confirmed again (paid)` when the places had been let go of; with
 * what becomes of money that goes back: `refunded (paid), refund done`.
 */
function tell(disk: Awaited<ReturnType<typeof theDisk>>): string {
  const rows = disk.query<{ state: string; payments: string | null; refunds: string | null }>(
    `select b.state || iif(exists (select 1 from audit_entry a where a.booking = b.id
         and a.details like '%placesTakenAgain":true%'), ' again', '') as state,
       (select group_concat(x.state) from (select p.state from payment p where p.booking = b.id
         order by (select min(a.id) from audit_entry a where a.payment = p.id)) x) as payments,
       (select group_concat(f.state) from refund f where f.booking = b.id) as refunds
     from booking b order by (select min(a.id) from audit_entry a where a.booking = b.id)`,
  )();
  const list = (states: string) => states.replaceAll(',', ', ');
  return rows
    .map(({ state, payments, refunds }) =>
      [payments ? `${state} (${list(payments)})` : state, ...(refunds ? [`refund ${list(refunds)}`] : [])].join(', '),
    )
    .join('; ');
}
