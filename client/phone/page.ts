import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { debitList } from './debit-list.ts';
import type { Doings } from './doings.ts';
import { faultPanel } from './fault-panel.ts';
import { handset } from './handset.ts';
import type { Fault, SimulatorState } from './simulator-state.ts';

export interface Page {
  state: SimulatorState;
  faults: Fault[];
  connected: boolean;
  /** What went wrong last, for people. */
  complaint: string | null;
  /** The simulator's clock, which may not be this browser's. */
  now: Date;
}

export function pageView(page: Page, doings: Doings): TemplateResult {
  const { state, now } = page;
  return html`
    ${heading(page, doings)}
    <section aria-label="Phones" class="flex flex-wrap justify-center gap-x-6 gap-y-12 lg:justify-start">
      ${repeat(
        state.phones,
        phone => phone.number,
        phone => handset(phone, now, doings),
      )}
      ${state.phones.length === 0 ? noPhones() : nothing}
    </section>
    <div class="mt-14 grid gap-10 lg:grid-cols-[1fr_22rem]">
      ${faultPanel(page.faults, state.armed, doings)} ${debitList(state, doings)}
    </div>
  `;
}

function heading({ connected, complaint }: Page, doings: Doings): TemplateResult {
  return html`
    <header class="flex flex-wrap items-end justify-between gap-x-10 gap-y-5 pt-8 pb-8">
      <div class="max-w-xl">
        <h1 class="text-3xl font-bold tracking-tight">Simulated phones</h1>
        <p class="mt-2 text-stone-700">
          Pay for something with any number: the request appears here, on that phone. Add a phone to set it up first.
        </p>
      </div>
      <form class="flex flex-wrap items-end gap-2" @submit=${doings.addPhone}>
        <label class="block">
          <span class="block text-sm font-medium">Country</span>
          <select name="callingCode" class="mt-1 h-11 rounded-lg border border-stone-500 bg-white px-2">
            <option value="254">Kenya</option>
            <option value="255">Tanzania</option>
          </select>
        </label>
        <label class="block">
          <span class="block text-sm font-medium">Phone number</span>
          <input
            name="number"
            type="tel"
            required
            autocomplete="off"
            placeholder="0712 345 678"
            class="mt-1 h-11 w-40 rounded-lg border border-stone-500 bg-white px-3 placeholder:text-stone-500"
          />
        </label>
        <button class="h-11 rounded-lg bg-teal-800 px-5 font-semibold text-white hover:bg-teal-900">Add phone</button>
      </form>
    </header>
    <div role="status">
      ${connected ? nothing : notice('The simulator does not answer. Trying again…')}
      ${complaint ? notice(complaint) : nothing}
    </div>
  `;
}

function notice(text: string): TemplateResult {
  return html`<p class="mb-6 rounded-lg border border-red-300 bg-red-50 px-4 py-3 text-red-900">${text}</p>`;
}

function noPhones(): TemplateResult {
  return html`
    <p class="w-full rounded-3xl border-2 border-dashed border-stone-400 px-6 py-16 text-center text-stone-700">
      No phone yet. Add one, or pay with any number and watch it appear.
    </p>
  `;
}
