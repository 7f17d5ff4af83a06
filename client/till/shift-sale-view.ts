import { html, nothing, type TemplateResult } from 'lit-html';
import type { SaleLine, SalePayment, SaleView } from '../../shared/office/till.ts';
import type { ShiftWords } from './shift-words.ts';

/** One sale behind a figure: what was sold, and how it was paid. */
export function saleFacts(sale: SaleView | string | null, timeZone: string, words: ShiftWords): TemplateResult {
  const { say, money } = words;
  if (typeof sale === 'string') return html`<p class="problem">${sale}</p>`;
  if (!sale) return html`<p class="behind-none">${say('fetching')}</p>`;
  const { reference, cashier, lines, payments, refunds } = sale;
  return html`
    <div class="sale-facts">
      <p><b class="font-code">${reference}</b> ${say('saleBy', { cashier })}</p>
      <ul>
        ${lines.map(line => html`<li>${lineFacts(line, words)}</li>`)}
        ${payments.map(payment => html`<li>${paymentFacts(payment, timeZone, words)}</li>`)}
        ${refunds.map(
          ({ amount, state }) =>
            html`<li>${say('saleRefund', { amount: money(amount), state: say(`refund_is_${state}`) })}</li>`,
        )}
      </ul>
    </div>`;
}

function lineFacts(line: SaleLine, { say, money, places, time }: ShiftWords): TemplateResult {
  if (line.kind === 'charge') return html`${line.purpose}: <b>${money(line.total)}</b>`;
  const { title, startsAt, timeZone, quantity, total, bookingId, reference } = line;
  return html`
    ${title} ${time(startsAt, timeZone)}, ${places(quantity)}: <b>${money(total)}</b>
    <a class="link" href="/box-office/bookings/${bookingId}" aria-label=${say('openBooking', { reference })}>${reference}</a>`;
}

function paymentFacts(payment: SalePayment, timeZone: string, { say, money, time }: ShiftWords): TemplateResult {
  const { gateway, state, amount, startedAt, receiptNumber, given, change } = payment;
  const values = given && change && { given: money(given), change: money(change) };
  return html`
    ${say(`method_${gateway}`)} <b>${money(amount)}</b>, ${say(`payment_${state}`)}, ${time(startedAt, timeZone)}
    ${receiptNumber ? html`· ${receiptNumber}` : nothing} ${values ? html`· ${say('given', values)}` : nothing}`;
}
