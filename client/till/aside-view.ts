import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Currency } from '../../shared/money.ts';
import { REASONS } from '../../shared/reasons.ts';
import type { Customer } from './customer.ts';
import { type Here, nameOf } from './describe.ts';
import { progressOf } from './progress.ts';
import type { TillWords } from './words.ts';

export interface AsideDoings {
  bring(customer: Customer): void;
  putAway(customer: Customer): void;
}

/** Everybody who waits: for a PIN, a link, a receipt, or their purse. Whoever has paid stands first. */
export function asideView(
  aside: readonly Customer[],
  doings: AsideDoings,
  here: Here & { currency: Currency },
  words: TillWords,
): TemplateResult {
  const { say } = words;
  return html`
    <section class="till-aside" aria-labelledby="till-waiting">
      <h2 class="mb-2 text-lg" id="till-waiting">
        ${say('waiting')} <span class="tabular-nums text-dust">${aside.length}</span>
      </h2>
      ${aside.length === 0 ? html`<p class="text-dust">${say('nobodyWaits')}</p>` : nothing}
      <ul class="till-waiting">
        ${repeat(
          aside,
          customer => customer,
          customer => asideCard(customer, doings, here, words),
        )}
      </ul>
    </section>`;
}

function asideCard(
  customer: Customer,
  { bring, putAway }: AsideDoings,
  here: Here & { currency: Currency },
  words: TillWords,
): TemplateResult {
  const { say, money, language } = words;
  const { says, kind, left, reason } = progressOf(customer, here.now);
  const what = nameOf(customer, here, words);
  const isOver = customer.stage === 'done' || customer.stage === 'over';
  const isPaid = customer.stage === 'done';
  const phone = customer.sale?.payments.at(-1)?.phone;
  return html`
    <li class="aside-card" data-kind=${kind}>
      <span class="truncate font-semibold">${what}</span>
      <span class="text-sm text-dust"
        >${money(customer.sale?.total ?? customer.due(here.currency))}${phone ? html` · ${phone}` : nothing}</span
      >
      <span>${say(says)} <b class="tabular-nums">${left}</b></span>
      ${reason ? html`<span class="text-sm">${REASONS[reason][language].split('.')[0]}.</span>` : nothing}
      <span class="till-actions">
        <button
          class="button-second small"
          type="button"
          aria-label="${say(isPaid ? 'ticketsCard' : 'openCard')}: ${what}"
          @click=${() => bring(customer)}
        >
          ${say(isPaid ? 'ticketsCard' : 'openCard')}
        </button>
        ${
          isOver
            ? html`<button class="quiet" type="button" aria-label="${say('served')}: ${what}" @click=${() => putAway(customer)}>
                ${say('served')}
              </button>`
            : nothing
        }
      </span>
    </li>`;
}
