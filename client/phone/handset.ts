import { html, nothing, type TemplateResult } from 'lit-html';
import type { Doings } from './doings.ts';
import { batteryIcon, powerIcon, signalIcon } from './icons.ts';
import { phoneControls } from './phone-controls.ts';
import { promptView } from './prompt.ts';
import type { Phone } from './simulator-state.ts';
import { phoneForPeople, shillings, timeOfDay } from './wording.ts';

/** One phone in its owner's hand, and below it what the owner can do to it. */
export function handset(phone: Phone, now: Date, doings: Doings): TemplateResult {
  return html`
    <article class="w-full max-w-80 lg:max-w-72" aria-label=${`Phone ${phoneForPeople(phone.number)}`}>
      <div class="relative">
        <span class="absolute top-32 -right-1 h-16 w-1.5 rounded-r bg-stone-700"></span>
        <span class="absolute top-28 -left-1 h-10 w-1.5 rounded-l bg-stone-700"></span>
        <span class="absolute top-41 -left-1 h-10 w-1.5 rounded-l bg-stone-700"></span>
        <div class="relative rounded-[2.9rem] bg-stone-900 p-2.5 shadow-2xl ring-1 shadow-stone-500/60 ring-stone-700">
          <div class="dark-screen relative h-155 overflow-hidden rounded-[2.3rem] bg-black">
            ${phone.on ? screen(phone, now, doings) : offScreen()}
          </div>
        </div>
      </div>
      ${phoneControls(phone, doings)}
    </article>
  `;
}

function offScreen(): TemplateResult {
  return html`
    <p class="flex h-full flex-col items-center justify-center gap-4 text-stone-400">${powerIcon} This phone is off</p>
  `;
}

function screen(phone: Phone, now: Date, doings: Doings): TemplateResult {
  const asks = phone.prompt && !phone.prompt.ignored;
  return html`
    <div class="wallpaper flex h-full flex-col text-white" ?inert=${asks}>
      ${statusBar(now)}
      <div class="px-5 pt-7 pb-6">
        <p class="text-sm text-white/90">${phoneForPeople(phone.number)}</p>
        <p class="mt-1 text-4xl font-semibold tracking-tight tabular-nums">${shillings(phone.balance, phone.currency)}</p>
        <p class="mt-1 text-sm text-white/90">Play money on this phone</p>
      </div>
      ${inbox(phone)}
    </div>
    ${phone.prompt && asks ? promptView(phone.number, phone.prompt, now, doings) : nothing}
  `;
}

function statusBar(now: Date): TemplateResult {
  return html`
    <div class="flex items-center justify-between px-6 pt-3 text-sm font-semibold">
      <span class="w-16 tabular-nums">${timeOfDay(now)}</span>
      <span class="h-6 w-20 rounded-full bg-black"></span>
      <span class="flex w-16 justify-end gap-1.5">${signalIcon} ${batteryIcon}</span>
    </div>
  `;
}

function inbox({ messages, number }: Phone): TemplateResult {
  return html`
    <section
      class="flex min-h-0 flex-1 flex-col rounded-t-3xl bg-white text-stone-900"
      aria-label=${`Messages on ${phoneForPeople(number)}`}
    >
      <h3 class="px-5 pt-4 pb-2 text-sm font-semibold text-stone-600">Messages</h3>
      <ol class="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-4 pb-6" tabindex="0">
        ${messages.length === 0 ? html`<li class="px-1 text-stone-600">Nothing yet.</li>` : nothing}
        ${messages.map(
          ({ at, text }) => html`
            <li class="drops-in rounded-2xl rounded-tl-md bg-stone-100 px-4 py-3 text-[0.9375rem] leading-snug">
              ${text}
              <span class="mt-1.5 block text-xs text-stone-600 tabular-nums">${timeOfDay(new Date(at))}</span>
            </li>
          `,
        )}
      </ol>
    </section>
  `;
}
