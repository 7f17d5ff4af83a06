import { html, nothing, type TemplateResult } from 'lit-html';
import type { MovieView, VenueView } from '../../shared/views.ts';
import { contactLines } from '../kit/contact-lines.ts';
import type { Words } from '../kit/words.ts';
import { movieFacts } from './movie-facts.ts';
import type { Playing, Programme } from './programme.ts';
import { showingSlot } from './showing-slot.ts';

export interface StorefrontActions {
  chooseVenue(venueId: number): void;
  chooseDay(day: string): void;
}

export function storefrontView(programme: Programme, words: Words, actions: StorefrontActions): TemplateResult {
  const [next, ...others] = programme.playing;
  return html`
    <div class="frame mt-6 mb-5">${chooseWhere(programme, words, actions)}</div>
    <div class="frame mb-6">${chooseWhen(programme, words, actions)}</div>
    <div class="frame">
      ${next ? html`${nextUp(next, words)}${grid(others, words)}` : html`<p class="card">${words.say('nothingOn')}</p>`}
    </div>
    ${programme.venue ? venueLine(programme.venue) : nothing}`;
}

function chooseWhere(
  { venues, venueId }: Programme,
  { say }: Words,
  { chooseVenue }: StorefrontActions,
): TemplateResult {
  return html`
    <div class="flex flex-wrap items-end justify-between gap-4">
      <div>
        <h1 class="text-2xl md:text-3xl">${say('whatsOn')}</h1>
        <p class="mt-1 text-dust">${say('tagline')}</p>
      </div>
      <div class="flex flex-wrap gap-2" role="group" aria-label=${say('cinema')}>
        ${venues.map(venue => chip(venue.label, venue.venueId === venueId, () => chooseVenue(venue.venueId)))}
      </div>
    </div>`;
}

function chooseWhen({ days, day, now }: Programme, words: Words, { chooseDay }: StorefrontActions): TemplateResult {
  return html`
    <div class="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 md:mx-0 md:px-0" role="group" aria-label=${words.say('day')}>
      ${days.map(one =>
        chip(words.shortDay(one.startsAt, one.timeZone, now), one.day === day, () => chooseDay(one.day)),
      )}
    </div>`;
}

function chip(label: string, isChosen: boolean, choose: () => void): TemplateResult {
  return html`<button class="chip" type="button" aria-pressed=${isChosen} @click=${choose}>${label}</button>`;
}

/** The film that starts next is shown large. */
function nextUp({ movie, showings }: Playing, words: Words): TemplateResult {
  return html`
    <article class="card next-up">
      ${posterLink(movie, showings[0]?.showingId)}
      <div class="min-w-0 self-end [grid-area:title] max-sm:self-center">
        <p class="text-sm font-bold text-marigold">${words.say('nextUp')}</p>
        <h2 class="mt-1 text-xl sm:text-2xl">${movie.title}</h2>
        ${movieFacts(movie, words)}
        <p class="mt-3 hidden max-w-prose text-dust sm:block">${movie.description}</p>
      </div>
      <div class="grid content-start gap-2 [grid-area:slots] sm:max-w-sm">
        ${showings.map(showing => showingSlot(showing, words))}
      </div>
    </article>`;
}

function grid(playing: Playing[], words: Words): TemplateResult {
  return html`
    <ul class="grid grid-cols-2 gap-x-4 gap-y-8 sm:grid-cols-3 md:gap-x-6 lg:grid-cols-3">
      ${playing.map(
        ({ movie, showings }) => html`
          <li class="flex min-w-0 flex-col">
            ${posterLink(movie, showings[0]?.showingId)}
            <h2 class="mt-3 text-base leading-snug">${movie.title}</h2>
            ${movieFacts(movie, words)}
            <div class="mt-auto grid gap-2 pt-3">${showings.map(showing => showingSlot(showing, words))}</div>
          </li>`,
      )}
    </ul>`;
}

/** For eyes and thumbs only: the times beside it say the same to everybody else. */
function posterLink(movie: MovieView, showingId = 0): TemplateResult {
  return html`
    <a class="[grid-area:poster]" href="/showings/${showingId}" tabindex="-1" aria-hidden="true">
      <img class="poster" src=${movie.imageUrl} alt="" width="400" height="600" />
    </a>`;
}

const venueLine = (venue: VenueView) => html`
  <section class="frame mt-12 text-sm text-dust">
    <h2 class="text-base text-cream">${venue.name}</h2>
    ${contactLines(venue)}
  </section>`;
