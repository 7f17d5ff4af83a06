import { html, type TemplateResult } from 'lit-html';
import type { StaffLogLine, StaffRow } from '../../shared/office/people.ts';
import type { VenueView } from '../../shared/views.ts';
import type { Words } from '../kit/words.ts';
import type { OfficeKey } from './office-dictionary.ts';
import type { PeopleDoings } from './people-page.ts';
import { PEOPLE_SENTENCES, type PeopleKey } from './people-words.ts';

export type PeopleWords = Words<PeopleKey | OfficeKey>;

/** What all parts of the page draw from. */
export interface PeopleState {
  words: PeopleWords;
  venues: readonly VenueView[];
  now: Date;
  problem: string;
  /** The fields that the server would not take. */
  wrong: string[];
}

export function staffSection(staff: StaffRow[], doings: PeopleDoings, state: PeopleState): TemplateResult {
  const { say } = state.words;
  return html`
    <section aria-labelledby="staff">
      <div class="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 class="text-lg" id="staff">${say('staff')}</h2>
        <button class="button small" type="button" @click=${() => doings.edit('new')}>${say('addStaff')}</button>
      </div>
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col">${say('name')}</th>
            <th scope="col">${say('role')}</th>
            <th scope="col">${say('worksAt')}</th>
            <th scope="col">${say('secrets')}</th>
            <th scope="col">${say('lastSignIn')}</th>
            <th scope="col"><span class="sr-only">${say('change')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${staff.map(one => staffRow(one, doings, state))}
        </tbody>
      </table>
    </section>`;
}

function staffRow(one: StaffRow, doings: PeopleDoings, state: PeopleState): TemplateResult {
  const { say } = state.words;
  return html`
    <tr class=${one.active ? '' : 'text-dust'}>
      <td data-label=${say('name')}><b>${one.name}</b></td>
      <td data-label=${say('role')}>${say(`role_${one.role}`)}</td>
      <td data-label=${say('worksAt')}>${venueName(one.venueId, state)}</td>
      <td data-label=${say('secrets')}>${one.active ? secretsOf(one, state.words) : say('gone')}</td>
      <td data-label=${say('lastSignIn')}>${one.lastSignInAt ? momentOf(one.lastSignInAt, state) : say('never')}</td>
      <td>
        <button
          class="button-second small"
          type="button"
          aria-label=${say('changeStaff', { name: one.name })}
          @click=${() => doings.edit(one)}
        >
          ${say('change')}
        </button>
      </td>
    </tr>`;
}

function secretsOf({ hasPin, hasPassword }: StaffRow, { say }: PeopleWords): string {
  if (hasPin && hasPassword) return say('pinAndPassword');
  if (hasPin) return say('pin');
  return hasPassword ? say('password') : say('noSecret');
}

export function venueName(venueId: number | null, { venues, words }: PeopleState): string {
  return venues.find(venue => venue.venueId === venueId)?.name ?? words.say('allVenues');
}

/** `Today 19:42`, where the first venue is: all of one house keep one clock. */
export function momentOf(instant: string, { venues, words, now }: PeopleState): string {
  const zone = venues[0]?.timeZone ?? 'UTC';
  return `${words.shortDay(instant, zone, now)} ${words.time(instant, zone)}`;
}

export function logSection(log: StaffLogLine[], state: PeopleState): TemplateResult {
  const { say } = state.words;
  return html`
    <details class="mt-8">
      <summary class="min-h-11 text-lg font-bold">${say('logTitle')}</summary>
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col">${say('when')}</th>
            <th scope="col">${say('who')}</th>
            <th scope="col">${say('what')}</th>
            <th scope="col">${say('device')}</th>
            <th scope="col">${say('details')}</th>
          </tr>
        </thead>
        <tbody>
          ${log.map(line => logRow(line, state))}
        </tbody>
      </table>
    </details>`;
}

function logRow({ at, happening, name, by, device, about }: StaffLogLine, state: PeopleState): TemplateResult {
  const { say } = state.words;
  const key = `log_${happening}`;
  const who = name && by ? say('byWhom', { name, by }) : (name ?? by ?? say('somebody'));
  return html`
    <tr>
      <td data-label=${say('when')}>${momentOf(at, state)}</td>
      <td data-label=${say('who')}>${who}</td>
      <td data-label=${say('what')}>${isPeopleKey(key) ? say(key) : happening}</td>
      <td data-label=${say('device')}>${device}</td>
      <td data-label=${say('details')}>${about}</td>
    </tr>`;
}

const isPeopleKey = (key: string): key is PeopleKey => key in PEOPLE_SENTENCES;
