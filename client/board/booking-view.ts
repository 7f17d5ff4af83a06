import { html, nothing, type TemplateResult } from 'lit-html';
import type { BookingAction, OfficeBooking } from '../../shared/office/booking.ts';
import { REASONS } from '../../shared/reasons.ts';
import type { BookingView } from '../../shared/views.ts';
import { countdown } from '../kit/words.ts';
import type { BoardWords } from './show-row.ts';
import { stateBadge } from './state-badge.ts';

interface BookingState {
  seen: OfficeBooking;
  now: Date;
  isStale: boolean;
}

interface BookingDoings {
  start(action: BookingAction): void;
}

export function bookingView(
  { seen, now, isStale }: BookingState,
  doings: BookingDoings,
  words: BoardWords,
): TemplateResult {
  const { say } = words;
  const { booking } = seen;
  return html`
    <a class="quiet -ml-2" href="/box-office/board">${say('toBoard')}</a>
    <div class="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <h1 class="font-code text-2xl">${booking.reference}</h1>
      ${stateBadge(booking.state, words)}
    </div>
    <div class="booking-page" data-stale=${isStale}>
      <div class="grid gap-4">
        ${facts(seen, now, words)} ${actions(seen, now, doings, words)} ${payments(seen, words)}
        ${tickets(booking, words)} ${mails(seen, words)}
      </div>
      ${history(seen, words)}
    </div>`;
}

function facts({ booking, email }: OfficeBooking, now: Date, words: BoardWords): TemplateResult {
  const { say, day, time, money, places } = words;
  const { showing, quantity, seats, total, customerName, phone, heldUntil, state, bookingId } = booking;
  const rows: [string, string | TemplateResult][] = [
    [say('when'), `${day(showing.startsAt, showing.timeZone, now)}, ${time(showing.startsAt, showing.timeZone)}`],
    [say('where'), showing.screen],
    [say('seats'), seats?.join(', ') ?? places(quantity)],
    [say('price'), money(total)],
    [say('forWhom'), customerName ?? say('noName')],
    [say('phone'), phone ?? '–'],
    ...(email === null ? [] : [[say('email'), email] satisfies [string, string]]),
  ];
  if (state === 'held' && heldUntil)
    rows.push([say('placesUntil'), `${time(heldUntil, showing.timeZone)} (${countdown(new Date(heldUntil), now)})`]);
  return html`
    <section class="card">
      <h2 class="mb-2 text-lg">${showing.title}</h2>
      <dl class="facts">${rows.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
      <a class="quiet -ml-2 mt-2" href="/bookings/${bookingId}" target="_blank" rel="noopener">${say('customersPage')}</a>
    </section>`;
}

function actions({ possible, resendFrom }: OfficeBooking, now: Date, { start }: BookingDoings, { say }: BoardWords) {
  if (possible.length === 0) return nothing;
  const waits = resendFrom !== null && new Date(resendFrom) > now ? new Date(resendFrom) : null;
  const button = (action: BookingAction) => {
    const later = action === 'resend' && waits;
    return html`
      <button
        class="button-second small ${action === 'cancel' || action === 'refund' ? 'danger' : ''}"
        type="button"
        ?disabled=${later}
        @click=${() => start(action)}
      >
        ${say(`action_${action}`)}${later ? html` <span class="tabular-nums">(${say('resendIn', { time: countdown(later, now) })})</span>` : nothing}
      </button>`;
  };
  return html`<div class="booking-actions">${possible.map(button)}</div>`;
}

function payments({ payments: all, refunds, booking }: OfficeBooking, words: BoardWords): TemplateResult {
  const { say, money, time, language } = words;
  const { timeZone } = booking.showing;
  return html`
    <section class="card">
      <h2 class="mb-2 text-lg">${say('payments')}</h2>
      ${all.length === 0 ? html`<p class="text-dust">${say('noPayments')}</p>` : nothing}
      <ul class="grid gap-2">
        ${all.map(
          ({ method, state, amount, phone, startedAt, receiptNumber, reason }) => html`
            <li>
              <b>${say(`method_${method}`)} ${money(amount)}</b> · ${say(`payment_${state}`)} · ${time(startedAt, timeZone)}
              ${phone ? html` · ${phone}` : nothing}
              ${receiptNumber ? html` · ${say('receipt', { number: receiptNumber })}` : nothing}
              ${reason ? html`<span class="block text-sm text-dust">${REASONS[reason][language]}</span>` : nothing}
            </li>`,
        )}
      </ul>
      ${refunds.length === 0 ? nothing : html`<h3 class="mt-3 mb-1 text-base">${say('moneyBack')}</h3>`}
      <ul class="grid gap-1">
        ${refunds.map(
          ({ amount, state, reason, decidedBy }) => html`
            <li>
              <b>${money(amount)}</b> ${say(`refund_is_${state}`)}
              <span class="text-dust">(${say(`refund_for_${reason}`)}${decidedBy ? `, ${decidedBy}` : ''})</span>
            </li>`,
        )}
      </ul>
    </section>`;
}

function tickets({ tickets: all, showing }: BookingView, { say, time }: BoardWords) {
  if (all.length === 0) return nothing;
  return html`
    <section class="card">
      <h2 class="mb-2 text-lg">${say('tickets')}</h2>
      <ul class="grid gap-1">
        ${all.map(
          ({ seat, state, admittedAt }, at) => html`
            <li>
              ${seat ?? say('ticketOf', { number: at + 1, count: all.length })}:
              <b>${say(`ticket_${state}`, { time: admittedAt ? time(admittedAt, showing.timeZone) : '' })}</b>
            </li>`,
        )}
      </ul>
    </section>`;
}

function mails({ mails: all, booking }: OfficeBooking, { say, shortDay, time }: BoardWords) {
  if (all.length === 0) return nothing;
  const { timeZone } = booking.showing;
  const now = new Date(booking.now);
  return html`
    <section class="card">
      <h2 class="mb-2 text-lg">${say('mails')}</h2>
      <ul class="grid gap-1">
        ${all.map(({ kind, state, at, code }) => {
          const is = say(state === 'waiting' && code ? 'mail_is_retried' : `mail_is_${state}`, {
            ...{ code: code ?? '', time: `${shortDay(at, timeZone, now)} ${time(at, timeZone)}` },
          });
          return html`
            <li>
              ${say(`mail_${kind}`)}: <b class=${state === 'given_up' ? 'text-coral' : ''}>${is}</b>
            </li>`;
        })}
      </ul>
    </section>`;
}

function history({ history: lines, booking }: OfficeBooking, { say, time, shortDay }: BoardWords): TemplateResult {
  const { timeZone } = booking.showing;
  const now = new Date(booking.now);
  return html`
    <section class="card" aria-labelledby="history">
      <h2 class="mb-2 text-lg" id="history">${say('history')}</h2>
      <ol class="history" lang="en">
        ${lines.toReversed().map(
          ({ at, who, what }) => html`
            <li>
              <time datetime=${at}>${shortDay(at, timeZone, now)} ${time(at, timeZone)}</time>
              <span><b>${who}</b> ${what}</span>
            </li>`,
        )}
      </ol>
    </section>`;
}
