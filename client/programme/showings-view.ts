import { html, nothing, type TemplateResult } from 'lit-html';
import type { ProgrammeShowing } from '../../shared/office/programme.ts';
import type { ProgrammeWords } from './form-view.ts';
import type { ProgrammeData } from './programme-data.ts';
import { writeWhen } from './showing-dialog.ts';
import { dayAfter } from './venue-clock.ts';

export interface ShowingDoings {
  look(from: string): void;
  addShowings(): void;
  editShowing(showing: ProgrammeShowing): Promise<void>;
  cancelShowing(showing: ProgrammeShowing): Promise<void>;
}

/** A week, day by day. */
export function showingsView(
  data: ProgrammeData,
  now: Date,
  words: ProgrammeWords,
  doings: ShowingDoings,
): TemplateResult {
  const days = data.days.filter(({ showings }) => showings.length > 0);
  return html`
    ${weekBar(data, words, doings)}
    ${days.length === 0 ? html`<p class="card">${words.say('nothingPlanned')}</p>` : nothing}
    ${days.map(({ day, showings }) => daySection(day, showings, now, words, doings))}`;
}

function weekBar({ from, movies }: ProgrammeData, { say }: ProgrammeWords, doings: ShowingDoings): TemplateResult {
  const choose = ({ target }: Event) =>
    target instanceof HTMLInputElement && target.value !== '' && doings.look(target.value);
  return html`
    <div class="mb-4 flex flex-wrap items-end gap-2">
      <button class="button-second small" type="button" aria-label=${say('weekBefore')} @click=${() => doings.look(dayAfter(from, -7))}>‹</button>
      <label class="text-sm text-dust">
        ${say('weekFrom')}<br />
        <input class="input w-auto" type="date" .value=${from} @change=${choose} />
      </label>
      <button class="button-second small" type="button" aria-label=${say('weekAfter')} @click=${() => doings.look(dayAfter(from, 7))}>›</button>
      <button class="button small ml-auto" type="button" ?disabled=${movies.length === 0} @click=${() => doings.addShowings()}>${say('addShowings')}</button>
    </div>`;
}

function daySection(
  day: string,
  showings: ProgrammeShowing[],
  now: Date,
  words: ProgrammeWords,
  doings: ShowingDoings,
): TemplateResult {
  const { say } = words;
  const zone = showings[0]?.timeZone ?? 'UTC';
  return html`
    <section class="mb-6" aria-labelledby="day-${day}">
      <h2 class="mb-1 text-lg" id="day-${day}">${words.day(showings[0]?.startsAt ?? day, zone, now)}</h2>
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col">${say('time')}</th>
            <th scope="col">${say('movie')}</th>
            <th scope="col">${say('screen')}</th>
            <th scope="col" class="number">${say('price')}</th>
            <th scope="col" class="number">${say('sold')}</th>
            <th scope="col" class="number">${say('held')}</th>
            <th scope="col" class="number">${say('capacity')}</th>
            <th scope="col"><span class="sr-only">${say('actions')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${showings.map(showing => row(showing, now, words, doings))}
        </tbody>
      </table>
    </section>`;
}

function row(showing: ProgrammeShowing, now: Date, words: ProgrammeWords, doings: ShowingDoings): TemplateResult {
  const { say } = words;
  const time = `${words.time(showing.startsAt, showing.timeZone)}–${words.time(showing.endsAt, showing.timeZone)}`;
  return html`
    <tr class=${showing.cancelled ? 'text-dust line-through decoration-coral' : ''}>
      <td data-label=${say('time')} class="font-semibold tabular-nums">${time}</td>
      <td data-label=${say('movie')}>${showing.title}</td>
      <td data-label=${say('screen')}>${showing.screen}</td>
      <td data-label=${say('price')} class="number">${words.money(showing.price)}</td>
      <td data-label=${say('sold')} class="number">${showing.sold}</td>
      <td data-label=${say('held')} class="number">${showing.held}</td>
      <td data-label=${say('capacity')} class="number">${showing.capacity}</td>
      <td>${actions(showing, now, words, doings)}</td>
    </tr>`;
}

function actions(showing: ProgrammeShowing, now: Date, words: ProgrammeWords, doings: ShowingDoings): TemplateResult {
  const { say } = words;
  if (showing.cancelled) return html`<span class="badge" data-kind="bad">${say('isCancelled')}</span>`;
  const what = say('showingTitle', { title: showing.title, when: writeWhen(showing.startsAt, showing, words) });
  const hasBegun = new Date(showing.startsAt) <= now;
  return html`
    <span class="flex flex-wrap items-center justify-end gap-2">
      ${hasBegun ? html`<span class="badge">${say('hasBegun')}</span>` : nothing}
      <button class="button-second small" type="button" aria-label=${say('editOf', { what })} @click=${() => doings.editShowing(showing)}>
        ${say('edit')}
      </button>
      <button class="button-second small danger" type="button" aria-label=${say('cancelOf', { what })} @click=${() => doings.cancelShowing(showing)}>
        ${say('cancelShort')}
      </button>
    </span>`;
}
