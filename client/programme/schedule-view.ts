import { html, nothing, type TemplateResult } from 'lit-html';
import { MINOR_UNITS } from '../../shared/money.ts';
import type { Clash, SchedulePreview } from '../../shared/office/programme.ts';
import type { FormState } from './form-state.ts';
import { field, type ProgrammeWords } from './form-view.ts';
import type { ProgrammeData } from './programme-data.ts';
import { screenList } from './screen-list.ts';
import { writeWhen } from './showing-dialog.ts';
import { dayAfter } from './venue-clock.ts';

const DAYS = 7;
const TIMES_MAX = 8;

export interface ScheduleDraft {
  firstDay: string;
  /** How many times a day can be typed. */
  times: number;
  /** What it would make; null until it was asked for, and again when something was typed since. */
  preview: SchedulePreview['showings'] | null;
}

export interface ScheduleDoings {
  change(change: Partial<ScheduleDraft>): void;
  chooseScreen(screen: string, form: HTMLFormElement | null): void;
}

export function scheduleView(
  data: ProgrammeData,
  draft: ScheduleDraft,
  form: FormState,
  words: ProgrammeWords,
  doings: ScheduleDoings,
): TemplateResult {
  return html`
    <div class="grid gap-4" @input=${() => draft.preview && doings.change({})}>
      <p class="text-sm text-dust">${words.say('scheduleHelp')}</p>
      ${whatAndWhere(data, form, words, doings)} ${days(draft, form, words, doings)} ${times(draft, words, doings)}
    </div>
    ${draft.preview ? previewView(draft.preview, data, words) : nothing}`;
}

function whatAndWhere(
  { movies, screens, venue }: ProgrammeData,
  form: FormState,
  words: ProgrammeWords,
  doings: ScheduleDoings,
): TemplateResult {
  const { say } = words;
  const usual = screens[0];
  const choose = (screen: string) =>
    doings.chooseScreen(screen, document.querySelector<HTMLFormElement>('#page dialog form'));
  return html`
    <div class="field">
      <label for="field-movieId">${say('movie')}</label>
      <select class="input" id="field-movieId" name="movieId" required>
        ${movies.map(({ movieId, title }) => html`<option value=${movieId}>${title}</option>`)}
      </select>
    </div>
    <div class="grid gap-4 sm:grid-cols-3">
      ${field({ name: 'screen', label: say('screen'), value: usual?.screen ?? '', most: 40, list: 'screens', change: choose }, form)}
      ${field({ name: 'price', label: say('priceOf', { currency: venue.currency }), type: 'number', value: usual ? usual.price.amount / MINOR_UNITS : '' }, form)}
      ${field({ name: 'capacity', label: say('capacity'), type: 'number', value: usual?.capacity ?? '' }, form)}
    </div>
    ${screenList(screens)}`;
}

function days(
  { firstDay }: ScheduleDraft,
  form: FormState,
  words: ProgrammeWords,
  doings: ScheduleDoings,
): TemplateResult {
  const week = Array.from({ length: DAYS }, (_, at) => dayAfter(firstDay, at));
  const choose = (typed: string) => typed !== '' && doings.change({ firstDay: typed });
  return html`
    ${field({ name: 'days', label: words.say('firstDay'), type: 'date', value: firstDay, change: choose }, form)}
    <fieldset>
      <legend class="mb-1.5 font-semibold">${words.say('onDays')}</legend>
      <div class="grid grid-cols-2 gap-2 sm:grid-cols-4">
        ${week.map(
          day => html`
            <label class="choice min-h-12 px-2.5 text-sm">
              <input type="checkbox" name="day" value=${day} checked />${words.shortDay(`${day}T12:00:00Z`, 'UTC', new Date(0))}
            </label>`,
        )}
      </div>
    </fieldset>`;
}

function times({ times }: ScheduleDraft, { say }: ProgrammeWords, doings: ScheduleDoings): TemplateResult {
  return html`
    <fieldset>
      <legend class="mb-1.5 font-semibold">${say('atTimes')}</legend>
      <div class="flex flex-wrap gap-2">
        ${Array.from(
          { length: times },
          (_, at) => html`
            <input class="input max-w-36" type="time" aria-label=${say('timeNumber', { number: at + 1 })} ?required=${at === 0} />`,
        )}
        ${times < TIMES_MAX ? html`<button class="button-second small" type="button" @click=${() => doings.change({ times: times + 1 })}>${say('anotherTime')}</button>` : nothing}
      </div>
    </fieldset>`;
}

function previewView(
  preview: SchedulePreview['showings'],
  { venue }: ProgrammeData,
  words: ProgrammeWords,
): TemplateResult {
  const blocked = preview.filter(({ clashes, isPast }) => isPast || clashes.length > 0).length;
  return html`
    <section aria-labelledby="preview" data-preview>
      <h3 class="mb-2 text-lg" id="preview">${words.say('previewTitle')}</h3>
      ${blocked > 0 ? html`<p class="mb-2 font-semibold text-coral" role="alert">${words.say('inTheWay', { count: blocked })}</p>` : nothing}
      <ul class="grid gap-1.5">
        ${preview.map(
          one => html`
            <li class="flex flex-wrap items-baseline gap-x-3">
              <span class="font-semibold tabular-nums">${writeWhen(one.startsAt, venue, words)}</span>
              ${one.isPast ? bad(words.say('isPast')) : nothing}
              ${one.clashes.map(clash => bad(writeClash(clash, venue.timeZone, words)))}
              ${one.isPast || one.clashes.length > 0 ? nothing : html`<span class="badge" data-kind="good">${words.say('free')}</span>`}
            </li>`,
        )}
      </ul>
    </section>`;
}

const bad = (sentence: string) => html`<span class="badge" data-kind="bad">${sentence}</span>`;

function writeClash({ title, startsAt, endsAt }: Clash, timeZone: string, words: ProgrammeWords): string {
  return words.say('clash', { title, from: words.time(startsAt, timeZone), to: words.time(endsAt, timeZone) });
}
