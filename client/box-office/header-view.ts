import { html, nothing, type TemplateResult } from 'lit-html';
import type { SessionView } from '../../shared/office/people.ts';
import type { VenueView } from '../../shared/views.ts';
import { isTestMode } from '../kit/page.ts';
import type { Language, Words } from '../kit/words.ts';
import type { OfficeKey } from './office-dictionary.ts';
import type { OfficePage } from './page.ts';

export interface HeaderState {
  /** Null: nobody is signed in, or the screen is locked. */
  session: SessionView | null;
  pages: readonly OfficePage[];
  path: string;
  venue: VenueView | null;
  staleSince: Date | null;
  notice: { sentence: string; kind: 'good' | 'bad' } | null;
}

export interface HeaderDoings {
  chooseLanguage(language: Language): void;
  chooseVenue(venueId: number): void;
  lock(): void;
  signOut(): void;
  putAway(): void;
}

export function headerView(state: HeaderState, doings: HeaderDoings, words: Words<OfficeKey>): TemplateResult {
  const { say, language } = words;
  const other = language === 'en' ? 'sw' : 'en';
  return html`
    <a class="skip" href="#main">${say('skipToContent')}</a>
    ${isTestMode() ? html`<p class="test-mode">${say('testMode')}</p>` : nothing}
    <div class="office-bar">
      <a class="brand" href="/box-office" aria-label="Tiketi, ${say('boxOffice')}">Tiketi</a>
      ${state.session ? navigation(state, words) : nothing}
      <div class="office-person">
        ${state.session ? person(state.session, state, doings, words) : nothing}
        <button class="quiet" type="button" lang=${other} @click=${() => doings.chooseLanguage(other)}>
          ${say('otherLanguage')}
        </button>
      </div>
    </div>
    ${staleBar(state, words)} ${noticeBar(state, doings, words)}`;
}

function navigation({ pages, path }: HeaderState, { say }: Words<OfficeKey>): TemplateResult {
  return html`
    <nav class="office-nav" aria-label=${say('pages')}>
      ${pages.map(
        page =>
          html`<a class="tab" href=${page.path} aria-current=${path === page.path ? 'page' : nothing}>${say(page.title)}</a>`,
      )}
    </nav>`;
}

function person(
  { staff, venues, device }: SessionView,
  { venue }: HeaderState,
  doings: HeaderDoings,
  { say }: Words<OfficeKey>,
): TemplateResult {
  return html`
    ${venues.length > 1 ? venueChoice(venues, venue, doings, say('venueOfMine')) : html`<span class="px-2">${venue?.name}</span>`}
    <span class="px-2 whitespace-nowrap"
      ><b>${staff.name}</b> <span class="text-dust">${say(`role_${staff.role}`)}${device ? ` · ${device.name}` : ''}</span></span
    >
    <button class="quiet" type="button" aria-label=${say('lockHelp')} @click=${doings.lock}>${say('lock')}</button>
    <button class="quiet" type="button" @click=${doings.signOut}>${say('signOut')}</button>`;
}

function venueChoice(
  venues: readonly VenueView[],
  chosen: VenueView | null,
  { chooseVenue }: HeaderDoings,
  label: string,
): TemplateResult {
  const choose = ({ target }: Event) => target instanceof HTMLSelectElement && chooseVenue(Number(target.value));
  return html`
    <select class="venue-choice" aria-label=${label} @change=${choose}>
      ${venues.map(
        ({ venueId, name }) => html`<option value=${venueId} ?selected=${venueId === chosen?.venueId}>${name}</option>`,
      )}
    </select>`;
}

/** How old what is shown may be, by the venue's own clock. */
export function staleSentence(since: Date, venue: VenueView | null, { say, time }: Words<OfficeKey>): string {
  return say('stale', { time: time(since, venue?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone) });
}

function staleBar({ staleSince, venue }: HeaderState, words: Words<OfficeKey>) {
  return staleSince ? html`<p class="stale-bar">${staleSentence(staleSince, venue, words)}</p>` : nothing;
}

function noticeBar({ notice }: HeaderState, { putAway }: HeaderDoings, { say }: Words<OfficeKey>) {
  if (!notice) return nothing;
  return html`
    <div class="notice" data-kind=${notice.kind}>
      <p class="flex-1">${notice.sentence}</p>
      <button class="quiet" type="button" aria-label=${say('putAway')} @click=${putAway}>×</button>
    </div>`;
}
