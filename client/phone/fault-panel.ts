import { html, nothing, type TemplateResult } from 'lit-html';
import type { Doings } from './doings.ts';
import { chevronIcon } from './icons.ts';
import type { Fault, SimulatorState } from './simulator-state.ts';
import { phoneForPeople } from './wording.ts';

type Armed = SimulatorState['armed'];

const GATEWAYS = [
  { gateway: 'daraja', title: 'M-Pesa in Kenya' },
  { gateway: 'pesapal', title: 'Pesapal in Tanzania' },
];

/** Every fault there is: a press arms it for the next push; the number beside it behaves so always. */
export function faultPanel(faults: Fault[], armed: Armed, doings: Doings): TemplateResult {
  return html`
    <section aria-labelledby="faults">
      <h2 id="faults" class="text-2xl font-bold tracking-tight">What may go otherwise</h2>
      <p class="mt-2 max-w-prose text-stone-700">
        Press a row, and the next payment meets it, on whatever phone. Or pay with the number beside it: that one always
        behaves so, without your help.
      </p>
      ${armedBar(armed, doings)}
      ${GATEWAYS.map(({ gateway, title }) =>
        gatewayView(
          title,
          faults.filter(fault => fault.gateway === gateway),
          armed,
          doings,
        ),
      )}
    </section>
  `;
}

function gatewayView(title: string, faults: Fault[], armed: Armed, doings: Doings): TemplateResult {
  const families = Map.groupBy(faults, fault => fault.family);
  return html`
    <h3 class="mt-6 text-lg font-bold">${title}</h3>
    <div class="mt-3 space-y-3">
      ${[...families].map(([family, members]) => familyView(family, members, armed, doings))}
    </div>
  `;
}

function armedBar(armed: Armed, doings: Doings): TemplateResult | typeof nothing {
  if (armed.length === 0) return nothing;
  const names = armed.map(({ fault, times }) => (times > 1 ? `${fault} (${times} times)` : fault)).join(', ');
  return html`
    <p class="mt-4 flex items-center justify-between gap-3 rounded-xl bg-amber-200 py-1 pr-1 pl-4 text-amber-950">
      <span>The next payment meets: <strong>${names}</strong></span>
      <button class="h-11 rounded-lg px-4 font-semibold underline underline-offset-4" @click=${doings.disarm}>Disarm</button>
    </p>
  `;
}

function familyView(family: string, faults: Fault[], armed: Armed, doings: Doings): TemplateResult {
  return html`
    <details class="group overflow-hidden rounded-2xl border border-stone-300 bg-white" ?open=${faults[0]?.name === 'pays'}>
      <summary class="flex min-h-12 cursor-pointer items-center gap-3 px-4 font-semibold hover:bg-stone-50">
        ${chevronIcon} ${family}
        <span class="ml-auto text-sm font-normal text-stone-600 tabular-nums">${faults.length}</span>
      </summary>
      <ul class="divide-y divide-stone-200 border-t border-stone-200">
        ${faults.map(fault =>
          row(
            fault,
            armed.some(one => one.fault === fault.name),
            doings,
          ),
        )}
      </ul>
    </details>
  `;
}

function row({ name, sentence, magicNumber }: Fault, isArmed: boolean, doings: Doings): TemplateResult {
  return html`
    <li class="flex flex-wrap items-center sm:flex-nowrap ${isArmed ? 'bg-amber-100' : ''}">
      <button
        class="min-h-11 grow basis-60 px-4 py-2.5 text-left hover:bg-stone-100"
        aria-pressed=${isArmed}
        @click=${() => doings.arm(name)}
      >
        ${sentence}
        <span class="block font-mono text-xs text-stone-600">${name}${isArmed ? ' · armed' : ''}</span>
      </button>
      <span class="px-4 pb-2.5 font-mono text-sm whitespace-nowrap text-stone-800 sm:pb-0">${phoneForPeople(magicNumber)}</span>
    </li>
  `;
}
