import { html, nothing, type TemplateResult } from 'lit-html';
import { dialog, openDialog } from '../kit/dialog.ts';
import { countdown, type Words } from '../kit/words.ts';
import { hostedPage } from '../payment/hosted-page.ts';
import { doingProblem } from '../payment/pay-form.ts';
import { payFormView } from '../payment/pay-form-view.ts';
import type { PayActions } from '../payment/paying-state.ts';
import { checkButton, offlineLine, refundList, venueContact } from '../payment/paying-view.ts';
import { stageCard } from '../payment/stage-card.ts';
import { bookingFacts } from './booking-facts.ts';
import type { BookingPageState } from './booking-page-state.ts';
import type { Stage } from './booking-stage.ts';
import { bookingWords } from './booking-words.ts';
import { ticketList } from './ticket-view.ts';

/** The whole page: first where things stand, then what can be done, then what is known. */
export function bookingView(
  state: BookingPageState,
  words: Words,
  actions: PayActions,
  cancel: () => Promise<void>,
): TemplateResult {
  const { booking, payable } = state;
  return html`
    <div class="frame mt-4 grid max-w-3xl grid-cols-[minmax(0,1fr)] gap-5">
      ${offlineLine(state, words)} ${stageCard(state, bookingWords(state, words), words)}
      <div class="contents">${doing(state, words, actions)}</div>
      ${booking.state === 'confirmed' ? ticketList(state, words) : nothing} ${refundList(payable, words)}
      ${bookingFacts(state, words)}
      ${venueContact(booking.showing.venue, booking.venueContact, booking.reference, words)}
    </div>
    ${dialog('cancel', words.say('cancelTitle'), cancelQuestion(words, cancel), words)}`;
}

function doing(state: BookingPageState, words: Words, actions: PayActions): TemplateResult {
  const { stage } = state;
  const problem = doingProblem(state, words);
  return html`
    ${hostedPage(state, words, actions)} ${stage.payFrom ? payFormView(state, words, actions) : nothing}
    ${problem ? html`<p class="problem m-0">${problem}</p>` : nothing}
    <p class="flex flex-wrap gap-3 empty:hidden">${checkButton(state, words, actions)}${cancelButton(stage, words)}</p>
    ${bookAgain(state, words)}`;
}

function cancelButton({ mayCancel }: Stage, { say }: Words): TemplateResult | typeof nothing {
  if (!mayCancel) return nothing;
  return html`<button class="quiet underline" type="button" @click=${() => openDialog('cancel')}>${say('cancel')}</button>`;
}

function bookAgain({ stage, booking, now }: BookingPageState, words: Words): TemplateResult | typeof nothing {
  const { bookAgainFrom } = stage;
  if (bookAgainFrom === null) return nothing;
  if (bookAgainFrom > now)
    return html`<p class="text-dust">${words.say('bookAgainIn', { time: countdown(bookAgainFrom, now) })}</p>`;
  const isOver = booking.showing.cancelled || new Date(booking.showing.startsAt) <= now;
  const href = isOver ? '/' : `/showings/${booking.showing.showingId}`;
  return html`<p><a class="button" href=${href}>${words.say(isOver ? 'allMovies' : 'bookAgain')}</a></p>`;
}

function cancelQuestion({ say }: Words, cancel: () => Promise<void>): TemplateResult {
  return html`
    <p>${say('cancelText')}</p>
    <form method="dialog" class="mt-5 flex flex-wrap gap-3">
      <button class="button">${say('cancelNo')}</button>
      <button class="button-second" @click=${cancel}>${say('cancelYes')}</button>
    </form>`;
}
