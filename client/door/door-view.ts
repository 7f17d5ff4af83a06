import { html, nothing, type TemplateResult } from 'lit-html';
import type { DoorShowing } from '../../shared/office/door.ts';
import { submitted } from '../kit/fields.ts';
import type { CameraState } from './camera.ts';
import { recentView } from './recent-view.ts';
import type { Scan } from './scans.ts';
import { undoDialog } from './undo-dialog.ts';
import { verdictView } from './verdict-view.ts';
import type { DoorKey, DoorWords } from './words.ts';

export interface DoorState {
  /** Null: not heard yet. */
  showings: readonly DoorShowing[] | null;
  showing: DoorShowing | null;
  isGone: boolean;
  camera: CameraState;
  video: HTMLVideoElement;
  current: Scan | null;
  recent: readonly Scan[];
  mayUndo(scan: Scan): boolean;
  now: Date;
  /** By this phone's own clock, for ages. */
  ownNow: Date;
}

export interface DoorDoings {
  choose(showingId: number): void;
  typed(code: string): void;
  toggleCamera(): void;
  dismiss(): void;
  askUndo(scan: Scan): void;
  undo(reason: string): Promise<void>;
}

export function doorView(state: DoorState, doings: DoorDoings, words: DoorWords): TemplateResult {
  const { say } = words;
  return html`
    <div class="door">
      <h1 class="sr-only">${say('page_door')}</h1>
      ${state.isGone ? goneBar(words) : nothing}
      ${state.showings === null ? nothing : showingChoice(state, doings, words)}
      ${state.showing ? counts(state.showing, state, words) : nothing}
      ${state.showing ? scanning(state, doings, words) : nothing}
      ${recentView(state, doings, words)}
    </div>
    ${undoDialog(doings, words)}
    ${state.current ? verdictView(state.current, doings.dismiss, words, state.now) : nothing}`;
}

function goneBar({ say }: DoorWords): TemplateResult {
  return html`
    <div class="door-gone">
      <p class="text-lg font-extrabold">${say('door_gone')}</p>
      <p>${say('door_goneHelp')}</p>
    </div>`;
}

function showingChoice({ showings, showing }: DoorState, { choose }: DoorDoings, words: DoorWords): TemplateResult {
  const { say, time } = words;
  if (!showings || showings.length === 0) return html`<p class="py-6 text-dust">${say('door_none')}</p>`;
  const chosen = ({ target }: Event) => {
    if (!(target instanceof HTMLSelectElement)) return;
    target.blur(); // Otherwise a scanner's first letters would choose another showing.
    choose(Number(target.value));
  };
  return html`
    <div class="field">
      <label for="showing">${say('door_showing')}</label>
      <select class="input" id="showing" @change=${chosen}>
        ${showings.map(
          ({ showingId, startsAt, timeZone, title, screen, cancelled }) => html`
            <option value=${showingId} ?selected=${showingId === showing?.showingId}>
              ${time(startsAt, timeZone)} · ${title} · ${screen}${cancelled ? ` (${say('door_cancelled')})` : ''}
            </option>`,
        )}
      </select>
    </div>`;
}

function counts({ admitted, sold }: DoorShowing, { isGone }: DoorState, { say }: DoorWords): TemplateResult {
  return html`
    <div class="door-counts" data-old=${isGone}>
      <p class="door-numbers" aria-hidden="true"><b>${admitted}</b> / ${sold}</p>
      <p><span class="sr-only">${say('door_counts', { admitted, sold })}.</span> ${say('door_waiting', { count: sold - admitted })}</p>
      <progress max=${Math.max(sold, 1)} value=${admitted} aria-label=${say('door_counts', { admitted, sold })}></progress>
    </div>`;
}

const CAMERA_SAYS: Partial<Record<CameraState, DoorKey>> = {
  opening: 'door_cameraOpening',
  refused: 'door_cameraRefused',
  missing: 'door_cameraMissing',
};

function scanning(
  { camera, video }: DoorState,
  { toggleCamera, typed }: DoorDoings,
  { say }: DoorWords,
): TemplateResult {
  const isOn = camera === 'on' || camera === 'opening';
  const says = CAMERA_SAYS[camera];
  const submit = async (form: Element) => {
    const field = form.querySelector('input');
    if (!field) return;
    typed(field.value);
    field.value = '';
  };
  return html`
    ${camera === 'on' ? html`<div class="door-camera" role="img" aria-label=${say('door_cameraView')}>${video}</div>` : nothing}
    <button class=${isOn ? 'button-second' : 'button'} type="button" @click=${toggleCamera}>
      ${say(isOn ? 'door_cameraOff' : 'door_camera')}
    </button>
    <p class="problem" role="status">${says ? say(says) : ''}</p>
    <form class="door-typed" @submit=${submitted(submit)}>
      <div class="field">
        <label for="code">${say('door_code')}</label>
        <input class="input code" id="code" autocomplete="off" autocapitalize="none" spellcheck="false" maxlength="64" aria-describedby="code-hint" />
      </div>
      <button class="button-second">${say('door_check')}</button>
      <p class="hint" id="code-hint">${say('door_codeHint')}</p>
    </form>`;
}
