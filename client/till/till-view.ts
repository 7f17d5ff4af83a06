import { html, nothing, type TemplateResult } from 'lit-html';
import { asideView } from './aside-view.ts';
import { basketView } from './basket-view.ts';
import { changeDue, openPayment } from './customer.ts';
import { doneView, overView } from './done-view.ts';
import { latestDialog } from './latest-view.ts';
import { noShiftView, shiftElsewhereView } from './no-shift-view.ts';
import type { OwnShift } from './own-shift.ts';
import { paymentPanel } from './payment-panel.ts';
import { showingsView } from './showings-view.ts';
import type { Till } from './till.ts';
import { sendingView, waitingView } from './waiting-view.ts';

/** The whole till: what can be sold, who is being served, who waits. */
export function tillView(till: Till, own: OwnShift): TemplateResult {
  const { counter } = till;
  const { words, office, board, here, queue, venue } = counter;
  const { sale, stage } = counter.customer;
  const { shift } = own;
  const phone = sale ? (openPayment(sale)?.phone ?? '') : '';
  return html`
    <h1 class="sr-only">${words.say('page_till')}</h1>
    <div class="till" data-stale=${office.isStale} @click=${LETTING_GO}>
      ${showingsView(board, till.choosing.choose, here, words)}
      <section class="till-customer card p-4" aria-labelledby="customer-title">
        ${shift ? (shift.venueId === venue.venueId ? served(till) : shiftElsewhereView(words)) : nothing}
        ${shift === null ? noShiftView(own, venue, words) : nothing}
        ${shift === undefined ? html`<h2 id="customer-title">${words.say('loading')}</h2>` : nothing}
      </section>
      <div class="till-side" data-empty=${queue.aside.length === 0}>
        ${asideView(queue.aside, till, { ...here, currency: venue.currency }, words)}
        ${
          shift
            ? html`<button class="button-second small" type="button" @click=${() => void till.latest.open(shift.shiftId)}>
                ${words.say('latest')}
              </button>`
            : nothing
        }
      </div>
      ${stage === 'choosing' && shift ? bar(till) : nothing}
      <div class="contents">${till.questions.view(phone, words)} ${latestDialog(till.latest, here, words)}</div>
    </div>`;
}

function served(till: Till): TemplateResult {
  const { counter, paying, choosing, next } = till;
  const { customer, here, words, venue, board } = counter;
  switch (customer.stage) {
    case 'choosing': {
      const leftOf = (showingId: number) => board.showings.find(one => one.showingId === showingId)?.left ?? null;
      const at = { ...here, currency: venue.currency, leftOf };
      const { openPanel } = paying;
      return html`
        ${foundView(till)} ${basketView(customer, { ...choosing, openPanel, next }, at, words)}
        ${customer.isNobody ? lastView(till) : nothing}`;
    }
    case 'paying':
      return html`${foundView(till)} ${paymentPanel(customer, paying, paying, words)}`;
    case 'sending':
      return sendingView(customer, next, here, words);
    case 'waiting': {
      const { check, payOtherwise, showLink, giveUp } = paying;
      const { copy, share } = till;
      return waitingView(customer, { next, check, payOtherwise, showLink, giveUp, copy, share }, here, words);
    }
    case 'done':
      return doneView(customer, till.printing, till, here, words);
    case 'over':
      return overView(customer, next, here, words);
  }
}

/** On a phone what is chosen and the way to pay for it stay in sight, however far down the list one is. */
function bar({ counter, paying }: Till) {
  const { customer, words } = counter;
  if (customer.basket.isEmpty) return nothing;
  return html`
    <div class="till-bar">
      <b class="text-xl tabular-nums">${words.money(paying.due)}</b>
      <button class="button flex-1" type="button" @click=${paying.openPanel}>${words.say('toPay')}</button>
    </div>`;
}

function foundView({ found, counter }: Till) {
  if (!found) return nothing;
  return html`
    <p class="notice mb-3">
      <span class="flex-1">${found.sentence}</span>
      ${
        found.bookingId
          ? html`<a class="link" href="/box-office/bookings/${found.bookingId}">${counter.words.say('openBooking')}</a>`
          : nothing
      }
    </p>`;
}

/** The change of a moment ago, for whoever pressed Enter too soon. */
function lastView({ counter, bring }: Till) {
  const { queue, words } = counter;
  const { last } = queue;
  if (!last?.sale) return nothing;
  const change = changeDue(last.sale);
  return html`
    <p class="mt-4 flex flex-wrap items-center gap-3 border-t border-plush pt-3 text-dust">
      <span class="flex-1">
        ${words.say('lastSale')}: ${words.money(last.sale.total)}
        ${change && change.amount > 0 ? html`· ${words.say('change')} <b class="text-cream">${words.money(change)}</b>` : nothing}
      </span>
      <button class="button-second small" type="button" @click=${() => bring(last)}>${words.say('ticketsCard')}</button>
    </p>`;
}

/** A button that was touched keeps no focus, nor gets it back from a dialog: the next Enter is the sale's, not the button's. */
const LETTING_GO = {
  capture: true,
  handleEvent({ detail, target }: MouseEvent) {
    const button = target instanceof Element ? target.closest('button') : null;
    if (detail > 0 && button) button.blur();
  },
};
