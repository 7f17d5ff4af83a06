import Koa from 'koa';
import { pino } from 'pino';
import { assemble } from '../../server/assemble.ts';
import type { Config } from '../../server/config.ts';
import type { SendRequest, Sent } from '../../server/gateway/send.ts';
import { problems } from '../../server/http/problem.ts';
import { startJanitor } from '../../server/janitor.ts';
import { seeingNow } from '../../server/parts.ts';
import { startRelay } from '../../server/relay.ts';
import { seeBooking } from '../../server/view/booking-view.ts';
import { seeCharge } from '../../server/view/charge-view.ts';
import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import type { BookingView } from '../../shared/views.ts';
import type { Disk } from './disk.ts';
import { doorsOf } from './doors.ts';
import { type Answer, ask, type Handle, type Request } from './in-memory-http.ts';

/** What a server process meets in a history. */
export interface Surroundings {
  config: Config;
  clock: Clock;
  /** Passes evenly, however the clock jumps: what timers count by. */
  uptimeMs(): number;
  random: Random;
  disk: Disk;
  send(request: SendRequest): Promise<Sent>;
  watchers(bookingId: string): number;
  told(view: BookingView): void;
  failed(line: string): void;
}

/** One process, from its start to its death: the server's own code without sockets, timers and disk of its own. */
export class ServerLife {
  alive = true;
  /** The part of our addresses that only gateways know. */
  notificationSecret = '';
  readonly #surroundings: Surroundings;
  readonly #loops: { at: number; goOn: () => void }[] = [];
  readonly #death = Promise.withResolvers<'cut'>();
  #handle: Handle | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Throws when the process died over it. */
  async begin(): Promise<void> {
    const { config, random, disk, failed } = this.#surroundings;
    const database = disk.open();
    const network = {
      send: (wish: SendRequest) => this.#unlessDead(this.#surroundings.send(wish)),
      close: async () => {},
    };
    const log = pino({ level: 'error' }, { write: line => void (this.alive && failed(line)) });
    const { parts, connect } = await assemble(config, { clock: this.#clock, random, log, network, database });
    this.notificationSecret = parts.notificationSecret;
    const beat = { ...parts, clock: this.#beat };
    const relay = startRelay({
      clock: this.#beat,
      database,
      realtime: {
        watchers: this.#surroundings.watchers,
        tellBooking: view => this.alive && this.#surroundings.told(view),
        tellCharge: () => {},
        tellProgramme: () => {},
        touchShowing: () => {},
      },
      seeBooking: (em, id) => seeBooking(em, id, seeingNow(parts)),
      seeCharge: (em, id) => seeCharge(em, id, seeingNow(parts)),
      failed: error => parts.log.error({ err: error }, 'the relay stumbled'),
    });
    connect({ wakeRelay: relay.wake, watchers: this.#surroundings.watchers });
    startJanitor(beat);
    const app = new Koa({ env: 'test' });
    app.use(
      problems(
        () => parts.clock.now(),
        error => parts.log.error({ err: error }, 'a request failed'),
      ),
    );
    app.use(doorsOf(parts).routes());
    this.#handle = app.callback();
  }

  /** `cut`: the connection broke, because the process died or is not there yet. `answered` hears it before anybody can cut. */
  async ask(request: Request, answered: (answer: Answer) => void): Promise<Answer | 'cut'> {
    if (!this.#handle || !this.alive) return 'cut';
    const answer = ask(this.#handle, request).then(answer => {
      if (!this.alive) return 'cut';
      answered(answer);
      return answer;
    });
    return Promise.race([answer, this.#death.promise]);
  }

  /** The loops of janitor and relay whose time has come go round. The world decides when: idle rounds are left out. */
  beat(): void {
    const now = this.#surroundings.uptimeMs();
    const due = this.#loops.filter(({ at }) => at <= now);
    for (const loop of due) this.#loops.splice(this.#loops.indexOf(loop), 1);
    for (const { goOn } of due) goOn();
  }

  /** As by kill -9: nothing that is under way ever goes on. */
  kill(): void {
    this.alive = false;
    this.#surroundings.disk.rollBack();
    this.#death.resolve('cut');
  }

  get #clock(): Clock {
    const { clock } = this.#surroundings;
    return { now: () => clock.now(), after: (ms, then) => clock.after(ms, () => this.alive && then()) };
  }

  /** Of the loops: only a beat lets them go on. */
  get #beat(): Clock {
    return {
      now: this.#clock.now,
      after: (ms, then) => {
        this.#loops.push({ at: this.#surroundings.uptimeMs() + ms, goOn: () => this.alive && then() });
        return () => {};
      },
    };
  }

  #unlessDead<T>(work: Promise<T>): Promise<T> {
    return new Promise((done, failed) => {
      work.then(
        value => this.alive && done(value),
        error => this.alive && failed(error),
      );
    });
  }
}
