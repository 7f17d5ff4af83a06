import type { TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import type { DoorShowing } from '../../shared/office/door.ts';
import { systemRandom } from '../../shared/random.ts';
import type { Office, OfficePage, OpenPage } from '../box-office/page.ts';
import { TicketCamera } from './camera.ts';
import { checkTicket } from './check-ticket.ts';
import { keepDoorLine } from './door-line.ts';
import { nearestShowing, withList, withNews } from './door-showings.ts';
import { doorView } from './door-view.ts';
import { isGood, type Outcome, type Scan, Scans } from './scans.ts';
import { mayUndo, Undoing } from './undoing.ts';
import { verdictSentence } from './verdict-view.ts';
import { DOOR_SENTENCES } from './words.ts';

export const DOOR_PAGE: OfficePage = {
  path: '/door',
  title: 'page_door',
  role: 'cashier',
  open: office => new Door(office),
};

/** The door of one showing, on the phone of whoever stands there. */
class Door implements OpenPage {
  readonly #office: Office;
  readonly #scans = new Scans(systemClock, systemRandom);
  readonly #camera: TicketCamera;
  readonly #line: ReturnType<typeof keepDoorLine>;
  readonly #undoing: Undoing;
  readonly #leaving = new AbortController();
  #showings: DoorShowing[] | null = null;
  #chosen: number | null = null;

  constructor(office: Office) {
    this.#office = office;
    this.#camera = new TicketCamera({ found: code => this.scanned(code), changed: () => office.draw() });
    this.#camera.isResting = () => this.#scans.current !== null && !isGood(this.#scans.current.outcome);
    this.#undoing = new Undoing(office, (scan, showing) => {
      this.#scans.forget(scan);
      this.#camera.forget();
      this.#hear(withNews(this.#showings ?? [], showing));
    });
    this.#line = keepDoorLine({
      api: office.api,
      socket: office.socket,
      clock: systemClock,
      venueId: office.venue?.venueId ?? 0,
      heardList: ({ showings }) => this.#hear(withList(this.#showings ?? [], showings)),
      heardOne: showing => this.#hear(withNews(this.#showings ?? [], showing)),
      lineIs: state => this.#lineIs(state),
    });
    this.#leaving.signal.addEventListener(
      'abort',
      office.everySecond(() => this.#age()),
    );
    // A phone that comes back out of a pocket must not show what it showed then.
    document.addEventListener('visibilitychange', () => this.#dismiss(), { signal: this.#leaving.signal });
  }

  view(): TemplateResult {
    return doorView(
      {
        showings: this.#showings,
        showing: this.#showing,
        isGone: this.#isGone,
        camera: this.#camera.state,
        video: this.#camera.video,
        current: this.#scans.current,
        recent: this.#scans.recent,
        mayUndo: scan => mayUndo(scan, systemClock.now()),
        now: this.#office.clock.now(),
        ownNow: systemClock.now(),
      },
      {
        choose: showingId => this.#choose(showingId),
        typed: code => this.scanned(code),
        toggleCamera: () => this.#toggleCamera(),
        dismiss: () => this.#dismiss(),
        askUndo: scan => this.#undoing.ask(scan),
        undo: reason => this.#undoing.undo(reason),
      },
      this.#office.wordsOf(DOOR_SENTENCES),
    );
  }

  key({ key }: KeyboardEvent): boolean {
    if (!this.#scans.current || !['Enter', 'Escape', ' '].includes(key)) return false;
    this.#dismiss();
    return true;
  }

  scanned(code: string): void {
    const showing = this.#showing;
    const read = code.trim();
    if (!showing) this.#office.tell(this.#office.wordsOf(DOOR_SENTENCES).say('door_none'), 'bad');
    if (!showing || read === '' || this.#scans.isBounce(read, showing.showingId)) return;
    const scan = this.#scans.begin(read, showing.showingId);
    this.#office.draw();
    void checkTicket(scan, {
      api: this.#office.api,
      clock: systemClock,
      isOffline: () => !navigator.onLine,
      sentence: trouble => this.#office.sentence(trouble),
      decide: outcome => this.#decide(scan, outcome),
    });
  }

  close(): void {
    this.#leaving.abort();
    this.#line.stop();
    this.#camera.stop();
  }

  get #showing(): DoorShowing | null {
    return this.#showings?.find(({ showingId }) => showingId === this.#chosen) ?? null;
  }

  get #isGone(): boolean {
    return this.#office.isStale || this.#line.isGone();
  }

  #decide(scan: Scan, outcome: Outcome) {
    this.#scans.decide(scan, outcome);
    if ('answer' in outcome) this.#hear(withNews(this.#showings ?? [], outcome.answer.showing));
    if (scan === this.#scans.current) this.#show(scan);
    this.#office.draw();
  }

  /** To eyes, and to ears of both kinds; it goes by itself. */
  #show(scan: Scan) {
    const words = this.#office.wordsOf(DOOR_SENTENCES);
    this.#office.ring(isGood(scan.outcome) ? 'good' : 'bad');
    this.#office.say(verdictSentence(scan, words, this.#office.clock.now()));
    systemClock.after(this.#scans.freshMs(scan), () => {
      if (scan.outcome && 'unchecked' in scan.outcome) this.#camera.forget();
      this.#office.draw();
    });
  }

  #dismiss() {
    const { current } = this.#scans;
    if (current?.outcome && 'unchecked' in current.outcome) this.#camera.forget();
    this.#scans.dismiss();
    this.#office.draw();
  }

  #hear(showings: DoorShowing[]) {
    this.#showings = showings;
    if (!this.#showing) this.#chosen = nearestShowing(showings, this.#office.clock.now())?.showingId ?? null;
    this.#office.draw();
  }

  #lineIs(state: 'good' | 'gone') {
    const { say } = this.#office.wordsOf(DOOR_SENTENCES);
    this.#office.say(say(state === 'gone' ? 'door_gone' : 'backAgain'));
    this.#office.draw();
  }

  #age() {
    if (this.#scans.recent.length > 0) this.#office.draw();
  }

  #choose(showingId: number) {
    this.#chosen = showingId;
    this.#scans.dismiss();
    this.#camera.forget();
    this.#office.draw();
  }

  #toggleCamera() {
    if (this.#camera.state === 'on' || this.#camera.state === 'opening') this.#camera.stop();
    else void this.#camera.start();
  }
}
