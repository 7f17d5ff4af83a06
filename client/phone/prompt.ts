import { html, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import type { Doings } from './doings.ts';
import { backspaceIcon } from './icons.ts';
import type { Prompt } from './simulator-state.ts';
import { shillings } from './wording.ts';

const PIN_LENGTH = 4;
const FULL_TIME_SECONDS = 60;

/** What the gateway asks on the phone. Keyed by its checkout, so that the next one starts with an empty PIN. */
export function promptView(number: string, prompt: Prompt, now: Date, doings: Doings): TemplateResult {
  const id = `ask-${number}`;
  return html`
    <div class="absolute inset-0 flex items-end bg-black/65 p-3">
      ${keyed(
        prompt.checkoutRequestId,
        html`
          <form
            class="pops-up w-full rounded-[1.75rem] bg-white p-4 text-stone-900"
            role="dialog"
            aria-labelledby=${id}
            @submit=${(event: SubmitEvent) => doings.enterPin(number, event)}
          >
            ${question(id, prompt)} ${timeLeft(prompt, now)} ${pinEntry()} ${answers(number, doings)}
          </form>
        `,
      )}
    </div>
  `;
}

/** Whole seconds until the gateway gives up. */
export function secondsLeft({ expiresAt }: Pick<Prompt, 'expiresAt'>, now: Date): number {
  return Math.max(0, Math.ceil((Date.parse(expiresAt) - now.getTime()) / 1_000));
}

function question(id: string, { amount, currency, merchant, accountReference }: Prompt): TemplateResult {
  return html`
    <p id=${id} class="px-1 text-[1.0625rem] leading-snug">
      Do you want to pay <strong>${shillings(amount, currency)}</strong> to <strong>${merchant}</strong>, account
      <strong class="wrap-break-word">${accountReference}</strong>?
    </p>
  `;
}

function timeLeft(prompt: Prompt, now: Date): TemplateResult {
  const seconds = secondsLeft(prompt, now);
  return html`
    <div class="mt-2.5 flex items-center gap-3 px-1 text-sm text-stone-700">
      <progress
        class="prompt-time h-1.5 flex-1 appearance-none overflow-hidden rounded-full bg-stone-200"
        max=${FULL_TIME_SECONDS}
        .value=${Math.min(seconds, FULL_TIME_SECONDS)}
        aria-label="Time left"
      ></progress>
      <span class="w-9 text-right tabular-nums">${seconds} s</span>
    </div>
  `;
}

function pinEntry(): TemplateResult {
  return html`
    <label class="mt-2 block px-1">
      <span class="text-sm font-medium">Enter your PIN</span>
      <!-- inputmode none: the keys below are the keyboard; a real one works too. -->
      <input
        name="pin"
        type="password"
        inputmode="none"
        autocomplete="off"
        maxlength=${PIN_LENGTH}
        class="mt-1 h-11 w-full rounded-xl border border-stone-500 text-center text-2xl tracking-[0.6em]"
      />
    </label>
    <div class="mt-2.5 grid grid-cols-3 gap-1.5" role="group" aria-label="Keypad" @click=${pressKey}>
      ${['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(digit => key(digit))}
      <span></span>
      ${key('0')}
      <button type="button" value="back" class="grid h-11 place-items-center rounded-xl hover:bg-stone-200" aria-label="Delete a digit">
        ${backspaceIcon}
      </button>
    </div>
  `;
}

function key(digit: string): TemplateResult {
  return html`
    <button type="button" value=${digit} class="h-11 rounded-xl bg-stone-100 text-xl font-medium hover:bg-stone-200 active:bg-stone-300">
      ${digit}
    </button>
  `;
}

function answers(number: string, doings: Doings): TemplateResult {
  return html`
    <div class="mt-3 grid grid-cols-2 gap-2">
      <button
        type="button"
        class="h-12 rounded-xl border border-stone-400 font-semibold hover:bg-stone-100"
        @click=${() => doings.cancel(number)}
      >
        Cancel
      </button>
      <button class="h-12 rounded-xl bg-teal-800 font-semibold text-white hover:bg-teal-900">OK</button>
    </div>
    <button
      type="button"
      class="mt-1 h-11 w-full rounded-xl text-sm text-stone-700 underline decoration-stone-400 underline-offset-4 hover:bg-stone-100"
      @click=${() => doings.ignore(number)}
    >
      Put the phone away
    </button>
  `;
}

function pressKey(event: Event): void {
  const pressed = (event.target as Element).closest('button');
  const input = pressed?.form?.elements.namedItem('pin');
  if (!pressed || !(input instanceof HTMLInputElement)) return;
  input.value =
    pressed.value === 'back' ? input.value.slice(0, -1) : (input.value + pressed.value).slice(0, PIN_LENGTH);
}
