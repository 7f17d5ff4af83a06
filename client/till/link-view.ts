import { html, nothing, type TemplateResult } from 'lit-html';
import type { SaleView } from '../../shared/office/till.ts';
import { addressQr, type Here, nameOfLine } from './describe.ts';
import type { TillWords } from './words.ts';

export interface LinkDoings {
  copy(url: string): void;
  share(url: string): void;
}

/** Where the customer can pay by themselves: a QR code for their camera, and an address to send. */
export function linkView(sale: SaleView, doings: LinkDoings, here: Here, words: TillWords): TemplateResult {
  const { say } = words;
  const unpaid = sale.lines.filter(({ paid, total }) => paid.amount < total.amount);
  return html`
    <ul class="my-3 grid gap-3">
      ${unpaid.map(line => {
        const what = nameOfLine(line, here, words);
        return html`
          <li class="flex flex-wrap items-center gap-4">
            ${addressQr(line.url, say('linkOf', { what }))}
            <div class="min-w-0 flex-1 basis-48">
              <b class="block">${what}</b>
              <p class="text-sm break-all text-dust">${line.url}</p>
              <div class="till-actions mt-2">
                <button class="button-second small" type="button" @click=${() => doings.copy(line.url)}>${say('copy')}</button>
                ${
                  'share' in navigator
                    ? html`<button class="button-second small" type="button" @click=${() => doings.share(line.url)}>
                        ${say('share')}
                      </button>`
                    : nothing
                }
              </div>
            </div>
          </li>`;
      })}
    </ul>`;
}
