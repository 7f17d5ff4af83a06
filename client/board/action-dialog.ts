import { html, nothing, type TemplateResult } from 'lit-html';
import type { BoardShowing } from '../../shared/office/board.ts';
import type { BookingAction } from '../../shared/office/booking.ts';
import type { BookingView } from '../../shared/views.ts';
import { findDialog } from '../kit/dialog.ts';
import { submitted } from '../kit/fields.ts';
import type { BoardWords } from './show-row.ts';

export const DIALOG_ID = 'booking-action';
const NOTE_LEAST = 3; // Letters, as the server has it.
const NOTE_MOST = 500;

/** What goes to the customer again needs no reason. */
export type Resending = Extract<BookingAction, 'resend' | 'mail'>;

export const isResending = (action: BookingAction): action is Resending => action === 'resend' || action === 'mail';

/** What somebody has decided, and why. */
export interface ActionRequest {
  action: Exclude<BookingAction, Resending>;
  note: string;
  showingId: number | null;
}

interface Asking {
  asked: BookingAction | null;
  booking: BookingView;
  /** Null while they are being fetched. */
  targets: BoardShowing[] | null;
  wrong: string;
}

interface AskingDoings {
  act(request: ActionRequest): void;
  putAway(): void;
}

/** Always there, so that it can be opened before its content is known. */
export function askActionDialog(
  { asked, booking, targets, wrong }: Asking,
  { act, putAway }: AskingDoings,
  { words, now }: { words: BoardWords; now: Date },
): TemplateResult {
  const { say } = words;
  const action = asked === null || isResending(asked) ? null : asked;
  const submit = async (form: Element) => {
    if (action && form instanceof HTMLFormElement) act(readRequest(form, action));
  };
  return html`
    <dialog class="card m-auto w-[calc(100%-2rem)] max-w-md text-cream" id=${DIALOG_ID} aria-labelledby="action-title" @close=${putAway}>
      <h2 class="mb-2 text-xl" id="action-title">${action ? say(`action_${action}`) : nothing}</h2>
      ${
        action === null
          ? nothing
          : html`
            <form class="grid gap-4" @submit=${submitted(submit)}>
              ${consequence(action, booking, words)} ${action === 'move' ? targetChoice(targets, booking, now, words) : nothing}
              <div class="field">
                <label for="action-note">${say('why')}</label>
                <input class="input" id="action-note" name="note" required minlength=${NOTE_LEAST} maxlength=${NOTE_MOST}
                  autocomplete="off" aria-describedby="action-hint" />
                <p class="hint" id="action-hint">${say('whyHint')}</p>
              </div>
              <p class="problem" role="alert">${wrong}</p>
              <div class="flex flex-wrap gap-3">
                <button class="button" ?disabled=${action === 'move' && !targets?.length}>${say(`action_${action}`)}</button>
                <button class="button-second" type="button" @click=${() => findDialog(DIALOG_ID)?.close()}>
                  ${say('putAwayQuestion')}
                </button>
              </div>
            </form>`
      }
    </dialog>`;
}

function consequence(action: ActionRequest['action'], { total }: BookingView, { say, money }: BoardWords) {
  if (action === 'refund') return html`<p>${say('refundWhat', { amount: money(total) })}</p>`;
  return action === 'cancel' ? html`<p>${say('cancelWhat')}</p>` : nothing;
}

function targetChoice(targets: BoardShowing[] | null, { showing }: BookingView, now: Date, words: BoardWords) {
  const { say, shortDay, time, placesLeft } = words;
  if (targets === null) return html`<p>${say('searching')}</p>`;
  if (targets.length === 0) return html`<p>${say('moveNowhere')}</p>`;
  const zone = showing.timeZone;
  return html`
    <div class="field">
      <label for="action-showing">${say('moveWhere')}</label>
      <select class="input" id="action-showing" name="showingId" required>
        ${targets.map(
          ({ showingId, startsAt, title, left }) => html`
            <option value=${showingId}>
              ${shortDay(startsAt, zone, now)} ${time(startsAt, zone)} ${title} (${placesLeft(left)})
            </option>`,
        )}
      </select>
    </div>`;
}

function readRequest(form: HTMLFormElement, action: ActionRequest['action']): ActionRequest {
  const data = new FormData(form);
  const showingId = data.get('showingId');
  return { action, note: String(data.get('note') ?? ''), showingId: showingId === null ? null : Number(showingId) };
}
