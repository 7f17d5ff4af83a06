import { html, type TemplateResult } from 'lit-html';
import type { Doings } from './doings.ts';
import type { SimulatorState } from './simulator-state.ts';
import { phoneForPeople, shillings, timeOfDay } from './wording.ts';

/** What was really taken from the phones, newest first, and the two big levers. */
export function debitList({ debits, autoAnswer }: SimulatorState, doings: Doings): TemplateResult {
  return html`
    <aside class="space-y-8">
      <section aria-labelledby="debits">
        <h2 id="debits" class="text-2xl font-bold tracking-tight">What was really taken</h2>
        <ol class="mt-4 divide-y divide-stone-300 border-y border-stone-300">
          ${debits.length === 0 ? html`<li class="py-3 text-stone-700">Nothing yet.</li>` : debits.toReversed().map(debitRow)}
        </ol>
      </section>
      <section aria-label="Everything at once" class="space-y-2">
        <label class="flex min-h-11 cursor-pointer items-center gap-3">
          <input
            type="checkbox"
            class="h-5 w-5 accent-teal-800"
            .checked=${autoAnswer}
            @change=${(event: Event) => doings.setAutoAnswer((event.target as HTMLInputElement).checked)}
          />
          Every phone pays by itself, at once
        </label>
        <button
          class="min-h-11 w-full rounded-lg border border-stone-500 bg-white px-4 py-2 font-medium hover:bg-stone-200"
          @click=${doings.reset}
        >
          Begin anew, with nothing
        </button>
      </section>
    </aside>
  `;
}

function debitRow(debit: SimulatorState['debits'][number]): TemplateResult {
  const { receiptNumber, phone, amount, currency, charged, network, at } = debit;
  const from = network === 'card' ? 'A card' : phoneForPeople(phone);
  return html`
    <li class="flex items-baseline justify-between gap-3 py-2.5">
      <span>
        <span class="font-mono text-sm font-semibold break-all">${receiptNumber}</span>
        <span class="block text-sm text-stone-700 tabular-nums">${from} · ${timeOfDay(new Date(at))}</span>
      </span>
      <span class="font-semibold whitespace-nowrap tabular-nums">${shillings(amount, currency)}${charged ? ` (${charged.currency} ${charged.amount})` : ''}</span>
    </li>
  `;
}
