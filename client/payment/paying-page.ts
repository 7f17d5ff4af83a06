import { html, type TemplateResult } from 'lit-html';
import { systemClock } from '../../shared/clock.ts';
import type { Answered, Trouble } from '../kit/api.ts';
import { type Connection, openConnection } from '../kit/connection.ts';
import type { SentenceKey } from '../kit/dictionary.ts';
import { type Page, startPageSaying } from '../kit/page.ts';
import { pagePresence } from '../kit/presence.ts';
import { createServerClock } from '../kit/server-clock.ts';
import { troublePage } from '../kit/trouble-page.ts';
import type { Versioned, ViewLine, Watch, Watcher, WatchParts } from '../kit/watch-newest.ts';
import type { Sentences, Words } from '../kit/words.ts';
import { hostedUrl } from './hosted-page.ts';
import { type PayDesk, PayDoings } from './pay-doings.ts';
import type { Order } from './pay-form.ts';
import type { PayingState } from './paying-state.ts';
import { StageTeller } from './stage-teller.ts';
import type { StageWords } from './stage-words.ts';

const TICK_MS = 1_000; // The countdowns.

/** What is known on every page on which something is paid for. */
export type Knowing = Pick<PayingState, 'form' | 'trouble' | 'check' | 'frame' | 'silentSince' | 'now'>;

/** What is paid for on a page: how it is watched, asked about and shown. */
export interface Subject<View, State extends PayingState, Key extends string> {
  sentences: Sentences<Key | SentenceKey>;
  /** What is said when there is no such thing. */
  unknown: Key | SentenceKey;
  line(socket: Connection): ViewLine;
  fetchNewest(id: string): Promise<Answered<View> | null>;
  watch(parts: WatchParts<View>, id: string, watcher: Watcher<View>): Watch<View>;
  askForPayment(view: View, order: Order): Promise<Answered<View>>;
  askForCheck(view: View): Promise<Answered<View>>;
  state(view: View, knowing: Knowing): State;
  said(state: State, words: Words<Key | SentenceKey>): StageWords;
  body(state: State, words: Words<Key | SentenceKey>, doings: PayDoings<View>): TemplateResult;
  /** A newer version is there. */
  shown(view: View, draw: () => void): void;
}

/** The page of one thing that is paid for, named by the end of its address. */
export class PayingPage<View extends Versioned, State extends PayingState, Key extends string>
  implements PayDesk<View>
{
  readonly #subject: Subject<View, State, Key>;
  readonly #clock = createServerClock(systemClock);
  readonly #teller = new StageTeller();
  readonly #page: Page<Key | SentenceKey>;
  readonly #doings: PayDoings<View>;
  readonly #watch: Watch<View>;
  #view: View | null = null;
  /** Why nothing was heard, and since when. */
  #silence: { trouble: Trouble; since: Date } | null = null;

  constructor(subject: Subject<View, State, Key>) {
    this.#subject = subject;
    this.#page = startPageSaying(subject.sentences, words => this.#body(words));
    this.#doings = new PayDoings(this);
    this.#watch = subject.watch(
      {
        line: subject.line(openConnection()),
        fetchNewest: subject.fetchNewest,
        clock: systemClock,
        serverClock: this.#clock,
        presence: pagePresence,
      },
      location.pathname.split('/').at(-1) ?? '',
      { show: view => this.#show(view), hear: trouble => this.#hear(trouble) },
    );
  }

  start(): void {
    this.draw();
    void this.askNow(); // A plain GET is here before any socket.
    setInterval(() => this.draw(), TICK_MS);
  }

  state(): State | null {
    if (!this.#view) return null;
    const { form, trouble, check, frame } = this.#doings;
    const silentSince = this.#silence?.since ?? null;
    const knowing = { form, trouble, check, frame: frame.state, silentSince, now: this.#clock.now() };
    return this.#subject.state(this.#view, knowing);
  }

  words(): Words<Key | SentenceKey> {
    return this.#page.words;
  }

  draw(): void {
    this.#teller.before();
    const before = this.state();
    this.#doings.frame.show(before && hostedUrl(before));
    this.#page.draw();
    const state = this.state();
    if (state) this.#teller.tell(state, this.#subject.said(state, this.words()), this.words());
  }

  askForPayment(order: Order): Promise<Answered<View>> | undefined {
    return this.#view ? this.#subject.askForPayment(this.#view, order) : undefined;
  }

  askForCheck(): Promise<Answered<View>> | undefined {
    return this.#view ? this.#subject.askForCheck(this.#view) : undefined;
  }

  take(view: View): void {
    this.#watch.take(view);
  }

  askNow(): Promise<void> {
    return this.#watch.askNow();
  }

  #body(words: Words<Key | SentenceKey>): TemplateResult {
    const state = this.state();
    if (state) return this.#subject.body(state, words, this.#doings);
    if (!this.#silence) return html`<p class="frame py-8 text-dust">${words.say('loading')}</p>`;
    const { trouble } = this.#silence;
    return troublePage(trouble, this.#subject.unknown, words, this.#clock.now(), () => void this.askNow());
  }

  #show(view: View): void {
    this.#view = view;
    this.#doings.trouble = null; // It was about the version before.
    this.draw();
    this.#subject.shown(view, () => this.draw());
  }

  #hear(trouble: Trouble | null): void {
    this.#silence = trouble && { trouble, since: this.#silence?.since ?? this.#clock.now() };
    this.draw();
  }
}
