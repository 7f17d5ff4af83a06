import { html, nothing, type TemplateResult } from 'lit-html';
import type { ExceptionAction, ExceptionDetails, ExceptionView } from '../../shared/office/exceptions.ts';
import { type ExceptionWords, nextOf } from './list-view.ts';
import type { ExceptionKey } from './words.ts';

/** The letter that presses an action. */
export const LETTERS: Record<ExceptionAction, string> = {
  check: 'c',
  place: 'p',
  apply: 'a',
  match: 'm',
  refund: 'r',
  send: 's',
  paid_out: 'b',
  not_back: 'n',
  reverse: 'g',
  close: 'x',
};

interface Details {
  one: ExceptionView;
  /** Null while it is fetched. */
  evidence: ExceptionDetails['exception']['evidence'] | null;
  timeZone: string;
  now: Date;
  /** Supervisors look, and check; managers decide. */
  decides: boolean;
}

/** Why it is here, who said what when, what happens by itself, and what can be done. */
export function detailsView(
  { one, evidence, timeZone, now, decides }: Details,
  start: (action: ExceptionAction) => void,
  words: ExceptionWords,
): TemplateResult {
  const { say, money } = words;
  return html`
    <div class="grid content-start gap-3">
      <p>${say(whyOf(one))}</p>
      <dl class="facts">
        <dt>${say('amount')}</dt>
        <dd>${money(one.amount)}, ${say(`method_${one.method}`)}</dd>
        <dt>${say('receipt')}</dt>
        <dd>${one.receiptNumber ?? say('noNumber')}</dd>
        <dt>${say('byItself')}</dt>
        <dd>${nextOf(one, timeZone, words)}</dd>
      </dl>
      ${one.bookingId ? html`<a class="link" href="/box-office/bookings/${one.bookingId}">${say('toBooking')}</a>` : nothing}
      ${one.secondPerson && decides ? html`<p class="exception-two">${say('takesTwoMore')}</p>` : nothing}
      ${actions(one, decides, start, words)}
    </div>
    <section aria-label=${say('evidence')}>
      <h3 class="mb-1 text-base">${say('evidence')}</h3>
      ${evidence === null ? html`<p class="text-dust">${say('loadingList')}</p>` : history(evidence, { timeZone, now }, words)}
    </section>`;
}

/** Those that this person may take now. */
export function mayDo({ actions: all }: ExceptionView, decides: boolean): ExceptionAction[] {
  return all.filter(action => decides || action === 'check');
}

function actions(
  one: ExceptionView,
  decides: boolean,
  start: (action: ExceptionAction) => void,
  { say }: ExceptionWords,
): TemplateResult {
  const own = mayDo(one, decides);
  return html`
    <div class="flex flex-wrap gap-2">
      ${own.map(
        action => html`
          <button
            class="button-second small ${action === 'close' ? 'danger' : ''}"
            type="button"
            aria-keyshortcuts=${LETTERS[action]}
            @click=${() => start(action)}
          >
            ${say(`action_${action}`)}<kbd class="exception-key" aria-hidden="true">${LETTERS[action].toUpperCase()}</kbd>
          </button>`,
      )}
    </div>
    ${decides ? nothing : html`<p class="text-sm text-dust">${say('managersDecide')}</p>`}`;
}

function history(
  lines: NonNullable<Details['evidence']>,
  { timeZone, now }: Pick<Details, 'timeZone' | 'now'>,
  { time, shortDay }: ExceptionWords,
): TemplateResult {
  return html`
    <ol class="history" lang="en">
      ${lines.map(
        ({ at, who, what }) => html`
          <li>
            <time datetime=${at}>${shortDay(at, timeZone, now)} ${time(at, timeZone)}</time>
            <span><b>${who}</b> ${what}</span>
          </li>`,
      )}
    </ol>`;
}

function whyOf({ kind, reason }: ExceptionView): ExceptionKey {
  if (kind === 'refund_due' && reason === 'late_payment') return 'why_late_payment';
  return kind === 'refund_due' && reason === 'duplicate_payment' ? 'why_duplicate_payment' : `why_${kind}`;
}
