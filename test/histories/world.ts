import type { Config } from '../../server/config.ts';
import { createSimulator, type Simulator } from '../../server/simulator/simulator.ts';
import type { Random } from '../../shared/random.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { Acknowledged } from './acknowledged.ts';
import { createCallbackPost } from './callback-post.ts';
import { type Chance, createChance } from './chance.ts';
import { Commits } from './commits.ts';
import type { Disk } from './disk.ts';
import type { FaultKind } from './faults.ts';
import { createGatewayNetwork } from './gateway-network.ts';
import { Machine } from './machine.ts';
import { Misfortunes } from './misfortunes.ts';
import { Outage } from './outage.ts';
import { SimulatedTime } from './simulated-time.ts';
import { Timeline } from './timeline.ts';
import { Watchers } from './watchers.ts';
import { drawWeather } from './weather.ts';

const START = '2026-11-22T12:00:00.000Z';
const HOUR_MS = 3_600_000;
const FAULTS_END_MS = 26 * HOUR_MS; // The latest callback is a day late.

/** Everything around the server's code in one history: time, chance, the gateway, the ways between them, and who remembers. */
export class World {
  readonly time = new SimulatedTime(START);
  readonly timeline = new Timeline(this.time);
  readonly watchers = new Watchers();
  readonly acknowledged = new Acknowledged();
  readonly counts = new Map<string, number>();
  readonly breaches: string[] = [];
  readonly chance: Chance;
  /** Of ids and tokens. */
  readonly random: Random;
  readonly disk: Disk;
  readonly commits: Commits;
  readonly outage: Outage;
  readonly simulator: Simulator;
  readonly machine: Machine;
  readonly #weather: Record<FaultKind, number>;
  readonly #misfortunes = new Map<string, Misfortunes>();
  readonly #references = new Map<string, string>();

  constructor(seed: number, disk: Disk, config: Config) {
    this.disk = disk;
    this.chance = createChance(seed, 1);
    this.random = seededRandom(seed);
    this.#weather = drawWeather(createChance(seed, 3));
    this.commits = new Commits(disk, what => this.timeline.note('database', what));
    this.outage = new Outage(this.time, this.chance, this.fault('outage', 'gateway'));
    const { consumerKey = '', consumerSecret = '', passkey = '', shortCode = '' } = config.daraja ?? {};
    this.simulator = createSimulator({
      clock: this.time,
      random: seededRandom(~seed),
      settings: { consumerKey, consumerSecret, passkey, shortCode },
      post: createCallbackPost(this),
    });
    this.machine = new Machine(this, config, createGatewayNetwork(this, this.simulator));
  }

  /** Whether this misfortune happens now. */
  fault(kind: FaultKind, whom: string): boolean {
    if (this.isOver(FAULTS_END_MS) || !this.chance.happens(this.#weather[kind])) return false;
    this.count(kind);
    this.timeline.note('misfortune', `${kind} (${whom})`);
    return true;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  broken(...rules: string[]): void {
    for (const rule of rules) this.timeline.note('BROKEN', rule);
    this.breaches.push(...rules);
  }

  /** Whether so much time has passed since the beginning. */
  isOver(ms: number): boolean {
    return +this.time.now() >= Date.parse(START) + ms;
  }

  /** Callbacks for this path are about the payment of this account reference. */
  learnAddress(path: string, reference: string): void {
    this.#references.set(path, reference);
  }

  referenceOf(path: string): string {
    return this.#references.get(path) ?? 'nobody';
  }

  misfortunesOf(reference: string): Misfortunes {
    const known = this.#misfortunes.get(reference) ?? new Misfortunes();
    this.#misfortunes.set(reference, known);
    return known;
  }
}
