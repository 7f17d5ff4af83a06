import { html, type TemplateResult } from 'lit-html';
import type { ProgrammeLog, ProgrammeMovie } from '../../shared/office/programme.ts';
import type { VenueView } from '../../shared/views.ts';
import { contactLines } from '../kit/contact-lines.ts';
import type { ProgrammeWords } from './form-view.ts';

/** All movies, the newest first. */
export function moviesView(
  movies: readonly ProgrammeMovie[],
  words: ProgrammeWords,
  edit: (movie: ProgrammeMovie | null) => void,
): TemplateResult {
  const { say } = words;
  return html`
    <p class="mb-4 flex justify-end">
      <button class="button small" type="button" @click=${() => edit(null)}>${say('addMovie')}</button>
    </p>
    <ul class="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      ${movies.map(
        movie => html`
          <li class="card flex gap-4 p-3 md:p-3">
            <img class="poster w-20 shrink-0 self-start" src=${movie.imageUrl} alt="" width="400" height="600" loading="lazy" />
            <div class="flex min-w-0 flex-1 flex-col gap-1">
              <h2 class="text-base leading-snug">${movie.title}</h2>
              <p class="text-sm text-dust">${words.minutes(movie.minutes)} · ${say('rated', { rating: movie.rating })}</p>
              <p class="text-sm">${say('coming', { count: movie.coming })}</p>
              <button class="button-second small mt-auto self-start" type="button" aria-label=${say('editOf', { what: movie.title })} @click=${() => edit(movie)}>
                ${say('edit')}
              </button>
            </div>
          </li>`,
      )}
    </ul>`;
}

/** The cinema that is looked at; whoever looks after all may add another. */
export function venueView(
  venue: VenueView,
  mayAdd: boolean,
  words: ProgrammeWords,
  edit: (venue: VenueView | null) => void,
): TemplateResult {
  const { say, money } = words;
  const { charges } = venue;
  return html`
    <section class="card max-w-xl" aria-labelledby="venue">
      <h2 class="text-lg" id="venue">${venue.name}</h2>
      <p class="mt-1">${venue.city} · ${say(`country_${venue.country}`)}</p>
      <div class="mt-2 text-dust">${contactLines(venue)}</div>
      ${charges ? html`<p class="mt-2">${say('takesCharges')}: ${money(charges.least)} – ${money(charges.largest)}</p>` : ''}
      <p class="mt-4 flex flex-wrap gap-3">
        <button class="button small" type="button" aria-label=${say('editOf', { what: venue.name })} @click=${() => edit(venue)}>${say('edit')}</button>
        ${mayAdd ? html`<button class="button-second small" type="button" @click=${() => edit(null)}>${say('addVenue')}</button>` : ''}
      </p>
    </section>`;
}

export function logView(
  lines: ProgrammeLog['lines'],
  timeZone: string,
  now: Date,
  words: ProgrammeWords,
): TemplateResult {
  if (lines.length === 0) return html`<p class="card">${words.say('noLog')}</p>`;
  return html`
    <ol class="grid gap-2">
      ${lines.map(
        ({ at, who, what, about }) => html`
          <li class="card p-3 md:p-3">
            <p class="text-sm text-dust">${words.shortDay(at, timeZone, now)} ${words.time(at, timeZone)} · ${about}</p>
            <p><b>${who}</b> ${what}</p>
          </li>`,
      )}
    </ol>`;
}
