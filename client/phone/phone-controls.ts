import { html, type TemplateResult } from 'lit-html';
import type { Doings } from './doings.ts';
import type { Phone } from './simulator-state.ts';
import { phoneForPeople } from './wording.ts';

const WRONG_PINS_MAX = 3;

/** What one can do to a phone from outside. */
export function phoneControls(phone: Phone, doings: Doings): TemplateResult {
  const { number } = phone;
  return html`
    <div class="mt-5 space-y-1 px-2">
      <div class="flex items-center justify-between gap-3">
        <h2 class="text-lg font-bold tabular-nums">${phoneForPeople(number)}</h2>
        ${powerSwitch(phone, doings)}
      </div>
      ${pinState(phone, doings)}
      <form class="flex items-center gap-2" @submit=${(event: SubmitEvent) => doings.setBalance(number, event)}>
        <label class="flex flex-1 items-center gap-2">
          <span class="text-sm">Balance</span>
          <input
            name="balance"
            type="number"
            required
            min="0"
            max="10000000"
            step="1"
            placeholder=${phone.balance}
            class="h-11 w-full min-w-0 rounded-lg border border-stone-500 bg-white px-3 tabular-nums placeholder:text-stone-500"
          />
        </label>
        <button class="h-11 rounded-lg border border-stone-500 bg-white px-4 font-medium hover:bg-stone-200">Set</button>
      </form>
      <button
        class="h-11 text-sm text-stone-700 underline decoration-stone-400 underline-offset-4 hover:text-stone-950"
        @click=${() => doings.removePhone(number)}
      >
        Remove this phone
      </button>
    </div>
  `;
}

function powerSwitch({ number, on }: Phone, doings: Doings): TemplateResult {
  return html`
    <button
      role="switch"
      aria-checked=${on}
      aria-label="Switched on"
      class="group flex h-11 items-center gap-2 text-sm font-medium"
      @click=${() => doings.switchPhone(number, !on)}
    >
      ${on ? 'On' : 'Off'}
      <span class="flex h-7 w-12 items-center rounded-full bg-stone-500 p-1 transition group-aria-checked:bg-teal-800">
        <span class="h-5 w-5 rounded-full bg-white transition group-aria-checked:translate-x-5"></span>
      </span>
    </button>
  `;
}

function pinState({ number, pin, wrongPins, locked, fault }: Phone, doings: Doings): TemplateResult {
  if (wrongPins === 0)
    return html`<p class="flex min-h-11 items-center text-sm text-stone-700">PIN ${pin}${fault ? ` · magic: ${fault}` : ''}</p>`;
  return html`
    <p class="flex min-h-11 items-center justify-between gap-2 text-sm ${locked ? 'font-semibold text-red-800' : 'text-amber-900'}">
      ${locked ? 'PIN locked' : `PIN ${pin} · wrong ${wrongPins} of ${WRONG_PINS_MAX}`}
      <button
        class="h-11 rounded-lg px-3 font-medium text-stone-800 underline underline-offset-4"
        @click=${() => doings.unlockPhone(number)}
      >
        ${locked ? 'Unlock' : 'Forgive'}
      </button>
    </p>
  `;
}
