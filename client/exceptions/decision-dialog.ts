import { html, nothing, type TemplateResult } from 'lit-html';
import type { ExceptionView, MatchView } from '../../shared/office/exceptions.ts';
import type { VenueView } from '../../shared/views.ts';
import { dialog, findDialog } from '../kit/dialog.ts';
import { submitted } from '../kit/fields.ts';
import type { Decision } from './exceptions-api.ts';
import { type ExceptionWords, titleOf } from './list-view.ts';
import { matchView } from './match-view.ts';

export const DECISION_DIALOG = 'exception-decision';
const NOTE_LEAST = 3; // Letters, as the server has it.
const NOTE_MOST = 500;

/** What is being decided, and what is known for it so far. */
export interface Asking {
  one: ExceptionView;
  action: Decision['action'];
  /** What the reference names that was looked for last. */
  match: MatchView | null;
  wrong: string;
}

interface AskingDoings {
  decide(decision: Decision): void;
  find(reference: string): void;
}

/** Always there, so that it can be opened before its content is known. */
export function decisionDialog(
  asking: Asking | null,
  doings: AskingDoings,
  { words, venues, now }: { words: ExceptionWords; venues: readonly VenueView[]; now: Date },
): TemplateResult {
  const title = asking ? words.say(`action_${asking.action}`) : '';
  const content = asking ? html`${form(asking, doings, { words, venues, now })}` : html``;
  return dialog(DECISION_DIALOG, title, content, words);
}

function form(
  asking: Asking,
  { decide, find }: AskingDoings,
  { words, venues, now }: { words: ExceptionWords; venues: readonly VenueView[]; now: Date },
): TemplateResult {
  const { say, money } = words;
  const { one, action, match, wrong } = asking;
  const submit = async (element: Element) => {
    if (!(element instanceof HTMLFormElement)) return;
    const typed = readTyped(element);
    if (action === 'match' && match?.reference !== typed.reference) find(typed.reference);
    else decide({ action, ...typed });
  };
  const isMatched = action !== 'match' || match !== null;
  return html`
    <form class="grid gap-4" @submit=${submitted(submit)}>
      <p class="font-semibold">${titleOf(one, words)}: ${money(one.amount)} ${one.reference ?? one.receiptNumber}</p>
      <p>${say(`what_${action}`, { amount: money(one.amount) })}</p>
      ${action === 'match' ? referenceField(find, words) : nothing}
      ${action === 'match' && match ? matchView(one, match, now, words) : nothing}
      ${action === 'refund' && one.venueId === null ? venueField(venues, words) : nothing}
      ${action !== 'send' && isMatched ? noteField(action, words) : nothing}
      ${one.secondPerson && isMatched ? html`<p class="exception-two">${say('takesTwoMore')}</p>` : nothing}
      <p class="problem" role="alert">${wrong}</p>
      <div class="flex flex-wrap gap-3">
        ${isMatched ? html`<button class="button">${say(`action_${action}`)}</button>` : nothing}
        <button class="button-second" type="button" @click=${() => findDialog(DECISION_DIALOG)?.close()}>${say('leaveIt')}</button>
      </div>
    </form>`;
}

function referenceField(find: (reference: string) => void, { say }: ExceptionWords): TemplateResult {
  const look = ({ currentTarget }: Event) => {
    const typed = currentTarget instanceof HTMLElement ? currentTarget.closest('form') : null;
    if (typed) find(readTyped(typed).reference);
  };
  return html`
    <div class="field">
      <label for="decision-reference">${say('reference')}</label>
      <div class="flex gap-2">
        <input class="input font-code uppercase" id="decision-reference" name="reference" required minlength="6" maxlength="8"
          autocomplete="off" autocapitalize="characters" spellcheck="false" />
        <button class="button-second whitespace-nowrap" type="button" @click=${look}>${say('findIt')}</button>
      </div>
    </div>`;
}

function noteField(action: Decision['action'], { say }: ExceptionWords): TemplateResult {
  const isProof = action === 'paid_out' || action === 'not_back';
  return html`
    <div class="field">
      <label for="decision-note">${say(isProof ? 'proof' : 'note')}</label>
      <input class="input" id="decision-note" name="note" required minlength=${NOTE_LEAST} maxlength=${NOTE_MOST}
        autocomplete="off" aria-describedby="decision-hint" />
      <p class="hint" id="decision-hint">${say('noteHint')}</p>
    </div>`;
}

function venueField(venues: readonly VenueView[], { say }: ExceptionWords): TemplateResult {
  return html`
    <div class="field">
      <label for="decision-venue">${say('books')}</label>
      <select class="input" id="decision-venue" name="venueId" required>
        ${venues.map(({ venueId, name }) => html`<option value=${venueId}>${name}</option>`)}
      </select>
    </div>`;
}

function readTyped(form: HTMLFormElement): Omit<Decision, 'action'> {
  const data = new FormData(form);
  const venueId = data.get('venueId');
  return {
    note: String(data.get('note') ?? ''),
    reference: String(data.get('reference') ?? '')
      .trim()
      .toUpperCase(),
    venueId: venueId === null ? null : Number(venueId),
  };
}
