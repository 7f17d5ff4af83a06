import { html, nothing, type TemplateResult } from 'lit-html';
import type { Figure, ReportView } from '../../shared/office/shift-report.ts';
import { figureView, type Ledger } from './shift-figure-view.ts';
import { matchView } from './shift-match-view.ts';

/** A report on the screen: every figure opens. */
export function reportView(report: ReportView, ledger: Ledger): TemplateResult {
  return html`
    ${matchView(report, ledger)}
    <div class="report">
      ${received(report, ledger)} ${whatFor(report, ledger)} ${drawer(report, ledger)}
    </div>
    ${notes(report, ledger)} ${seal(report, ledger)}`;
}

function received({ methods, granted, online, of }: ReportView, ledger: Ledger): TemplateResult {
  const { say } = ledger.words;
  const all: Figure = {
    amount: methods.reduce((sum, { taken }) => sum + taken.amount, 0),
    behind: methods.flatMap(({ taken }) => taken.behind),
  };
  return html`
    <section class="card" aria-labelledby="received">
      <h2 class="mb-2 text-lg" id="received">${say('received')}</h2>
      ${methods.length === 0 ? html`<p class="text-dust">${say('nothingReceived')}</p>` : nothing}
      ${methods.map(({ method, taken }) => figureView(method, say(`method_${method}`), taken, ledger))}
      ${methods.length > 1 ? figureView('received', say('receivedAll'), all, ledger) : nothing}
      ${of.what === 'day' ? figureView('online', say('online'), online, ledger) : nothing}
      ${granted.behind.length > 0 ? figureView('granted', say('granted'), granted, ledger) : nothing}
    </section>`;
}

function whatFor({ places, charges, goesBack, unallocated }: ReportView, ledger: Ledger): TemplateResult {
  const { say } = ledger.words;
  return html`
    <section class="card" aria-labelledby="what-for">
      <h2 class="mb-2 text-lg" id="what-for">${say('whatFor')}</h2>
      ${figureView('places', say('forPlaces'), places, ledger)} ${figureView('charges', say('forCharges'), charges, ledger)}
      ${figureView('goesBack', say('goesBack'), goesBack, ledger)}
      ${unallocated.behind.length > 0 ? figureView('unallocated', say('unallocated'), unallocated, ledger) : nothing}
    </section>`;
}

function drawer({ drawer: own, cards, currency }: ReportView, ledger: Ledger): TemplateResult {
  const { say, money } = ledger.words;
  const sum = (amount: number | null, otherwise: string) => (amount === null ? otherwise : money({ amount, currency }));
  const FIGURES = ['float', 'cashTaken', 'givenBack', 'paidIn', 'paidOut', 'drops'] as const;
  const hasCards = cards.booked !== 0 || cards.terminal !== null;
  const difference = cards.terminal === null ? null : cards.terminal - cards.booked;
  return html`
    <section class="card" aria-labelledby="drawer">
      <h2 class="mb-2 text-lg" id="drawer">${say('drawer')}</h2>
      ${FIGURES.map(name => figureView(name, say(name), own[name], ledger))}
      <dl class="sums">
        <dt>${say('expected')}</dt><dd>${sum(own.expected, '')}</dd>
        <dt>${say('counted')}</dt><dd>${sum(own.counted, say('notCounted'))}</dd>
        <dt>${say('difference')}</dt><dd data-kind=${own.difference ? 'bad' : ''}>${sum(own.difference, '–')}</dd>
      </dl>
      ${
        hasCards
          ? html`
            <h3 class="mt-4 text-base">${say('cardTerminal')}</h3>
            <dl class="sums">
              <dt>${say('booked')}</dt><dd>${sum(cards.booked, '')}</dd>
              <dt>${say('terminal')}</dt><dd>${sum(cards.terminal, say('notTold'))}</dd>
              <dt>${say('difference')}</dt><dd data-kind=${difference ? 'bad' : ''}>${sum(difference, '–')}</dd>
            </dl>`
          : nothing
      }
    </section>`;
}

function notes({ notes: all }: ReportView, { words: { say } }: Ledger) {
  if (all.length === 0) return nothing;
  return html`
    <section class="card mt-4" aria-labelledby="notes">
      <h2 class="mb-2 text-lg" id="notes">${say('notes')}</h2>
      <ul>${all.map(({ by, note }) => html`<li>${say('noteBy', { name: by, note })}</li>`)}</ul>
    </section>`;
}

function seal({ seal: sealed }: ReportView, { words: { say } }: Ledger) {
  if (!sealed) return nothing;
  const { number, by, hash, previousHash } = sealed;
  return html`
    <section class="card mt-4" aria-labelledby="seal">
      <h2 class="mb-2 text-lg" id="seal">${say('sealNumber', { number, name: by })}</h2>
      <dl class="hashes">
        <dt>${say('sealHash')}</dt><dd class="hash">${hash}</dd>
        <dt>${say('sealBefore')}</dt><dd class="hash">${previousHash}</dd>
      </dl>
    </section>`;
}
