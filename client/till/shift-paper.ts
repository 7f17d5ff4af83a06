import { html, nothing, type TemplateResult } from 'lit-html';
import type { Behind, Figure, ReportView } from '../../shared/office/shift-report.ts';
import { isTestMode } from '../kit/page.ts';
import { whatSentence } from './shift-figure-view.ts';
import type { ShiftWords } from './shift-words.ts';

/** A report on paper: on a roll its sums, on a sheet the lines behind them too. */
export function reportPaper(report: ReportView, paper: 'receipt' | 'sheet', words: ShiftWords): TemplateResult {
  const { say, time, day } = words;
  const { kind, of, venue, from, to, timeZone, now, notes, seal } = report;
  const moment = (at: string) => `${day(at, timeZone, new Date(0))}, ${time(at, timeZone)}`;
  const what =
    of.what === 'day' ? say('dayTitle', { day: of.day }) : say('shiftOf', { number: of.shiftId, name: of.cashier });
  return html`
    <article class="paper-report">
      ${isTestMode() ? html`<p><b>${say('testMode')}</b></p>` : nothing}
      <h1>${say(kind === 'z' ? 'zReport' : 'xReport')}: ${what}</h1>
      <p>${say('fromTo', { venue, from: moment(from), to: moment(kind === 'x' ? now : to) })}</p>
      <table>
        ${sectionsOf(report, words).map(([label, figure]) => section(label, figure, paper, report, words))}
        ${sums(report, words)}
      </table>
      ${notes.map(({ by, note }) => html`<p>${say('noteBy', { name: by, note })}</p>`)}
      ${seal ? html`<p>${say('sealNumber', { number: seal.number, name: seal.by })}<br />${seal.hash}</p>` : nothing}
    </article>`;
}

function sectionsOf(report: ReportView, { say }: ShiftWords): [string, Figure][] {
  const { methods, granted, places, charges, goesBack, unallocated, drawer, match } = report;
  const always: [string, Figure][] = [
    ...methods.map(({ method, taken }): [string, Figure] => [say(`method_${method}`), taken]),
    [say('forPlaces'), places],
    [say('forCharges'), charges],
    [say('goesBack'), goesBack],
  ];
  const some: [string, Figure][] = [
    [say('granted'), granted],
    [say('unallocated'), unallocated],
  ];
  const ofDrawer = (['float', 'cashTaken', 'givenBack', 'paidIn', 'paidOut', 'drops'] as const).map(
    (name): [string, Figure] => [`${say('drawer')}: ${say(name)}`, drawer[name]],
  );
  const named = match.differences.map((one): [string, Figure] => [say(`difference_${one.name}`), one]);
  return [...always, ...some.filter(([, { behind }]) => behind.length > 0), ...ofDrawer, ...named];
}

function section(
  label: string,
  { amount, behind }: Figure,
  paper: 'receipt' | 'sheet',
  { currency, timeZone }: ReportView,
  words: ShiftWords,
): TemplateResult {
  const line = ({ what, reference, at, amount: part }: Behind) => html`
    <tr class="paper-line">
      <td>${words.time(at, timeZone)} ${whatSentence(what, words)} ${reference ?? ''}</td>
      <td>${words.money({ amount: part, currency })}</td>
    </tr>`;
  return html`
    <tbody>
      <tr><th scope="row">${label}</th><td>${words.money({ amount, currency })}</td></tr>
      ${paper === 'sheet' ? behind.map(line) : nothing}
    </tbody>`;
}

function sums({ drawer, cards, match, currency }: ReportView, { say, money }: ShiftWords): TemplateResult {
  const sum = (amount: number | null) => (amount === null ? '–' : money({ amount, currency }));
  const row = (label: string, value: string) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`;
  return html`
    <tbody>
      ${row(`${say('drawer')}: ${say('expected')}`, sum(drawer.expected))}
      ${row(`${say('drawer')}: ${say('counted')}`, sum(drawer.counted))}
      ${row(`${say('drawer')}: ${say('difference')}`, sum(drawer.difference))}
      ${cards.terminal === null ? nothing : row(say('terminal'), sum(cards.terminal))}
      ${match.isZero ? row(say('matchTitle'), money({ amount: 0, currency })) : nothing}
    </tbody>`;
}
