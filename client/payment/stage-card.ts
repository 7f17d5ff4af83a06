import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { countdown, type Words } from '../kit/words.ts';
import type { PayingState } from './paying-state.ts';
import type { Turn } from './payment-stage.ts';
import type { StageWords } from './stage-words.ts';

const DONE = ['confirmed', 'charge_paid']; // What everybody came for.

/** Where things stand, in one look: whose turn, what, and how long it lasts. */
export function stageCard(state: PayingState, said: StageWords, words: Words): TemplateResult {
  const { payable, stage } = state;
  const isDone = DONE.includes(stage.name);
  return html`
    <section class="stage ${isDone ? 'triumph' : ''}" data-turn=${stage.turn} data-stage=${stage.name}>
      <p class="turn">${icon(stage.turn, stage.name)} ${said.turn}</p>
      <h1 class="mt-2 text-2xl outline-none ${isDone ? 'md:text-3xl' : ''}" id="stage" tabindex="-1">${said.title}</h1>
      ${isDone ? bigReference(payable.reference, words) : nothing}
      ${said.sentences.map(sentence => html`<p class="mt-3 max-w-prose">${sentence}</p>`)}
      ${said.timeLeft ? countdownLine(state, said.timeLeft) : nothing}
    </section>`;
}

function bigReference(reference: string, { say }: Words): TemplateResult {
  return html`
    <p class="mt-4">
      <span class="block text-sm text-dust">${say('referenceLabel')}</span>
      <strong class="code text-3xl">${reference}</strong>
    </p>`;
}

/** Nobody wants to hear each second: a screen reader finds the time when it looks for it. */
function countdownLine({ stage, payable, now }: PayingState, label: string): TemplateResult {
  if (!stage.endsAt) return html``;
  return html`
    <p class="mt-5">
      <span class="block text-sm text-dust">${label}</span>
      <span class="time-left" role="timer" aria-live="off">${countdown(stage.endsAt, now)}</span>
    </p>
    ${stage.name === 'prompt' && payable.payment ? promptBar(payable.payment.startedAt, stage.endsAt, now) : nothing}`;
}

function promptBar(startedAt: string, endsAt: Date, now: Date): TemplateResult {
  const whole = endsAt.getTime() - Date.parse(startedAt);
  return html`<progress aria-hidden="true" max=${whole} value=${Math.max(endsAt.getTime() - now.getTime(), 0)}></progress>`;
}

const PHONE = svg`<path class="ring" d="M8 2h8a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V4c0-1.1.9-2 2-2zm0 3v12h8V5zm4 13.3a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.4z" />`;
const ICONS: Record<Turn, TemplateResult<2>> = {
  yours: svg`<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5v5.6l3.7 2.1-1 1.7L11 13.7V7z" />`,
  providers: svg`<path d="M6 2h12v5l-4.5 5L18 17v5H6v-5l4.5-5L6 7zm2 2v2.2L12 10.7l4-4.5V4z" />`,
  done: svg`<path d="M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.3 14.5-4.5-4.5 1.5-1.5 3 3 5.8-5.8 1.5 1.5z" />`,
  failed: svg`<path d="M12 2 1.5 21h21zm-1 7h2v6h-2zm0 7.5h2v2h-2z" />`,
};

function icon(turn: Turn, name: string): TemplateResult {
  return html`<svg class="size-6 shrink-0" viewBox="0 0 24 24" fill="currentColor" fill-rule="evenodd" aria-hidden="true">
    ${name === 'prompt' ? PHONE : ICONS[turn]}
  </svg>`;
}
