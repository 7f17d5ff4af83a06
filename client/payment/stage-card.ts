import { html, nothing, type TemplateResult } from 'lit-html';
import { countdown, type Words } from '../kit/words.ts';
import type { PayingState } from './paying-state.ts';
import type { StageWords } from './stage-words.ts';

const DONE = ['confirmed', 'charge_paid']; // What everybody came for.

/** Where things stand, in one look: whose turn, what, and how long it lasts. */
export function stageCard(state: PayingState, said: StageWords, words: Words): TemplateResult {
  const { payable, stage } = state;
  const isDone = DONE.includes(stage.name);
  return html`
    <section class="stage ${isDone ? 'triumph' : ''}" data-turn=${stage.turn} data-stage=${stage.name}>
      <p class="turn">${said.turn}</p>
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
