import { html, nothing, type TemplateResult } from 'lit-html';
import type { ChargeWords } from './charge-words.ts';
import type { RememberedCharge } from './remembered-charges.ts';

/** What this device paid lately: the way back for a browser that was killed. */
export function chargeList(charges: RememberedCharge[], words: ChargeWords): TemplateResult | typeof nothing {
  if (charges.length === 0) return nothing;
  return html`
    <section aria-labelledby="your-charges">
      <h2 id="your-charges" class="text-lg">${words.say('yourCharges')}</h2>
      <ul class="mt-2 grid grid-cols-[minmax(0,1fr)] gap-2 sm:grid-cols-2">
        ${charges.map(
          ({ chargeId, purpose, amount, state }) => html`
            <li>
              <a class="block rounded-xl border-2 border-plush bg-velvet px-4 py-2.5 no-underline" href="/charges/${chargeId}">
                <span class="block truncate font-bold">${purpose}</span>
                <span class="text-sm text-dust">${words.money(amount)} · ${words.say(`charge_is_${state}`)}</span>
              </a>
            </li>`,
        )}
      </ul>
    </section>`;
}
