import { html, nothing, type TemplateResult } from 'lit-html';
import type { Contact } from '../../shared/views.ts';
import { contactLines } from '../kit/contact-lines.ts';
import type { Words } from '../kit/words.ts';
import type { PayActions, PayingState } from './paying-state.ts';
import { isPossible, type Payable } from './payment-stage.ts';

export function offlineLine({ silentSince, timeZone }: PayingState, words: Words): TemplateResult | typeof nothing {
  if (!silentSince) return nothing;
  const time = words.time(silentSince, timeZone);
  return html`<p class="rounded-xl border-2 border-coral px-4 py-2 text-sm">${words.say('offline', { time })}</p>`;
}

export function checkButton(
  { stage, check, now }: PayingState,
  { say }: Words,
  actions: PayActions,
): TemplateResult | typeof nothing {
  if (!isPossible(stage.checkFrom, now)) return nothing;
  const labels = { possible: 'checkNow', asking: 'checking', asked: 'checkedNow' } as const;
  return html`
    <button class="button-second" type="button" aria-disabled=${check !== 'possible'} @click=${() => actions.checkNow()}>
      ${say(labels[check])}
    </button>`;
}

export function refundList({ refunds }: Payable, words: Words): TemplateResult | typeof nothing {
  if (refunds.length === 0) return nothing;
  return html`
    <section class="card" aria-labelledby="refunds">
      <h2 class="mb-2 text-lg" id="refunds">${words.say('refunds')}</h2>
      <ul class="grid gap-2">
        ${refunds.map(
          ({ amount, state, reason }) => html`
            <li>
              <strong>${words.money(amount)}</strong>: ${words.say(`refund_is_${state}`)}
              <span class="text-dust">(${words.say(`refund_for_${reason}`)})</span>
            </li>`,
        )}
      </ul>
    </section>`;
}

export function venueContact(venue: string, contact: Contact, reference: string, words: Words): TemplateResult {
  return html`
    <section class="card" aria-labelledby="contact">
      <h2 class="text-lg" id="contact">${venue}</h2>
      <p class="mt-1 text-dust">${words.say('contactText', { reference })}</p>
      <div class="mt-2">${contactLines(contact)}</div>
    </section>`;
}

/** One line of a list of facts, unless there is nothing to say. */
export function fact(label: string, value: string | TemplateResult | null): TemplateResult | typeof nothing {
  return value ? html`<dt>${label}</dt><dd class="min-w-0 break-words">${value}</dd>` : nothing;
}

export function receiptNumber({ payment }: Payable, { say }: Words): TemplateResult | string | null {
  if (payment?.state !== 'paid') return null;
  return payment.receiptNumber ? html`<span class="code">${payment.receiptNumber}</span>` : say('receiptFollows');
}
