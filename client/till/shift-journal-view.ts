import { html, type TemplateResult } from 'lit-html';
import type { Currency } from '../../shared/money.ts';
import type { Journal, JournalLine } from '../../shared/office/shift-report.ts';
import { reasonSentence } from './shift-figure-view.ts';
import type { ShiftWords } from './shift-words.ts';

interface Shown {
  currency: Currency;
  timeZone: string;
  words: ShiftWords;
}

/** Every line with its hash, and whether they still are what was written. */
export function journalView({ lines, chain }: Journal, shown: Shown): TemplateResult {
  const { say } = shown.words;
  return html`
    <p class="my-2 font-semibold" data-chain=${chain.isWhole ? 'whole' : 'broken'}>${chainSentence(chain, shown.words)}</p>
    <table class="sheet">
      <thead>
        <tr>
          <th scope="col">${say('lineNumber')}</th>
          <th scope="col">${say('when')}</th>
          <th scope="col">${say('what')}</th>
          <th scope="col" class="number">${say('cash')}</th>
          <th scope="col">${say('who')}</th>
          <th scope="col">${say('sealHash')}</th>
        </tr>
      </thead>
      <tbody>
        ${lines.map(line => row(line, shown))}
      </tbody>
    </table>`;
}

function chainSentence({ isWhole, brokenLine }: Journal['chain'], { say }: ShiftWords): string {
  if (isWhole) return say('chainWhole');
  return brokenLine === null ? say('sealBroken') : say('chainBroken', { line: brokenLine });
}

function row(line: JournalLine, { currency, timeZone, words }: Shown): TemplateResult {
  const { say, money, time } = words;
  const { actor, approver, details, cash } = line;
  const typed = [details.reason, details.note].find(one => typeof one === 'string');
  const counted = typeof details.counted === 'number' ? money({ amount: details.counted, currency }) : null;
  const more = typeof typed === 'string' ? reasonSentence(typed, words) : counted;
  const by = approver === null || approver === actor ? actor : say('withApproval', { actor, approver });
  return html`
    <tr>
      <td data-label=${say('lineNumber')}>${line.line}</td>
      <td data-label=${say('when')}>${time(line.at, timeZone)}</td>
      <td data-label=${say('what')}>${say(`entry_${line.kind}`)}${more === null ? '' : `: ${more}`}</td>
      <td data-label=${say('cash')} class="number">${cash === 0 ? '–' : money({ amount: cash, currency })}</td>
      <td data-label=${say('who')}>${by}</td>
      <td data-label=${say('sealHash')}><span class="hash">${line.hash}</span></td>
    </tr>`;
}
