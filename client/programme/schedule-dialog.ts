import type { TemplateResult } from 'lit-html';
import { MINOR_UNITS } from '../../shared/money.ts';
import { ScheduleAnswer, SchedulePreview } from '../../shared/office/programme.ts';
import { typedInto } from '../box-office/gate.ts';
import type { Office } from '../box-office/page.ts';
import { FormState } from './form-state.ts';
import { formDialog, type ProgrammeWords } from './form-view.ts';
import type { ProgrammeData } from './programme-data.ts';
import { type ScheduleDraft, scheduleView } from './schedule-view.ts';
import { dayAfter } from './venue-clock.ts';

/** A film on a screen, on several days at the same times. First it shows what it would make, then it makes it. */
export class ScheduleDialog {
  readonly #office: Office;
  readonly #data: ProgrammeData;
  readonly #done: (count: number) => void;
  readonly #form: FormState;
  readonly #draft: ScheduleDraft;

  constructor(office: Office, data: ProgrammeData, done: (count: number) => void) {
    this.#office = office;
    this.#data = data;
    this.#done = done;
    this.#form = new FormState(office);
    const tomorrow = dayAfter(data.today, 1);
    const firstDay = data.from > tomorrow ? data.from : tomorrow;
    this.#draft = { firstDay, times: 1, preview: null };
  }

  view(words: ProgrammeWords, putAway: () => void): TemplateResult {
    const { preview } = this.#draft;
    const content = scheduleView(this.#data, this.#draft, this.#form, words, {
      change: change => this.#change(change),
      chooseScreen: (screen, form) => this.#chooseScreen(screen, form),
    });
    const isFree = preview?.every(({ clashes, isPast }) => clashes.length === 0 && !isPast);
    const make =
      preview?.length === 1 ? words.say('makeShowing') : words.say('makeShowings', { count: preview?.length ?? 0 });
    const act = isFree ? make : words.say('preview');
    const submit = (form: Element) => (isFree ? this.#make(form) : this.#preview(form));
    return formDialog({ title: words.say('addShowings'), content, act, submit, putAway }, this.#form, words);
  }

  /** What was shown is of what was typed then. */
  #change(change: Partial<ScheduleDraft>) {
    Object.assign(this.#draft, { preview: null, ...change });
    this.#form.complain('');
  }

  /** A screen that is known brings its usual places and price. */
  #chooseScreen(screen: string, form: HTMLFormElement | null) {
    const known = this.#data.screens.find(one => one.screen.toLowerCase() === screen.trim().toLowerCase());
    if (known && form) {
      write(form, 'capacity', known.capacity);
      write(form, 'price', known.price.amount / MINOR_UNITS);
    }
    this.#change({});
  }

  async #preview(form: Element) {
    const wish = this.#read(form);
    const answer = await this.#form.send(() =>
      this.#office.api.post('/box-office/schedule-previews', SchedulePreview, wish),
    );
    if (!answer) return;
    this.#draft.preview = answer.showings;
    this.#office.draw();
    form.querySelector('[data-preview]')?.scrollIntoView({ block: 'nearest' });
  }

  async #make(form: Element) {
    const wish = this.#read(form);
    const made = await this.#form.send(() => this.#office.api.post('/box-office/schedules', ScheduleAnswer, wish));
    if (made) this.#done(made.showings.length);
    else this.#draft.preview = null; // Somebody was faster: look again.
    this.#office.draw();
  }

  #read(form: Element) {
    const { venueId, currency } = this.#data.venue;
    const checked = [...form.querySelectorAll<HTMLInputElement>('[name="day"]:checked')].map(({ value }) => value);
    const times = [...form.querySelectorAll<HTMLInputElement>('[type="time"]')].map(({ value }) => value.slice(0, 5));
    return {
      movieId: Number(typedInto(form, 'movieId')),
      venueId,
      screen: typedInto(form, 'screen'),
      days: checked,
      times: times.filter(time => time !== ''),
      price: { amount: Number(typedInto(form, 'price')) * MINOR_UNITS, currency },
      capacity: Number(typedInto(form, 'capacity')),
    };
  }
}

function write(form: HTMLFormElement, name: string, value: number): void {
  const input = form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (input) input.value = String(value);
}
