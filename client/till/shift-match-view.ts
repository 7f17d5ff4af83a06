import { html, nothing, type TemplateResult } from 'lit-html';
import type { ReportView } from '../../shared/office/shift-report.ts';
import { behindList, figureView, type Ledger } from './shift-figure-view.ts';

/** Bookings, receipts and drawer: zero, or each difference by its name. */
export function matchView({ match, drawer, currency }: ReportView, ledger: Ledger): TemplateResult {
  const { say, money } = ledger.words;
  const { isZero, differences } = match;
  const together = differences.reduce((sum, { amount }) => sum + amount, 0);
  return html`
    <section class="match" data-kind=${isZero ? 'good' : 'bad'} aria-labelledby="match">
      <h2 class="text-lg" id="match">${say('matchTitle')}</h2>
      ${isZero ? html`<p>${say(drawer.counted === null ? 'matchSoFar' : 'matchZero')}</p>` : html`<p>${say('matchNot')}</p>`}
      ${differences.map((difference, at) => {
        const { name, perhaps } = difference;
        const suspects = `perhaps-${at}`;
        const more =
          perhaps.length === 0
            ? nothing
            : html`<p class="behind-none">${say('perhaps')}</p>${behindList(suspects, perhaps, ledger)}`;
        return figureView(`difference-${at}`, say(`difference_${name}`), difference, ledger, more);
      })}
      ${
        differences.length > 1
          ? html`<p class="match-sum"><span>${say('together')}</span> <b>${money({ amount: together, currency })}</b></p>`
          : nothing
      }
    </section>`;
}
