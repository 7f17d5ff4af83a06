import { html, nothing, type TemplateResult } from 'lit-html';
import type { ExceptionView } from '../../shared/office/exceptions.ts';
import { moneyAtRisk } from '../../shared/office/money-at-risk.ts';
import type { OfficeKey } from '../box-office/office-dictionary.ts';
import type { Words } from '../kit/words.ts';
import type { Moved } from './exception-list.ts';
import type { ExceptionKey } from './words.ts';

export type ExceptionWords = Words<ExceptionKey | OfficeKey>;

/** How much is not where it belongs, and how many things wait for somebody. */
export function atRiskView(all: readonly ExceptionView[], { say, money }: ExceptionWords): TemplateResult {
  return html`
    <div class="at-risk">
      <h1>${say('atRisk')}</h1>
      ${moneyAtRisk(all).map(sum => html`<span class="risk-sum">${money(sum)}</span>`)}
      ${all.length > 0 ? html`<span>${say(all.length === 1 ? 'waitingOne' : 'waiting', { count: all.length })}</span>` : nothing}
    </div>`;
}

export function listView(rows: TemplateResult[], isStale: boolean, { say }: ExceptionWords): TemplateResult {
  if (rows.length === 0)
    return html`<p class="card"><b class="block text-lg">${say('nothingWaits')}</b>${say('nothingWaitsMore')}</p>`;
  return html`
    <h2 class="mb-1 text-lg">${say('list')}</h2>
    <p class="mb-2 text-sm text-dust max-md:hidden">${say('keys')}</p>
    <ul class="exceptions" data-stale=${isStale}>${rows}</ul>`;
}

export interface Row {
  one: ExceptionView;
  timeZone: string;
  now: Date;
  /** Of several venues: then each says which. */
  withVenue: boolean;
  isOpen: boolean;
  /** What stands under it while it is open. */
  details: TemplateResult | null;
}

/** One exception: a row on a desk, a card on a phone. Pressed, it opens. */
export function exceptionRow(
  { one, timeZone, now, withVenue, isOpen, details }: Row,
  toggle: () => void,
  words: ExceptionWords,
): TemplateResult {
  const { say, money, shortDay, time } = words;
  const { exceptionId, amount, asked, reference, phone, receiptNumber, since } = one;
  const id = `exception-${exceptionId}`;
  return html`
    <li class="exception" data-kind=${weightOf(one)} data-open=${isOpen}>
      <button
        class="exception-row"
        type="button"
        data-exception=${exceptionId}
        aria-expanded=${isOpen}
        aria-controls=${isOpen ? id : nothing}
        @click=${toggle}
      >
        <span class="exception-kind">${titleOf(one, words)}</span>
        <span class="exception-amount">${money(amount)}</span>
        <span class="exception-about">
          ${reference ? html`<b class="font-code">${reference}</b>` : html`<i>${say('nobodys')}</i>`}
          ${phone ?? nothing} ${reference ? nothing : receiptNumber}
          ${withVenue && one.venue ? html`<span class="exception-asked">${one.venue}</span>` : nothing}
          ${asked ? html`<span class="exception-asked">${say('askedWas', { amount: money(asked) })}</span>` : nothing}
        </span>
        <span class="exception-next">${nextOf(one, timeZone, words)}</span>
        <span class="exception-since">${shortDay(since, timeZone, now)} ${time(since, timeZone)}</span>
      </button>
      ${isOpen && details ? html`<div class="exception-details" id=${id}>${details}</div>` : nothing}
    </li>`;
}

/** What people call it: money that is to go back, by why it is. */
export function titleOf({ kind, reason }: ExceptionView, { say }: Pick<ExceptionWords, 'say'>): string {
  return kind === 'refund_due' && reason !== null && isTold(reason) ? say(`due_${reason}`) : say(`kind_${kind}`);
}

const TOLD = ['late_payment', 'duplicate_payment', 'overpaid', 'showing_cancelled'] as const;
const isTold = (reason: string): reason is (typeof TOLD)[number] => TOLD.some(one => one === reason);

export function nextOf({ expects }: ExceptionView, timeZone: string, { say, time }: ExceptionWords): string {
  return say(`next_${expects.what}`, { time: expects.at ? time(expects.at, timeZone) : '' });
}

/** What may be lost stands out from what only has to be done. */
function weightOf({ kind, expects }: ExceptionView): 'bad' | 'wait' | 'due' {
  if (kind === 'refund_due') return expects.what === 'nothing' ? 'due' : 'wait';
  return expects.what === 'asked_again' ? 'wait' : 'bad';
}

/** What came and what went, to ears; empty when neither. */
export function movedSentence({ arrived, left }: Moved, words: ExceptionWords): string {
  const sentence = (key: 'arrived' | 'leftList', one: ExceptionView) =>
    words.say(key, { what: titleOf(one, words), amount: words.money(one.amount) });
  return [...left.map(one => sentence('leftList', one)), ...arrived.map(one => sentence('arrived', one))].join(' ');
}
