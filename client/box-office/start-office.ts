import { html } from 'lit-html';
import { pause, systemClock } from '../../shared/clock.ts';
import type { SessionView } from '../../shared/office/people.ts';
import { OfficeApp } from './app.ts';
import { Enrol } from './enrol.ts';
import type { GateParts } from './gate.ts';
import { Lock } from './lock.ts';
import type { OfficePage } from './page.ts';
import { createSession, type Session } from './session.ts';
import { SignIn } from './sign-in.ts';

const AGAIN_MS = 2_000; // After the server did not answer, or shut out a session that is good.

/** Signs somebody in, and opens these pages for them. */
export function startOffice(pages: readonly OfficePage[]): void {
  const entrance = new Entrance(new OfficeApp(pages));
  if (location.pathname === '/box-office/enrol') entrance.enrol();
  else void entrance.look();
}

/** Whether the pages are open, and what stands before them otherwise. */
class Entrance {
  readonly #app: OfficeApp;
  readonly #session: Session;
  readonly #gate: GateParts;

  constructor(app: OfficeApp) {
    this.#app = app;
    this.#session = createSession(app.api);
    this.#gate = { words: () => app.words, sentence: trouble => app.sentence(trouble), draw: () => app.draw() };
    app.doings.signOut = () => void this.#signOut();
    app.doings.lock = () => void this.#lock();
    app.recheck = () => void this.#recheck();
  }

  /** Who sits here, as the server knows it. */
  async look(): Promise<void> {
    const answer = await this.#session.current();
    if ('value' in answer) return this.#enter(answer.value);
    if (answer.trouble.code === 'not_signed_in') return this.#askIn();
    this.#app.shut({ view: () => html`<p class="gate">${this.#app.words.say('unreachable')}</p>` });
    await pause(systemClock, AGAIN_MS);
    await this.look();
  }

  enrol(): void {
    const enrolled = () => {
      history.replaceState(null, '', '/box-office');
      void this.look();
    };
    const code = decodeURIComponent(location.hash.slice(1));
    this.#app.shut(new Enrol({ ...this.#gate, enrol: this.#session.enrol, enrolled }, code));
  }

  #enter(session: SessionView) {
    this.#app.enter(session);
    if (session.locked) this.#shutIn(session);
  }

  #shutIn(session: SessionView) {
    this.#app.socket.disconnect();
    const { unlock } = this.#session;
    const parts = {
      entered: (entered: SessionView) => this.#enter(entered),
      signOut: () => void this.#signOut(),
      over: () => void this.#askIn(),
    };
    this.#app.shut(new Lock({ ...this.#gate, ...parts, session, unlock }));
  }

  async #askIn(): Promise<void> {
    this.#app.leave();
    const found = await this.#session.device();
    const device = 'value' in found ? found.value.device : null;
    const entered = (session: SessionView) => this.#enter(session);
    this.#app.shut(new SignIn({ ...this.#gate, signIn: this.#session.signIn, entered }, device));
  }

  async #lock() {
    const answer = await this.#session.lock();
    if ('value' in answer) this.#shutIn(answer.value);
    else this.#app.tell(this.#app.sentence(answer.trouble), 'bad');
  }

  async #signOut() {
    await this.#session.signOut();
    await this.#askIn();
  }

  async #recheck(): Promise<void> {
    const answer = await this.#session.current();
    if ('trouble' in answer) return answer.trouble.code === 'not_signed_in' ? this.#askIn() : undefined;
    if (answer.value.locked) return this.#shutIn(answer.value);
    await pause(systemClock, AGAIN_MS);
    this.#app.socket.connect();
  }
}
