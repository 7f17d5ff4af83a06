import * as v from 'valibot';
import { every, type Stop, systemClock } from '../../shared/clock.ts';
import { type Approval, isAtLeast, type SessionView, type StaffView } from '../../shared/office/people.ts';
import { kept } from '../kit/device.ts';
import { announce } from '../kit/live-region.ts';
import { createServerClock } from '../kit/server-clock.ts';
import type { Sentences } from '../kit/words.ts';
import { askApproval } from './approval.ts';
import type { Gate } from './gate.ts';
import { type HeaderState, headerView, staleSentence } from './header-view.ts';
import { readKeyboard } from './keyboard.ts';
import { linkFollowed, pageAt, pagesOf } from './navigation.ts';
import { noSuchPage } from './no-such-page.ts';
import { type Answered, createOfficeApi, type OfficeTrouble } from './office-api.ts';
import { openOfficeSocket } from './office-socket.ts';
import { OfficeWords } from './office-words.ts';
import { OpenPages } from './open-pages.ts';
import type { Office, OfficePage } from './page.ts';
import { printPaper } from './print.ts';
import { ring } from './sounds.ts';
import { drawStage, findStage } from './stage.ts';
import { Staleness } from './staleness.ts';

const SECOND_MS = 1_000;

/** What the doors to the pages (signing in, a lock) do with the app behind them. */
export interface Doors {
  /** Whoever had a page open before is somebody else, or the same after a lock. */
  enter(session: SessionView): void;
  /** Nobody is signed in any more. */
  leave(): void;
  shut(gate: Gate): void;
}

