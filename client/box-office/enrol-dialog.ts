import { html, type TemplateResult } from 'lit-html';
import type { EnrolmentAnswer } from '../../shared/office/people.ts';
import { drawText } from '../booking/ticket-qr.ts';
import { submitted } from '../kit/fields.ts';
import { countdown } from '../kit/words.ts';
import type { PeopleDoings } from './people-page.ts';
import type { PeopleState } from './people-view.ts';
import { venueField } from './staff-dialog.ts';

/** First what the device is called, then its code, as a QR code, as a link and as letters. */
export function enrolDialog(
  code: EnrolmentAnswer | 'asked',
  taken: boolean,
  doings: PeopleDoings,
  state: PeopleState,
): TemplateResult {
  const { say } = state.words;
  return html`
    <dialog class="card m-auto w-[calc(100%-2rem)] max-w-lg text-cream" aria-labelledby="enrol-title" @close=${() => doings.putAway()}>
      <h2 class="mb-3 text-xl" id="enrol-title">${say('addDevice')}</h2>
      ${code === 'asked' ? nameForm(doings, state) : codeView(code, taken, doings, state)}
    </dialog>`;
}

function nameForm(doings: PeopleDoings, state: PeopleState): TemplateResult {
  const { say } = state.words;
  return html`
    <form class="grid gap-4" @submit=${submitted(form => doings.makeCode(form))}>
      <div class="field">
        <label for="device-name">${say('deviceName')}</label>
        <input
          class="input"
          id="device-name"
          name="name"
          maxlength="80"
          autocomplete="off"
          required
          aria-describedby="device-hint"
        />
        <p class="hint" id="device-hint">${say('deviceExample')}</p>
      </div>
      ${venueField(undefined, state, false)}
      <p class="problem" role="alert">${state.problem}</p>
      <div class="flex flex-wrap gap-3">
        <button class="button">${say('makeCode')}</button>
        <button class="button-second" type="button" @click=${() => doings.putAway()}>${say('cancel')}</button>
      </div>
    </form>`;
}

function codeView(
  { code, url, endsAt, device }: EnrolmentAnswer,
  taken: boolean,
  doings: PeopleDoings,
  state: PeopleState,
): TemplateResult {
  const { say } = state.words;
  const done = html`<button class="button" type="button" @click=${() => doings.putAway()}>${say('done')}</button>`;
  if (taken) return html`<p class="mb-4" role="status">${say('codeUsed', { device: device.name })}</p>${done}`;
  if (state.now >= new Date(endsAt)) return html`<p class="mb-4 problem">${say('codeEnded')}</p>${done}`;
  const { viewBox, path } = drawText(url);
  return html`
    <p>${say('codeHelp')}</p>
    <svg class="mx-auto my-4 size-56 rounded-lg bg-white" viewBox=${viewBox} role="img" aria-label=${say('qrOfCode')}>
      <path d=${path} shape-rendering="crispEdges" />
    </svg>
    <p class="text-center break-all"><a class="link" href=${url} target="_blank">${url}</a></p>
    <p class="code my-2 text-center text-2xl font-bold">${code}</p>
    <p class="mb-4 text-center text-dust">${say('codeEnds', { time: countdown(new Date(endsAt), state.now) })}</p>
    ${done}`;
}
