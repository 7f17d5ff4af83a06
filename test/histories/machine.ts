import type { Config } from '../../server/config.ts';
import type { SendRequest, Sent } from '../../server/gateway/send.ts';
import type { Clock, Stop } from '../../shared/clock.ts';
import { busy, diskFull, type Supervisor } from './disk.ts';
import { FAULTS_END_MS } from './house.ts';
import type { Answer, Request } from './in-memory-http.ts';
import { askForConfirmations } from './loose-money.ts';
import { nextDue } from './next-due.ts';
import { ServerLife } from './server-life.ts';
import type { World } from './world.ts';

const BEAT_MS = 1_000;
const BROWSER_PATIENCE_MS = 30_000;
const STATEMENTS_MAX = 40; // Of what one request may cause: a kill in the middle of it comes before one of them.
const SKEW_MAX_MS = 10 * 60_000;
const DOWN_MAX_MS = 60_000;

/** The machine that the server runs on: it is killed and started again, its clock jumps, its disk is full. */
export class Machine {
  readonly #world: World;
  readonly #config: Config;
  readonly #send: (wish: SendRequest) => Promise<Sent>;
  #life: ServerLife | null = null;
  /** To the next kill. */
  #statementsLeft: number | null = null;
  #skewMs = 0;
  #beatAt = 0;
  #stopBeat: Stop = () => {};
  #isChanged = true;

  constructor(world: World, config: Config, send: (wish: SendRequest) => Promise<Sent>) {
    this.#world = world;
    this.#config = config;
    this.#send = send;
  }

  /** As its clock shows it. */
  get clock(): Clock {
    const { time } = this.#world;
    return { now: () => new Date(+time.now() + this.#skewMs), after: (ms, then) => time.after(ms, then) };
  }

  async start(): Promise<void> {
    const { disk, random, watchers, acknowledged, time, timeline } = this.#world;
    const life = new ServerLife({
      ...{ disk, random, config: this.#config, clock: this.clock, send: this.#send },
      uptimeMs: () => +time.now(),
      watchers: id => watchers.of(id),
      told: view => this.#world.broken(...watchers.told(view)),
      failed: line => this.#hearError(line),
    });
    disk.supervise(this.#supervise(life));
    try {
      await life.begin();
      this.#life = life;
      if (this.#world.isConfirmed) askForConfirmations(this.#world, life.notificationSecret);
      timeline.note('server', 'is open');
      this.#world.broken(...acknowledged.missing(disk));
    } catch {
      timeline.note('server', 'did not start');
      this.#kill(life);
    }
  }

  /** A request from anywhere. `cut`: no answer will come. */
  async ask(request: Request, answered: (answer: Answer) => void): Promise<Answer | 'cut'> {
    const { time, chance } = this.#world;
    const life = this.#life;
    if (!life) return 'cut';
    if (request.method !== 'GET' && this.#world.fault('killed in the middle', request.path))
      this.#statementsLeft ??= chance.whole(0, STATEMENTS_MAX);
    if (this.#world.fault('clock jumps', 'server')) this.#skewMs = chance.whole(-SKEW_MAX_MS, SKEW_MAX_MS);
    const { promise: patience, resolve } = Promise.withResolvers<'cut'>();
    const stop = time.after(BROWSER_PATIENCE_MS, () => resolve('cut'));
    return Promise.race([life.ask(request, answered), patience]).finally(stop);
  }

  killWithin(ms: number): void {
    const life = this.#life;
    this.#world.time.after(this.#world.chance.between(0, ms), () => life && this.#kill(life));
  }

  /** To be called when nothing can go on before time does; whether anything was committed since the last time. */
  afterStep(): boolean {
    const wasChanged = this.#isChanged;
    this.#isChanged = false;
    this.#stopBeat();
    const due = nextDue(this.#world.disk, this.#config, this.clock.now());
    if (due === null) return wasChanged;
    const at = Math.max(due - this.#skewMs, this.#beatAt + BEAT_MS);
    this.#stopBeat = this.#world.time.after(at - +this.#world.time.now(), () => this.#beat());
    return wasChanged;
  }

  #beat(): void {
    this.#beatAt = +this.#world.time.now();
    this.#world.count('rounds');
    this.#life?.beat();
  }

  #kill(life: ServerLife): void {
    if (!life.alive) return;
    const { time, chance, timeline } = this.#world;
    life.kill();
    this.#life = null;
    this.#statementsLeft = null;
    this.#world.count('kills');
    timeline.note('server', 'is killed');
    time.after(chance.between(500, DOWN_MAX_MS), () => void this.start());
  }

  #supervise(life: ServerLife): Supervisor {
    const { time, commits } = this.#world;
    const countDown = () => {
      if (this.#statementsLeft === null || this.#world.isOver(FAULTS_END_MS) || this.#statementsLeft-- > 0) return;
      this.#kill(life);
      throw new Error('killed');
    };
    return {
      before: sql => {
        time.happened();
        if (!life.alive) throw new Error('killed');
        countDown();
        if (/^begin( immediate)?$/.test(sql) && this.#world.fault('database busy', 'begin')) throw busy();
        if (sql === 'commit' && this.#world.fault('disk full', 'commit')) throw diskFull();
      },
      committed: () => {
        this.#isChanged = true;
        this.#world.broken(...commits.look());
        countDown();
      },
    };
  }

  /** Only what the machine itself did to the server may stand in its log. */
  #hearError(line: string): void {
    if (!/database is locked|database or disk is full/.test(line)) this.#world.broken(`an error was logged: ${line}`);
  }
}
