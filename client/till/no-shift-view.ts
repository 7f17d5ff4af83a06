import { html, type TemplateResult } from 'lit-html';
import type { VenueView } from '../../shared/views.ts';
import { typedInto } from '../box-office/gate.ts';
import { submitted } from '../kit/fields.ts';
import type { OwnShift } from './own-shift.ts';
import type { TillWords } from './words.ts';

/** Nothing is sold outside of a shift: the drawer is counted first. */
export function noShiftView(own: OwnShift, { currency }: VenueView, { say }: TillWords): TemplateResult {
  return html`
    <h2 class="text-xl" id="customer-title">${say('noShift')}</h2>
    <p class="my-3">${say('noShiftText')}</p>
    <form class="grid gap-4" @submit=${submitted(form => own.open(typedInto(form, 'float')))}>
      <div class="field">
        <label for="float">${say('float', { currency })}</label>
        <input
          class="input"
          id="float"
          name="float"
          inputmode="numeric"
          autocomplete="off"
          aria-describedby="float-problem"
          aria-invalid=${own.problem !== ''}
        />
        <p class="problem" id="float-problem" role="alert">${own.problem}</p>
      </div>
      <div class="till-actions">
        <button class="button">${say('openShift')}</button>
        <a class="button-second" href="/box-office/shifts">${say('toShifts')}</a>
      </div>
    </form>`;
}

export function shiftElsewhereView({ say }: TillWords): TemplateResult {
  return html`
    <h2 class="text-xl" id="customer-title">${say('noShift')}</h2>
    <p class="my-3">${say('shiftElsewhere')}</p>
    <a class="button-second" href="/box-office/shifts">${say('toShifts')}</a>`;
}
