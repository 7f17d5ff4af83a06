import { html, type TemplateResult } from 'lit-html';
import type { BookingState, ChargeState } from '../../shared/views.ts';
import type { BoardWords } from './show-row.ts';

const KIND: Record<BookingState | ChargeState, 'good' | 'bad' | 'wait' | 'plain'> = {
  held: 'wait',
  open: 'wait',
  confirmed: 'good',
  paid: 'good',
  lapsed: 'plain',
  cancelled: 'plain',
  refunded: 'bad',
};

/** Of a booking or a charge; the word says it, the colour only repeats it. */
export function stateBadge(state: BookingState | ChargeState, { say }: BoardWords): TemplateResult {
  return html`<span class="badge" data-kind=${KIND[state]}>${say(`state_${state}`)}</span>`;
}
