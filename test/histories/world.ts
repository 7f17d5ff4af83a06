import type { Simulator } from '../../server/simulator/simulator.ts';
import type { Random } from '../../shared/random.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { Acknowledged } from './acknowledged.ts';
import { createCallbackPost, createNotificationPost } from './callback-post.ts';
import { type Chance, createChance } from './chance.ts';
import { Commits } from './commits.ts';
import { CounterBook } from './counter-book.ts';
import type { Disk } from './disk.ts';
import type { FaultKind } from './faults.ts';
import { createGatewayNetwork } from './gateway-network.ts';
import { FAULTS_END_MS, type House, OPENS_MS } from './house.ts';
import { Machine } from './machine.ts';
import { Misfortunes } from './misfortunes.ts';
import { openSimulator } from './open-simulator.ts';
import { Outage } from './outage.ts';
import { Portal } from './portal.ts';
import { SimulatedTime } from './simulated-time.ts';
import { Timeline } from './timeline.ts';
import { Watchers } from './watchers.ts';
import { drawWeather } from './weather.ts';

const START = '2026-11-22T12:00:00.000Z';

/** As it is counted where Pesapal collects. */
export function atPesapal(what: string): string {
  return `${what}, at Pesapal`;
}

/** Everything around the server's code in one history: time, chance, the gateway, the ways between them, and who remembers. */
export class World {
  readonly time: SimulatedTime;
  readonly timeline: Timeline;
  readonly watchers = new Watchers();
  readonly acknowledged = new Acknowledged();
  readonly counts = new Map<string, number>();
  readonly breaches: string[] = [];
  /** When a nightly statement said that there was nothing, in milliseconds since 1970. */
  readonly emptyNights: number[] = [];
  /** Refunds that were paid out of the till. */
  readonly paidByHand = new Set<string>();
  /** What really changed hands at the counter, and what was paid to our number by hand. */
  readonly counter = new CounterBook();
  readonly chance: Chance;
  /** Of ids and tokens. */
  readonly random: Random;
  readonly house: House;
  readonly disk: Disk;
  readonly commits: Commits;
  readonly outage: Outage;
  readonly simulator: Simulator;
  readonly machine: Machine;
  readonly portal: Portal;
  /** Whether the gateway tells what it took without being asked about a payment. */
  readonly hasStatements: boolean;
  /** Whether the gateway tells of all money that reaches our number, asked for or not. */
  isConfirmed = false;
  readonly #weather: Record<FaultKind, number>;
  readonly #misfortunes = new Map<string, Misfortunes>();
  readonly #references = new Map<string, string>();

  constructor(seed: number, disk: Disk, house: House) {
    const { config } = house;
    this.time = new SimulatedTime(START, disk);
    this.timeline = new Timeline(this.time);
    this.house = house;
    this.disk = disk;
    this.chance = createChance(seed, 1);
    this.random = seededRandom(seed);
    this.#weather = drawWeather(createChance(seed, 3));
    this.commits = new Commits(disk, what => this.timeline.note('database', what));
    this.outage = new Outage(this.time, OPENS_MS, this.chance, this.fault('outage', 'gateway'));
    this.hasStatements = config.daraja?.statements ?? false;
    this.simulator = openSimulator(config, createChance(seed, 5), {
      clock: this.time,
      random: seededRandom(~seed),
      post: createCallbackPost(this),
      notify: createNotificationPost(this),
    });
    this.portal = new Portal(this.simulator, this.time);
    this.machine = new Machine(this, config, createGatewayNetwork(this, this.simulator));
  }

  /** Whether this misfortune happens now. */
  fault(kind: FaultKind, whom: string): boolean {
    if (this.isOver(FAULTS_END_MS) || !this.chance.happens(this.#weather[kind])) return false;
    this.count(kind);
    this.timeline.note('misfortune', `${kind} (${whom})`);
    return true;
  }

  /** At each gateway for itself. */
  count(what: string, times = 1): void {
    const counted = this.house.gateway === 'daraja' ? what : atPesapal(what);
    this.counts.set(counted, (this.counts.get(counted) ?? 0) + times);
  }

  counted(what: string): number {
    return this.counts.get(this.house.gateway === 'daraja' ? what : atPesapal(what)) ?? 0;
  }

  broken(...rules: string[]): void {
    for (const rule of rules) this.timeline.note('BROKEN', rule);
    this.breaches.push(...rules);
  }

  /** Whether so much time has passed since the beginning. */
  isOver(ms: number): boolean {
    return +this.time.now() >= Date.parse(START) + ms;
  }

  /** Callbacks for this path are about the payment of this account reference, or about giving its money back. */
  learnAddress(path: string, reference: string): void {
    this.#references.set(path, reference);
  }

  referenceOf(path: string): string {
    return this.#references.get(path) ?? 'nobody';
  }

  /** A statement reaches two nights back: one that said that there was nothing may have been the only one to tell of this money. */
  wasHidden(debitedAt: Date): boolean {
    return this.emptyNights.some(at => at > +debitedAt);
  }

  /** The gateway has the money of this payment, and tells whoever asks that it has not. */
  isDenied(reference: string): boolean {
    return this.portal.denies(reference);
  }

  /** The account reference of one of our payments. */
  referenceOfPayment(paymentId: string | null): string {
    const [row] = this.disk.query<{ reference: string }>(
      'select accountReference as reference from payment where id = ?',
    )(paymentId);
    return row?.reference ?? 'nobody';
  }

  misfortunesOf(reference: string): Misfortunes {
    const known = this.#misfortunes.get(reference) ?? new Misfortunes();
    this.#misfortunes.set(reference, known);
    return known;
  }
}
