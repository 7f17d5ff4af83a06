import { html, type TemplateResult } from 'lit-html';
import type { Order } from './order.ts';
import { localNumber } from './wording.ts';

/** What the form on the page does. It is read when it is sent; nothing typed is kept elsewhere. */
export interface Chooser {
  choose(network: string): void;
  pay(event: SubmitEvent): void;
}

const COLOURS: Record<string, string> = {
  mpesa: 'bg-red-600',
  mixx: 'bg-blue-800',
  airtel: 'bg-rose-700',
  halopesa: 'bg-orange-700',
  card: 'bg-slate-700',
};

/** The networks, then the number that pays. */
export function chooser(order: Order, chosen: string, doings: Chooser): TemplateResult {
  const again = order.state === 'open' ? '' : ' again';
  return html`
    <form class="space-y-4" @submit=${doings.pay}>
      <fieldset>
        <legend class="font-semibold">How do you want to pay?</legend>
        <div class="mt-2 space-y-2">${order.networks.map(network => option(network, chosen, doings))}</div>
      </fieldset>
      ${chosen === 'card' ? cardField(order) : phoneField(order)}
      <button class="h-12 w-full rounded-xl bg-sky-800 font-semibold text-white hover:bg-sky-900">Pay${again}</button>
    </form>
  `;
}

function option({ name, title }: Order['networks'][number], chosen: string, doings: Chooser): TemplateResult {
  return html`
    <label
      class="flex min-h-12 cursor-pointer items-center gap-3 rounded-xl border border-slate-400 px-3 has-checked:border-sky-800 has-checked:bg-sky-50 has-checked:ring-1 has-checked:ring-sky-800"
    >
      <input
        type="radio"
        name="network"
        value=${name}
        class="h-5 w-5 shrink-0 accent-sky-800"
        .checked=${name === chosen}
        @change=${() => doings.choose(name)}
      />
      <span class="h-6 w-2 shrink-0 rounded-full ${COLOURS[name] ?? ''}" aria-hidden="true"></span>
      ${title}
    </label>
  `;
}

/** Asked on any phone: the one that the merchant named is only a suggestion. */
function phoneField({ phone }: Order): TemplateResult {
  return html`
    <label class="block">
      <span class="font-semibold">Phone number</span>
      <input
        name="phone"
        type="tel"
        required
        autocomplete="tel"
        value=${phone ? localNumber(phone) : ''}
        class="mt-1 h-12 w-full rounded-xl border border-slate-500 px-3 text-lg tabular-nums"
      />
    </label>
  `;
}

function cardField({ cards }: Order): TemplateResult {
  return html`
    <label class="block">
      <span class="font-semibold">Test card</span>
      <select name="card" class="mt-1 h-12 w-full rounded-xl border border-slate-500 bg-white px-2">
        ${cards.map(
          ({ number, method, declined }) => html`
            <option value=${number}>${method} ${number.replace(/(\d{4})(?=\d)/g, '$1 ')}${declined ? ', declined' : ''}</option>
          `,
        )}
      </select>
    </label>
  `;
}
