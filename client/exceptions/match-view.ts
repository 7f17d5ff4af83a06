import { html, nothing, type TemplateResult } from 'lit-html';
import type { ExceptionView, MatchView } from '../../shared/office/exceptions.ts';
import type { ExceptionWords } from './list-view.ts';
import type { ExceptionKey } from './words.ts';

/** The money and what it may be for, side by side, and what would come of it. */
export function matchView(one: ExceptionView, match: MatchView, now: Date, words: ExceptionWords): TemplateResult {
  const { say, money, shortDay, time } = words;
  const { reference, title, startsAt, timeZone, venue, phone, outstanding } = match;
  const { key, difference } = compare(one, match);
  return html`
    <section class="grid gap-2" aria-live="polite">
      <p>
        <b class="font-code">${reference}</b> ${title ?? say('sale')}
        <span class="block text-sm text-dust">
          ${startsAt ? html`${shortDay(startsAt, timeZone, now)} ${time(startsAt, timeZone)} · ` : nothing}${venue}
          ${phone ? html`· ${phone}` : nothing}
        </span>
      </p>
      <div class="match-sums">
        <span>${say('theMoney')}<b>${money(one.amount)}</b></span>
        <span>${say('toPay')}<b>${money(outstanding)}</b></span>
      </div>
      <p class="font-semibold">${say(key, { amount: money({ ...one.amount, amount: difference }) })}</p>
    </section>`;
}

/** What the sum says, in one sentence. */
export function compare(
  { amount }: Pick<ExceptionView, 'amount'>,
  { kind, outstanding }: Pick<MatchView, 'kind' | 'outstanding'>,
): { key: ExceptionKey; difference: number } {
  const missing = outstanding.amount - amount.amount;
  if (outstanding.amount === 0) return { key: 'matchNothing', difference: 0 };
  if (missing === 0) return { key: 'matchExact', difference: 0 };
  if (missing < 0) return { key: 'matchMore', difference: -missing };
  return { key: kind === 'sale' ? 'matchPart' : 'matchLess', difference: missing };
}
