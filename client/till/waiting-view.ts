import { html, nothing, type TemplateResult } from 'lit-html';
import { REASONS } from '../../shared/reasons.ts';
import { type Customer, openPayment } from './customer.ts';
import { addressQr, type Here, nameOf } from './describe.ts';
import { linkView } from './link-view.ts';
import { paidPart } from './payment-panel.ts';
import { progressOf } from './progress.ts';
import type { TillWords } from './words.ts';

export interface WaitingDoings {
  next(): void;
  check(): void;
  payOtherwise(): void;
  showLink(): void;
  giveUp(): void;
  copy(url: string): void;
  share(url: string): void;
}

/** Somebody whose sale is made and not paid: what is waited for, and what else can be done. */
export function waitingView(customer: Customer, doings: WaitingDoings, here: Here, words: TillWords): TemplateResult {
  const { sale } = customer;
  const { say, money, language } = words;
  const { says, kind, left, reason } = progressOf(customer, here.now);
  if (!sale) return html``;
  const open = openPayment(sale);
  return html`
    <h2 class="text-lg" id="customer-title" tabindex="-1">${nameOf(customer, here, words)}</h2>
    <p class="till-sum">${money(sale.outstanding)}</p>
    ${paidPart(customer, words)}
    <p class="aside-card my-3 text-lg" data-kind=${kind}>
      <span>${say(says)} <b class="tabular-nums">${left}</b></span>
      ${reason ? html`<span class="text-base">${REASONS[reason][language]}</span>` : nothing}
      ${open?.phone ? html`<span class="text-base text-dust">${open.phone}</span>` : nothing}
    </p>
    ${hostedPage(open?.redirectUrl ?? null, words)} ${customer.showsLink ? linkView(sale, doings, here, words) : nothing}
    <div class="till-actions">
      <button class="button" type="button" @click=${doings.next}>
        ${say('putAside')} <span class="key ml-2" aria-hidden="true">Enter</span>
      </button>
      ${
        open
          ? html`<button class="button-second small" type="button" @click=${doings.check}>${say('checkNow')}</button>`
          : nothing
      }
      <button class="button-second small" type="button" @click=${doings.payOtherwise}>
        ${open ? say('payRest', { amount: money(sale.outstanding) }) : say('tryAgainWay')}
      </button>
      ${
        customer.showsLink
          ? nothing
          : html`<button class="button-second small" type="button" @click=${doings.showLink}>${say('showLink')}</button>`
      }
      <button class="button-second small danger" type="button" @click=${doings.giveUp}>${say('giveUp')}</button>
    </div>`;
}

/** On the page of a gateway one pays with one's own phone. */
function hostedPage(url: string | null, { say }: TillWords) {
  if (url === null) return nothing;
  return html`
    <div class="my-3 flex flex-wrap items-center gap-4">
      ${addressQr(url, say('pageOf', { gateway: say('way_pesapal') }))}
      <p class="min-w-40 flex-1">${say('scanToPay')}</p>
    </div>`;
}

/** On its way, or lost on it: nothing can be changed until the server has said what came of it. */
export function sendingView(customer: Customer, next: () => void, here: Here, words: TillWords): TemplateResult {
  const { say } = words;
  const { says, kind } = progressOf(customer, here.now);
  const { asking } = customer;
  const isLost = asking !== null && asking.tries > 0;
  return html`
    <h2 class="text-lg" id="customer-title" tabindex="-1">${nameOf(customer, here, words)}</h2>
    <p class="aside-card my-3 text-lg" data-kind=${kind}>${say(says)}</p>
    ${isLost ? html`<p class="mb-3">${say('noAnswerHelp')}</p>` : nothing}
    <div class="till-actions">
      <button class="button" type="button" @click=${next}>
        ${say('putAside')} <span class="key ml-2" aria-hidden="true">Enter</span>
      </button>
      ${
        isLost
          ? html`<button class="button-second small" type="button" @click=${() => asking.askNow()}>${say('askNow')}</button>`
          : nothing
      }
    </div>`;
}
