import { html, nothing, type TemplateResult } from 'lit-html';
import { dialog } from '../kit/dialog.ts';
import { countdown, type Words } from '../kit/words.ts';
import { bookingFacts, refundList, venueContact } from './booking-facts.ts';
import type { BookingActions, BookingPageState } from './booking-page-state.ts';
import { isPossible, type Stage } from './booking-stage.ts';
import { doingProblem } from './pay-form.ts';
import { payFormView } from './pay-form-view.ts';
import { stageCard } from './stage-card.ts';
import { ticketList } from './ticket-view.ts';

/** The whole page: first where things stand, then what can be done, then what is known. */
export function bookingView(state: BookingPageState, words: Words, actions: BookingActions): TemplateResult {
  const { booking, venue } = state;
  return html`
    <div class="frame mt-4 grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-5">
      ${offline(state, words)} ${stageCard(state, words)}
      <div class="contents">${doing(state, words, actions)}</div>
      ${booking.state === 'confirmed' ? ticketList(state, words) : nothing} ${refundList(booking, words)}
      ${bookingFacts(state, words)}
      ${venue ? venueContact(venue, booking, words) : nothing}
    </div>
    ${dialog('cancel', words.say('cancelTitle'), cancelQuestion(words, actions), words)}`;
}

function offline({ silentSince, booking }: BookingPageState, words: Words): TemplateResult | typeof nothing {
  if (!silentSince) return nothing;
  const time = words.time(silentSince, booking.showing.timeZone);
  return html`<p class="rounded-xl border-2 border-coral px-4 py-2 text-sm">${words.say('offline', { time })}</p>`;
}

function doing(state: BookingPageState, words: Words, actions: BookingActions): TemplateResult {
  const { stage } = state;
  const problem = doingProblem(state, words);
  return html`
    ${stage.payFrom ? payFormView(state, words, actions) : nothing}
    ${problem ? html`<p class="problem m-0">${problem}</p>` : nothing}
    <p class="flex flex-wrap gap-3 empty:hidden">${checkButton(state, words, actions)}${cancelButton(stage, words, actions)}</p>
    ${bookAgain(state, words)}`;
}

function checkButton(
  { stage, check, now }: BookingPageState,
  { say }: Words,
  actions: BookingActions,
): TemplateResult | typeof nothing {
  if (!isPossible(stage.checkFrom, now)) return nothing;
  const labels = { possible: 'checkNow', asking: 'checking', asked: 'checkedNow' } as const;
  return html`
    <button class="button-second" type="button" aria-disabled=${check !== 'possible'} @click=${() => actions.checkNow()}>
      ${say(labels[check])}
    </button>`;
}

function cancelButton({ mayCancel }: Stage, { say }: Words, actions: BookingActions): TemplateResult | typeof nothing {
  if (!mayCancel) return nothing;
  return html`<button class="quiet underline" type="button" @click=${() => actions.askToCancel()}>${say('cancel')}</button>`;
}

function bookAgain({ stage, booking, now }: BookingPageState, words: Words): TemplateResult | typeof nothing {
  const { bookAgainFrom } = stage;
  if (bookAgainFrom === null) return nothing;
  if (bookAgainFrom > now)
    return html`<p class="text-dust">${words.say('bookAgainIn', { time: countdown(bookAgainFrom, now) })}</p>`;
  const isOver = new Date(booking.showing.startsAt) <= now;
  const href = isOver ? '/' : `/showings/${booking.showing.showingId}`;
  return html`<p><a class="button" href=${href}>${words.say(isOver ? 'allMovies' : 'bookAgain')}</a></p>`;
}

function cancelQuestion({ say }: Words, actions: BookingActions): TemplateResult {
  return html`
    <p>${say('cancelText')}</p>
    <form method="dialog" class="mt-5 flex flex-wrap gap-3">
      <button class="button">${say('cancelNo')}</button>
      <button class="button-second" @click=${() => actions.cancel()}>${say('cancelYes')}</button>
    </form>`;
}
