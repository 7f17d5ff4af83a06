import { html, nothing, type TemplateResult } from 'lit-html';
import type { Currency } from '../../shared/money.ts';
import type { Behind, Figure, What } from '../../shared/office/shift-report.ts';
import { REFUND_REASONS } from '../../shared/views.ts';
import type { Openings } from './shift-openings.ts';
import { saleFacts } from './shift-sale-view.ts';
import type { ShiftWords } from './shift-words.ts';

/** What all figures of a report are drawn with. */
export interface Ledger {
  currency: Currency;
  timeZone: string;
  openings: Openings;
  words: ShiftWords;
  /** Its lines come from several shifts, so that each says from which. */
  isOfDay?: true;
}

/** A sum that opens down to its lines, and these to their sales. */
export function figureView(
  name: string,
  label: string,
  { amount, behind }: Figure,
  ledger: Ledger,
  more: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const { openings, words, currency } = ledger;
  const isOpen = openings.isOpen(name);
  return html`
    <details class="figure" ?open=${isOpen} @toggle=${opens(isNowOpen => openings.turn(name, isNowOpen))}>
      <summary>
        <span>${label}</span>
        <b class="sum">${words.money({ amount, currency })}</b>
      </summary>
      ${isOpen ? html`${behindList(name, behind, ledger)}${more}` : nothing}
    </details>`;
}

export function behindList(name: string, behind: readonly Behind[], ledger: Ledger): TemplateResult {
  if (behind.length === 0) return html`<p class="behind-none">${ledger.words.say('noLines')}</p>`;
  return html`<ul class="behind">${behind.map((one, at) => html`<li>${line(`${name}/${at}`, one, ledger)}</li>`)}</ul>`;
}

function line(name: string, one: Behind, ledger: Ledger): TemplateResult {
  const { openings, words, currency, timeZone } = ledger;
  const { saleId, bookingId, amount, what, at } = one;
  const facts = html`
    <time datetime=${at}>${words.time(at, timeZone)}</time>
    <span>${[whatSentence(what, words), ...whoseParts(one, ledger)].join(' · ')}</span>
    <b class="sum">${words.money({ amount, currency })}</b>`;
  if (saleId === null && bookingId !== null)
    return html`<a class="behind-line" href="/box-office/bookings/${bookingId}">${facts}</a>`;
  if (saleId === null) return html`<div class="behind-line">${facts}</div>`;
  const isOpen = openings.isOpen(name);
  const turn = (isNowOpen: boolean) => {
    if (isNowOpen && !openings.isOpen(name)) void openings.fetchSale(saleId);
    openings.turn(name, isNowOpen);
  };
  return html`
    <details ?open=${isOpen} @toggle=${opens(turn)}>
      <summary class="behind-line">${facts}</summary>
      ${isOpen ? saleFacts(openings.sale(saleId), timeZone, words) : nothing}
    </details>`;
}

/** Of which sale it is, or of which booking where nobody sold it; and from which shift. */
function whoseParts({ saleId, shiftId, reference, what }: Behind, { words: { say }, isOfDay }: Ledger): string[] {
  const isSaid = reference === null || (saleId === null && 'reference' in what);
  const whose = isSaid ? [] : [saleId === null ? reference : say('sale', { reference })];
  return isOfDay && shiftId !== null ? [...whose, say('shiftNumber', { number: shiftId })] : whose;
}

const opens = (turn: (isOpen: boolean) => void) => (event: Event) => {
  if (event.currentTarget instanceof HTMLDetailsElement) turn(event.currentTarget.open);
};

/** Why this sum is there. */
export function whatSentence(what: What, { say }: ShiftWords): string {
  switch (what.kind) {
    case 'receipt':
      return say('what_receipt', { method: say(`method_${what.method}`), number: what.number ?? say('noNumber') });
    case 'booking':
      return say('what_booking', { reference: what.reference });
    case 'charge':
      return say('what_charge', { reference: what.reference });
    case 'refund': {
      const values = { reason: say(`refund_for_${what.reason}`), state: say(`refund_is_${what.state}`) };
      return say('what_refund', values);
    }
    case 'line': {
      const why = what.reason === null ? '' : `, ${reasonSentence(what.reason, { say })}`;
      return say('what_line', { line: what.line, entry: say(`entry_${what.entry}`) + why });
    }
    default:
      return say(`what_${what.kind}`);
  }
}

/** What a person typed, or one of the reasons for which money goes back. */
export function reasonSentence(reason: string, { say }: Pick<ShiftWords, 'say'>): string {
  const known = REFUND_REASONS.find(one => one === reason);
  return known ? say(`refund_for_${known}`) : reason;
}
