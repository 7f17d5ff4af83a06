import { html, nothing, type TemplateResult } from 'lit-html';
import { MINOR_UNITS } from '../../shared/money.ts';
import type { ProgrammeShowing } from '../../shared/office/programme.ts';
import { ShowingView } from '../../shared/views.ts';
import { typedInto } from '../box-office/gate.ts';
import type { Office } from '../box-office/page.ts';
import { dayKey } from '../kit/words.ts';
import { FormState } from './form-state.ts';
import { field, formDialog, type ProgrammeWords } from './form-view.ts';
import type { ProgrammeData } from './programme-data.ts';
import { screenList } from './screen-list.ts';
import { instantAt } from './venue-clock.ts';

interface Change {
  price?: { amount: number; currency: string };
  capacity?: number;
  startsAt?: string;
  screen?: string;
}

/** Price and places at once; another time or screen after a question, because its bookings are told. */
export class ShowingDialog {
  readonly #office: Office;
  readonly #data: ProgrammeData;
  readonly #showing: ProgrammeShowing;
  readonly #done: (wasMoved: boolean) => void;
  readonly #form: FormState;
  /** What would be done, while the question stands. */
  #asked: Change | null = null;

  constructor(office: Office, data: ProgrammeData, showing: ProgrammeShowing, done: (wasMoved: boolean) => void) {
    this.#office = office;
    this.#data = data;
    this.#showing = showing;
    this.#done = done;
    this.#form = new FormState(office);
  }

  view(words: ProgrammeWords, putAway: () => void): TemplateResult {
    const { title, startsAt } = this.#showing;
    const what = words.say('showingTitle', { title, when: writeWhen(startsAt, this.#showing, words) });
    const asked = this.#asked;
    const content = html`${this.#fields(words)} ${asked ? this.#question(asked, words) : nothing}`;
    const act = words.say(asked ? 'moveDo' : 'save');
    const submit = (form: Element) => this.#submit(form);
    return formDialog({ title: what, content, act, submit, putAway }, this.#form, words);
  }

  #fields({ say }: ProgrammeWords): TemplateResult {
    const { startsAt, timeZone, screen, price, capacity, held, sold } = this.#showing;
    const forget = () => this.#ask(null); // Whoever changes the form again is asked again.
    const taken = held + sold;
    return html`
      <div class="grid gap-4 sm:grid-cols-3">
        ${field({ name: 'day', label: say('date'), type: 'date', value: dayKey(startsAt, timeZone), change: forget }, this.#form)}
        ${field({ name: 'time', label: say('time'), type: 'time', value: timeIn(startsAt, timeZone), change: forget }, this.#form)}
        ${field({ name: 'screen', label: say('screen'), value: screen, most: 40, list: 'screens', change: forget }, this.#form)}
      </div>
      ${screenList(this.#data.screens)}
      <div class="grid gap-4 sm:grid-cols-2">
        ${field({ name: 'price', label: say('priceOf', { currency: price.currency }), type: 'number', value: price.amount / MINOR_UNITS, hint: say('keptPrice') }, this.#form)}
        ${field({ name: 'capacity', label: say('capacity'), type: 'number', value: capacity, least: Math.max(taken, 1), hint: taken > 0 ? say('leastCapacity', { count: taken }) : '' }, this.#form)}
      </div>`;
  }

  #question({ startsAt, screen }: Change, words: ProgrammeWords): TemplateResult {
    const { startsAt: was, screen: wasOn } = this.#showing;
    const count = this.#data.newest(this.#showing).bookings;
    const from = `${writeWhen(was, this.#showing, words)}, ${wasOn}`;
    const to = `${writeWhen(startsAt ?? was, this.#showing, words)}, ${screen ?? wasOn}`;
    return html`<p class="rounded-xl border-2 border-marigold p-3 font-semibold" role="alert">${words.say('moveQuestion', { from, to, count })}</p>`;
  }

  #ask(change: Change | null) {
    this.#asked = change;
    this.#office.draw();
  }

  async #submit(form: Element) {
    const change = this.#read(form);
    const moves = change.startsAt !== undefined || change.screen !== undefined;
    if (moves && !this.#asked) {
      await this.#data.load(); // Somebody may have booked since: the question says whom it touches now.
      return this.#ask(change);
    }
    const path = `/showings/${this.#showing.showingId}`;
    const saved = await this.#form.send(() => this.#office.api.patch(path, ShowingView, change));
    if (saved) this.#done(moves);
  }

  /** Only what is otherwise than before. */
  #read(form: Element): Change {
    const before = this.#showing;
    const startsAt = instantAt(typedInto(form, 'day'), typedInto(form, 'time'), before.timeZone)?.toISOString();
    const screen = typedInto(form, 'screen').trim();
    const amount = Number(typedInto(form, 'price')) * MINOR_UNITS;
    const capacity = Number(typedInto(form, 'capacity'));
    return {
      ...(startsAt && startsAt !== before.startsAt && { startsAt }),
      ...(screen !== before.screen && { screen }),
      ...(amount !== before.price.amount && { price: { amount, currency: before.price.currency } }),
      ...(capacity !== before.capacity && { capacity }),
    };
  }
}

/** `Mon 23 Nov 20:00`. */
export function writeWhen(instant: string, { timeZone }: { timeZone: string }, words: ProgrammeWords): string {
  const day = words.shortDay(instant, timeZone, new Date(0)); // Never "today": it is read again tomorrow.
  return `${day} ${words.time(instant, timeZone)}`;
}

function timeIn(instant: string, timeZone: string): string {
  return new Date(instant).toLocaleTimeString('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' });
}
