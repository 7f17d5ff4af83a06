import { html, nothing, type TemplateResult } from 'lit-html';
import { type Chooser, chooser } from './chooser.ts';
import type { Order, WayBack } from './order.ts';
import { money, phoneForPeople } from './wording.ts';

export interface Page {
  /** Undefined until it is known; null when there is none. */
  order: Order | null | undefined;
  network: string;
  complaint: string | null;
  wayBack: WayBack | null;
}

export interface Doings extends Chooser {
  leave(how: 'cancel' | 'return'): void;
}

export function pageView(page: Page, doings: Doings): TemplateResult | typeof nothing {
  const { order, complaint } = page;
  if (order === undefined) return complaint ? notice(complaint) : nothing;
  if (order === null) return notice('There is no such order.');
  return html`
    <div class="overflow-hidden rounded-2xl bg-white shadow-lg ring-1 ring-slate-300">
      ${heading(order)}
      <div class="space-y-4 p-4 sm:p-5">
        ${complaint ? notice(complaint) : nothing} ${page.wayBack ? wayOut(order, page.wayBack) : body(page, order, doings)}
      </div>
    </div>
    <p class="mt-3 text-center text-sm text-slate-600">Order ${order.merchantReference}</p>
  `;
}

/** Also what somebody hears who cannot see the page. */
export function stateSentence({ state, attempt, merchant, mayBePaid }: Order): string {
  switch (state) {
    case 'open':
      return '';
    case 'asking':
      return attempt?.account
        ? `Check ${phoneForPeople(attempt.account)}: enter your PIN there.`
        : 'Your bank is being asked.';
    case 'waiting':
      return 'Waiting for the network to confirm the payment.';
    case 'paid':
      return `Paid. You are going back to ${merchant}.`;
    case 'failed':
      return `${attempt?.failure ?? 'The payment failed.'}${mayBePaid ? ' You can try again.' : ''}`;
    case 'unanswered':
      return 'Nobody answered on the phone. You can try again.';
    case 'cancelled':
      return `${merchant} has cancelled this order.`;
  }
}

function heading({ merchant, description, amount, currency }: Order): TemplateResult {
  return html`
    <header class="bg-sky-900 px-4 py-4 text-white sm:px-5">
      <p class="text-sm font-semibold tracking-wide text-sky-100">Pesapal <span class="font-normal">(simulated)</span></p>
      <h1 class="mt-2 text-lg leading-snug font-semibold">Pay ${merchant}</h1>
      <p class="text-3xl font-bold tracking-tight tabular-nums">${money(amount, currency)}</p>
      <p class="mt-1 text-sm wrap-break-word text-sky-100">${description}</p>
    </header>
  `;
}

function body(page: Page, order: Order, doings: Doings): TemplateResult {
  if (order.mayBePaid)
    return html`
      ${order.state === 'open' ? nothing : notice(stateSentence(order))}
      ${chooser(order, page.network, doings)} ${leaveButton(order, doings)}
    `;
  return html`
    ${progress(order)}
    ${order.state === 'asking' ? leaveButton(order, doings) : backButton(order, doings)}
  `;
}

function progress(order: Order): TemplateResult {
  const busy = order.state === 'asking' || order.state === 'waiting';
  return html`
    <div class="flex flex-col items-center gap-3 py-4 text-center">
      ${busy ? html`<span class="turns h-10 w-10 rounded-full border-4 border-slate-200 border-t-sky-800" aria-hidden="true"></span>` : nothing}
      ${order.state === 'paid' ? tick : nothing}
      <p class="text-lg font-semibold">${stateSentence(order)}</p>
      ${order.state === 'asking' && order.attempt?.account ? phoneLink : nothing}
    </div>
  `;
}

const tick = html`
  <svg viewBox="0 0 48 48" class="h-14 w-14" aria-hidden="true">
    <circle cx="24" cy="24" r="22" class="fill-emerald-700"></circle>
    <path d="m14 25 7 7 13-15" fill="none" stroke="white" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"></path>
  </svg>
`;

const phoneLink = html`
  <a href="/" target="_blank" class="flex min-h-11 items-center font-medium text-sky-800 underline underline-offset-4">
    Open the simulated phone
  </a>
`;

/** Before anything has failed, the merchant hears of a change of mind; afterwards, that the browser is back. */
function leaveButton({ merchant, state }: Order, doings: Doings): TemplateResult {
  const isFailed = state === 'failed';
  return html`
    <button
      type="button"
      class="min-h-12 w-full rounded-xl border border-slate-500 px-2 py-1 font-semibold hover:bg-slate-100"
      @click=${() => doings.leave(isFailed ? 'return' : 'cancel')}
    >
      ${isFailed ? `Back to ${merchant}` : `Cancel and go back to ${merchant}`}
    </button>
  `;
}

function backButton({ merchant }: Order, doings: Doings): TemplateResult {
  return html`
    <button
      type="button"
      class="min-h-12 w-full rounded-xl bg-sky-800 px-2 py-1 font-semibold text-white hover:bg-sky-900"
      @click=${() => doings.leave('return')}
    >
      Back to ${merchant}
    </button>
  `;
}

function wayOut({ merchant }: Order, { url, redirectMode }: WayBack): TemplateResult {
  return html`
    <p class="py-4 text-center">
      Taking you back…
      <a class="mt-2 flex min-h-11 items-center justify-center font-semibold text-sky-800 underline underline-offset-4" href=${url} target=${redirectMode === 'TOP_WINDOW' ? '_top' : '_parent'}>
        Go on to ${merchant}
      </a>
    </p>
  `;
}

function notice(text: string): TemplateResult {
  return html`<p class="rounded-lg border border-red-300 bg-red-50 px-4 py-3 text-red-900">${text}</p>`;
}