/** The box office in a browser: what all pages share, and the way between them. */
export class OfficeApp implements Office, Doors {
  readonly clock = createServerClock(systemClock);
  readonly ring = ring;
  readonly print = printPaper;
  readonly #words = new OfficeWords();
  readonly #pages: readonly OfficePage[];
  readonly #open = new OpenPages();
  readonly #stage = findStage();
  readonly #staleness = new Staleness(
    () => this.clock.now(),
    () => this.#connectionChanged(),
  );
  readonly #ticking = new Set<() => void>();
  /** Called when the server says that the session is over or locked; set by whoever opens and shuts the doors. */
  recheck: () => void = () => {};
  readonly doings = {
    chooseLanguage: (language: 'en' | 'sw') => this.#choose(language),
    chooseVenue: (venueId: number) => this.#chooseVenue(venueId),
    putAway: () => this.#putAway(),
    lock: () => {},
    signOut: () => {},
  };
  #session: SessionView | null = null;
  #gate: Gate | null = null;
  #path = location.pathname;
  #notice: { sentence: string; kind: 'good' | 'bad' } | null = null;

  readonly api = createOfficeApi({
    trouble: ({ code }) => {
      if (!this.#gate && (code === 'not_signed_in' || code === 'locked')) this.recheck();
    },
    time: now => this.clock.hear(now),
  });
  readonly socket = openOfficeSocket({
    opened: () => this.#staleness.end(),
    lost: () => this.#session && this.#staleness.begin(),
    shutOut: () => this.recheck(),
  });

  constructor(pages: readonly OfficePage[]) {
    this.#pages = pages;
    document.documentElement.lang = this.#words.language;
    readKeyboard(systemClock, () => this.#listening());
    every(systemClock, SECOND_MS, async () => this.#ticking.forEach(then => void then()));
    addEventListener('popstate', () => this.#show(location.pathname));
    document.addEventListener('click', event => this.#follow(event));
  }

  get staff(): StaffView {
    if (!this.#session) throw new Error('Nobody is signed in');
    return this.#session.staff;
  }

  get venues() {
    return this.#session?.venues ?? [];
  }

  get venue() {
    const chosen = this.#session?.device?.venueId ?? kept.read('officeVenue', v.number());
    return this.venues.find(({ venueId }) => venueId === chosen) ?? this.venues[0] ?? null;
  }

  get words() {
    return this.#words.own;
  }

  wordsOf<Key extends string>(sentences: Sentences<Key>) {
    return this.#words.of(sentences);
  }

  get isStale(): boolean {
    return this.#staleness.since !== null;
  }

  sentence(trouble: OfficeTrouble): string {
    return this.#words.sentence(trouble, this.clock.now());
  }

  say(sentence: string): void {
    announce(sentence);
  }

  tell(sentence: string, kind: 'good' | 'bad' = 'good'): void {
    this.#notice = { sentence, kind };
    announce(sentence);
    this.draw();
  }

  async approve<T>(what: string, act: (approval?: Approval) => Promise<Answered<T>>): Promise<Answered<T> | null> {
    const own = isAtLeast(this.staff.role, 'supervisor') ? await act() : null;
    if (own && !('trouble' in own && own.trouble.code === 'approval_needed')) return own;
    const venueId = this.venue?.venueId ?? null;
    return askApproval({ api: this.api, venueId, words: () => this.words, sentence: t => this.sentence(t) }, what, act);
  }

  everySecond(then: () => void): Stop {
    this.#ticking.add(then);
    return () => void this.#ticking.delete(then);
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.#notice = null;
    this.#show(new URL(path, location.href).pathname);
    scrollTo(0, 0);
  }

  enter(session: SessionView): void {
    if (session.staff.staffId !== this.#session?.staff.staffId) this.#open.closeAll();
    this.#session = session;
    this.#gate = null;
    this.clock.hear(session.now);
    this.socket.connect();
    this.#show(location.pathname);
  }

  leave(): void {
    this.#open.closeAll();
    this.#session = null;
    this.#notice = null;
    this.#staleness.forget();
    this.socket.disconnect();
  }

  shut(gate: Gate): void {
    this.#gate = gate;
    this.draw();
  }

  draw(): void {
    document.title = `${this.#title()} – Tiketi`;
    const page = this.#session && (this.#open.shown?.view() ?? noSuchPage(this.words));
    const header = headerView(this.#headerState(), this.doings, this.words);
    drawStage(this.#stage, { header, gate: this.#gate?.view() ?? null, page: this.#gate ? null : page });
  }

  #headerState(): HeaderState {
    const session = this.#gate ? null : this.#session;
    return {
      session,
      pages: session ? pagesOf(this.#pages, session.staff.role) : [],
      path: this.#path,
      venue: this.venue,
      staleSince: session && this.#staleness.since,
      notice: this.#notice,
    };
  }

  #title(): string {
    const page = this.#session && pageAt(this.#pages, this.#path, this.#session.staff.role);
    return this.words.say(page && !this.#gate ? page.title : 'boxOffice');
  }

  #show(path: string) {
    if (!this.#session || this.#gate) return;
    const { role } = this.#session.staff;
    const first = pagesOf(this.#pages, role)[0]?.path ?? path;
    this.#path = /^\/box-office(\/enrol)?\/?$/.test(path) ? first : path;
    if (this.#path !== path) history.replaceState(null, '', this.#path);
    this.#open.show(pageAt(this.#pages, this.#path, role) ?? null, this.#path, this);
    this.draw();
  }

  #listening() {
    if (this.#gate || document.querySelector('dialog:modal')) return null;
    const page = this.#open.shown;
    return (
      page && {
        key: (event: KeyboardEvent) => page.key?.(event) ?? false,
        scanned: (code: string) => page.scanned?.(code),
      }
    );
  }

  #follow(event: MouseEvent) {
    const path = this.#session && !this.#gate ? linkFollowed(event) : null;
    if (path === null) return;
    event.preventDefault();
    this.go(path);
  }

  #choose(language: 'en' | 'sw') {
    this.#words.choose(language);
    this.draw();
  }

  #chooseVenue(venueId: number) {
    kept.write('officeVenue', venueId);
    this.#open.closeAll();
    this.#show(this.#path);
  }

  #putAway() {
    this.#notice = null;
    this.draw();
  }

  #connectionChanged() {
    const { since } = this.#staleness;
    announce(since ? staleSentence(since, this.venue, this.words) : this.words.say('backAgain'));
    this.draw();
  }
}
