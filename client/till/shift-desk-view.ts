import { html, nothing, type TemplateResult } from 'lit-html';
import { isAtLeast } from '../../shared/office/people.ts';
import type { ShiftView } from '../../shared/office/shifts.ts';
import type { Office } from '../box-office/page.ts';
import { submitted } from '../kit/fields.ts';
import { closeForm, countAgainForm } from './shift-close-view.ts';
import { cashCountView } from './shift-count-view.ts';
import type { ShiftDesk } from './shift-desk.ts';
import { moveForm } from './shift-move-view.ts';
import { sealForm } from './shift-seal-view.ts';
import type { ShiftWords } from './shift-words.ts';

export { SURE_DIALOG } from './shift-close-view.ts';

/** The cashier's own shift: what it waits for stands first. */
export function deskView(desk: ShiftDesk, office: Office, words: ShiftWords): TemplateResult {
  const { say } = words;
  const { own, problem } = desk;
  if (!own) return html`<section class="desk"><p>${problem || say('fetching')}</p></section>`;
  return html`
    <section class="desk" aria-labelledby="own-shift">
      <h2 class="text-lg" id="own-shift">${say('ownShift')}</h2>
      ${own.waiting.map(shift => waitingCard(shift, desk, office, words))}
      ${own.shift ? openCard(own.shift, desk, office, words) : openingCard(desk, office, words)}
    </section>`;
}

function openCard(shift: ShiftView, desk: ShiftDesk, office: Office, words: ShiftWords): TemplateResult {
  const { say } = words;
  const { task } = desk.task;
  return html`
    <div class="card">
      ${heading(shift, 'since', shift.openedAt, office, words)}
      ${
        task === 'rest' || task === 'again'
          ? html`
            <div class="flex flex-wrap gap-3">
              <a class="button" href="/box-office/till">${say('toTill')}</a>
              <button class="button-second" type="button" @click=${() => desk.start({ task: 'move' })}>${say('moveTitle')}</button>
              <button class="button-second" type="button" @click=${() => desk.start({ task: 'close' })}>${say('closeTitle')}</button>
            </div>`
          : nothing
      }
      ${task === 'move' ? moveForm(shift, desk, words) : nothing}
      ${task === 'close' ? closeForm(shift, desk, words) : nothing}
    </div>`;
}

/** Folded for whoever is here to look after others, or has a shift to bring to its end first. */
function openingCard(desk: ShiftDesk, office: Office, words: ShiftWords): TemplateResult {
  const { say, money } = words;
  const { count, isBusy } = desk;
  const form = html`
    <form class="desk-task grid gap-4" @submit=${submitted(() => desk.open())}>
      <p class="text-dust">${say('openHelp')}</p>
      ${cashCountView(count, () => desk.draw(), words)}
      <p class="problem" role="alert">${desk.problemOf(null)}</p>
      <button class="button" ?disabled=${isBusy}>
        ${say('openDo', { amount: money({ amount: count.total, currency: count.currency }) })}
      </button>
    </form>`;
  if (desk.task.task === 'again') return html``; // One count at a time.
  const isFirst = !isAtLeast(office.staff.role, 'supervisor') && desk.own?.waiting.length === 0;
  if (isFirst) return html`<div class="card"><h3 class="mb-2 text-lg">${say('openTitle')}</h3>${form}</div>`;
  return html`<details class="card fold"><summary>${say('openTitle')}</summary>${form}</details>`;
}

function waitingCard(shift: ShiftView, desk: ShiftDesk, office: Office, words: ShiftWords): TemplateResult {
  const { say } = words;
  const { shiftId } = shift;
  const isAgain = desk.task.task === 'again' && desk.task.shiftId === shiftId;
  return html`
    <div class="card">
      ${heading(shift, 'waitsForSeal', shift.countedAt ?? shift.openedAt, office, words)}
      ${
        isAgain
          ? countAgainForm(shift, desk, words)
          : html`
            ${sealForm(
              { shiftId, problem: desk.problemOf(shiftId), isBusy: desk.isBusy },
              note => desk.seal(shiftId, note),
              words,
            )}
            <button class="button-second small mt-3" type="button" @click=${() => desk.start({ task: 'again', shiftId })}>
              ${say('countAgain')}
            </button>`
      }
    </div>`;
}

function heading(
  { shiftId, state }: ShiftView,
  sentence: 'since' | 'waitsForSeal',
  at: string,
  { venue, clock }: Office,
  { say, shortDay, time }: ShiftWords,
): TemplateResult {
  const zone = venue?.timeZone ?? 'Africa/Nairobi';
  const moment = `${shortDay(at, zone, clock.now())} ${time(at, zone)}`;
  return html`
    <div class="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
      <h3 class="text-lg">${say('shiftNumber', { number: shiftId })}</h3>
      <span class="badge" data-kind=${state === 'open' ? 'good' : 'wait'}>${say(`state_${state}`)}</span>
      <p class="w-full text-sm text-dust">${say(sentence, { time: moment })}</p>
    </div>`;
}
