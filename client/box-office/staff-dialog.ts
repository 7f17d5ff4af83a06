import { html, nothing, type TemplateResult } from 'lit-html';
import { ROLES, type StaffRow } from '../../shared/office/people.ts';
import { submitted } from '../kit/fields.ts';
import { typedInto } from './gate.ts';
import type { PeopleDoings } from './people-page.ts';
import type { PeopleState } from './people-view.ts';
import { secretField } from './secret-field.ts';

/** Somebody new, or somebody known: what is left empty stays as it is. */
export function staffDialog(whom: StaffRow | 'new', doings: PeopleDoings, state: PeopleState): TemplateResult {
  const { say } = state.words;
  const known = whom === 'new' ? null : whom;
  const secretProblem = (name: string) => (state.wrong.includes(name) ? state.problem : '');
  const otherProblem = state.wrong.some(field => field === 'pin' || field === 'password') ? '' : state.problem;
  return html`
    <dialog class="card m-auto w-[calc(100%-2rem)] max-w-lg text-cream" aria-labelledby="staff-title" @close=${() => doings.putAway()}>
      <h2 class="mb-3 text-xl" id="staff-title">${known ? say('changeStaff', { name: known.name }) : say('addStaff')}</h2>
      <form class="grid gap-4" @submit=${submitted(form => doings.saveStaff(form))}>
        <div class="field">
          <label for="staff-name">${say('name')}</label>
          <input class="input" id="staff-name" name="name" value=${known?.name ?? ''} maxlength="80" autocomplete="off" required />
        </div>
        <div class="grid gap-4 sm:grid-cols-2">${roleField(known, state)} ${venueField(known?.venueId, state, true)}</div>
        ${secretField('pin', say('newPin'), secretProblem('pin'), {
          id: 'staff-pin',
          isNew: true,
          hint: known ? say('emptyStays') : say('newPinHint'),
        })}
        ${secretField('password', say('newPassword'), secretProblem('password'), {
          id: 'staff-password',
          isNew: true,
          hint: `${say('passwordHint')} ${known ? say('emptyStays') : ''}`,
        })}
        ${known ? activeField(known, state) : nothing}
        <p class="problem" role="alert">${otherProblem}</p>
        <div class="flex flex-wrap gap-3">
          <button class="button">${say('save')}</button>
          <button class="button-second" type="button" @click=${() => doings.putAway()}>${say('cancel')}</button>
        </div>
        <p class="hint">${known ? say('signsOut') : nothing}</p>
      </form>
    </dialog>`;
}

function roleField(known: StaffRow | null, { words: { say } }: PeopleState): TemplateResult {
  return html`
    <div class="field">
      <label for="staff-role">${say('role')}</label>
      <select class="input" id="staff-role" name="role">
        ${ROLES.map(role => html`<option value=${role} ?selected=${role === known?.role}>${say(`role_${role}`)}</option>`)}
      </select>
    </div>`;
}

/** `mayBeAll`: where all venues are a choice, for those who look after all. */
export function venueField(
  venueId: number | null | undefined,
  { words: { say }, venues }: PeopleState,
  mayBeAll: boolean,
): TemplateResult {
  const isAllMine = venues.length > 1;
  return html`
    <div class="field">
      <label for="venue">${say('worksAt')}</label>
      <select class="input" id="venue" name="venueId">
        ${venues.map(
          venue => html`<option value=${venue.venueId} ?selected=${venue.venueId === venueId}>${venue.name}</option>`,
        )}
        ${mayBeAll && isAllMine ? html`<option value="" ?selected=${venueId === null}>${say('allVenues')}</option>` : nothing}
      </select>
    </div>`;
}

function activeField({ active }: StaffRow, { words: { say } }: PeopleState): TemplateResult {
  return html`
    <label class="choice"><input type="checkbox" name="active" ?checked=${active} />${say('isActive')}</label>`;
}

/** As the server takes it; of somebody known only what was changed. */
export function readStaffForm(form: Element, known: StaffRow | null): Record<string, unknown> {
  const venue = typedInto(form, 'venueId');
  const all: Record<string, unknown> = {
    name: typedInto(form, 'name').trim(),
    role: typedInto(form, 'role'),
    venueId: venue === '' ? null : Number(venue),
    pin: typedInto(form, 'pin') || undefined,
    password: typedInto(form, 'password') || undefined,
  };
  if (!known) return all;
  const active = form.querySelector<HTMLInputElement>('[name="active"]')?.checked;
  const before: Record<string, unknown> = { ...known };
  return Object.fromEntries(Object.entries({ ...all, active }).filter(([field, value]) => value !== before[field]));
}
