import { html, type TemplateResult } from 'lit-html';
import type { ShiftView } from '../../shared/office/shifts.ts';
import type { ShiftWords } from './shift-words.ts';

const KIND = { open: 'good', counted: 'wait', sealed: 'plain' } as const;

interface Listed {
  shifts: ShiftView[] | null;
  timeZone: string;
  now: Date;
  today: string;
}

/** Every shift of the venue, the newest first. */
export function shiftList({ shifts, timeZone, now, today }: Listed, words: ShiftWords): TemplateResult {
  const { say, shortDay, time } = words;
  const moment = (at: string | null) => (at ? `${shortDay(at, timeZone, now)} ${time(at, timeZone)}` : '–');
  return html`
    <section aria-labelledby="all-shifts">
      <div class="mb-2 flex flex-wrap items-center justify-between gap-3">
        <h2 class="text-lg" id="all-shifts">${say('allShifts')}</h2>
        <a class="button-second small" href="/box-office/days/${today}">${say('reportOfToday')}</a>
      </div>
      ${
        !shifts || shifts.length === 0
          ? html`<p class="text-dust">${say(shifts ? 'noShifts' : 'fetching')}</p>`
          : html`
            <table class="sheet">
              <thead>
                <tr>
                  <th scope="col">${say('shift')}</th>
                  <th scope="col">${say('cashier')}</th>
                  <th scope="col">${say('state')}</th>
                  <th scope="col">${say('openedAt')}</th>
                  <th scope="col">${say('countedAt')}</th>
                  <th scope="col">${say('sealedAt')}</th>
                  <th scope="col">${say('report')}</th>
                </tr>
              </thead>
              <tbody>
                ${shifts.map(shift => row(shift, moment, words))}
              </tbody>
            </table>`
      }
    </section>`;
}

function row(shift: ShiftView, moment: (at: string | null) => string, { say }: ShiftWords): TemplateResult {
  const { shiftId, cashier, state, openedAt, countedAt, sealedAt } = shift;
  const report = say(state === 'sealed' ? 'zReport' : 'xReport');
  return html`
    <tr>
      <td data-label=${say('shift')}>${shiftId}</td>
      <td data-label=${say('cashier')}><b>${cashier}</b></td>
      <td data-label=${say('state')}><span class="badge" data-kind=${KIND[state]}>${say(`state_${state}`)}</span></td>
      <td data-label=${say('openedAt')}>${moment(openedAt)}</td>
      <td data-label=${say('countedAt')}>${moment(countedAt)}</td>
      <td data-label=${say('sealedAt')}>${moment(sealedAt)}</td>
      <td data-label=${say('report')}>
        <a class="link" href="/box-office/shifts/${shiftId}" aria-label=${say('reportOf', { report, number: shiftId })}>${report}</a>
      </td>
    </tr>`;
}
