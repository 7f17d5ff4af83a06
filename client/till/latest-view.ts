import { html, nothing, type TemplateResult } from 'lit-html';
import type { SaleView } from '../../shared/office/till.ts';
import { typedInto } from '../box-office/gate.ts';
import { dialog } from '../kit/dialog.ts';
import { submitted } from '../kit/fields.ts';
import { type Here, nameOfLine } from './describe.ts';
import { LATEST_ID, type Latest } from './latest.ts';
import type { TillWords } from './words.ts';

export function latestDialog(latest: Latest, here: Here, words: TillWords): TemplateResult {
  const { say } = words;
  const { sales, chosen } = latest;
  const content = html`
    ${chosen ? reasonForm(latest, words) : nothing}
    ${sales.length === 0 ? html`<p>${say('noLatest')}</p>` : nothing}
    <ul class="grid max-h-[60dvh] gap-2 overflow-y-auto" tabindex="0" aria-label=${say('latest')}>
      ${sales.map(sale => saleRow(sale, latest, here, words))}
    </ul>`;
  return dialog(LATEST_ID, say('latest'), content, words);
}

function saleRow(sale: SaleView, latest: Latest, here: Here, words: TillWords): TemplateResult {
  const { say, money, time } = words;
  const { reference, state, total, createdAt, lines } = sale;
  return html`
    <li class="flex flex-wrap items-center gap-x-3 border-t border-plush py-2">
      <span class="min-w-0 flex-1 basis-48">
        <b class="code">${reference}</b> ${time(createdAt, here.timeZone)} · ${money(total)}
        <span class="badge" data-kind=${state === 'paid' ? 'good' : 'wait'}>${say(`sale_${state}`)}</span>
        <span class="block truncate text-sm text-dust">${lines.map(line => nameOfLine(line, here, words)).join(', ')}</span>
      </span>
      ${
        state === 'paid'
          ? html`<button
              class="button-second small"
              type="button"
              aria-label="${say('printAgain')}: ${reference}"
              @click=${() => latest.choose(sale)}
            >
              ${say('printAgain')}
            </button>`
          : nothing
      }
    </li>`;
}

function reasonForm(latest: Latest, { say }: TillWords): TemplateResult {
  return html`
    <form class="mb-4 grid gap-3" @submit=${submitted(form => latest.reprint(typedInto(form, 'reason')))}>
      <div class="field">
        <label for="reprint-reason">${latest.chosen?.reference}: ${say('printAgainWhy')}</label>
        <input class="input" id="reprint-reason" name="reason" required minlength="3" maxlength="200" autocomplete="off" />
        <p class="problem" role="alert">${latest.problem}</p>
      </div>
      <button class="button">${say('printAgain')}</button>
    </form>`;
}
