import { html, type TemplateResult } from 'lit-html';
import type { ShowingView } from '../../shared/views.ts';
import { PLACES_FEW, type Words } from '../kit/words.ts';

/** One time to go: when, for how much, and whether there is room. */
export function showingSlot(showing: ShowingView, words: Words): TemplateResult {
  return html`
    <a class="slot" href="/showings/${showing.showingId}">
      <span class="time">${words.time(showing.startsAt, showing.timeZone)}</span>
      <span class="font-semibold">${words.money(showing.price)}</span>
      ${room(showing, words)}
    </a>`;
}

export function room({ gateways, placesLeft }: ShowingView, { say, placesLeft: write }: Words): TemplateResult {
  if (gateways.length === 0) return html`<span class="col-span-2 text-dust">${say('opensSoon')}</span>`;
  return html`<span class="col-span-2 ${roomClass(placesLeft)}">${write(placesLeft)}</span>`;
}

function roomClass(placesLeft: number): string {
  if (placesLeft === 0) return 'places-none';
  return placesLeft <= PLACES_FEW ? 'places-few' : 'text-dust';
}
