import { html, nothing, type TemplateResult } from 'lit-html';
import type { Found } from '../../shared/office/booking.ts';
import { typedIn } from '../kit/fields.ts';
import type { Finder } from './finder.ts';
import type { BoardWords } from './show-row.ts';
import { stateBadge } from './state-badge.ts';

export const FINDER_ID = 'finder';
const RESULTS_ID = 'finder-results';

interface FinderDoings {
  finder: Finder;
  open(found: Found): void;
  enter(): void;
}

interface Where {
  timeZone: string;
  now: Date;
  /** What went wrong with the last question; empty when nothing did. */
  problem: string;
}

/** The search box, and under it what was found: the arrows choose, Enter opens. */
export function finderView({ finder, open, enter }: FinderDoings, where: Where, words: BoardWords): TemplateResult {
  const { say } = words;
  const { found, selected, text } = finder;
  const isOpen = text !== '' && found !== null && found.length > 0;
  const keys: Record<string, () => void> = {
    ArrowDown: () => finder.step(1),
    ArrowUp: () => finder.step(-1),
    Enter: enter,
  };
  const press = (event: KeyboardEvent) => {
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]?.();
  };
  return html`
    <section class="finder" role="search">
      <div class="field">
        <label for=${FINDER_ID}>${say('find')}</label>
        <input
          class="input"
          id=${FINDER_ID}
          type="search"
          role="combobox"
          autocomplete="off"
          spellcheck="false"
          aria-autocomplete="list"
          aria-controls=${RESULTS_ID}
          aria-expanded=${isOpen}
          aria-activedescendant=${isOpen ? `found-${selected}` : nothing}
          aria-describedby="finder-hint"
          @input=${(event: InputEvent) => finder.type(typedIn(event))}
          @keydown=${press}
        />
        <p class="hint" id="finder-hint">${say('findHint')}</p>
      </div>
      <ul class="found" id=${RESULTS_ID} role="listbox" aria-label=${say('results')} ?hidden=${!isOpen}>
        ${isOpen ? found.map((one, at) => option(one, at, { at: selected, open }, where, words)) : nothing}
      </ul>
      ${text === '' ? nothing : statement(finder, where, words)}
    </section>`;
}

function statement({ found, text }: Finder, { problem }: Where, { say }: BoardWords) {
  if (problem !== '') return html`<p class="problem">${problem}</p>`;
  if (found === null) return html`<p class="text-dust">${say('searching')}</p>`;
  return found.length === 0 ? html`<p>${say('noResults', { text })}</p>` : nothing;
}

function option(
  found: Found,
  at: number,
  selected: { at: number; open(found: Found): void },
  { timeZone, now }: Where,
  words: BoardWords,
): TemplateResult {
  const { say, time, shortDay, money, places } = words;
  const { reference, kind, title, startsAt, quantity, total, customerName, phone, needsAttention } = found;
  return html`
    <li class="found-row" id="found-${at}" role="option" aria-selected=${at === selected.at} @click=${() => selected.open(found)}>
      <span class="font-code font-bold">${reference}</span>
      <span class="min-w-0 truncate"
        >${customerName ?? ''}${phone ? html` <span class="text-dust">${phone}</span>` : nothing}</span
      >
      <span class="min-w-0 truncate">
        ${startsAt ? `${shortDay(startsAt, timeZone, now)} ${time(startsAt, timeZone)}` : say('charge')} · ${title}
      </span>
      <span class="text-sm text-dust">${kind === 'booking' ? `${places(quantity)} · ` : ''}${money(total)}</span>
      <span class="found-badges">
        ${needsAttention ? html`<span class="badge" data-kind="bad">${say('attention')}</span>` : nothing}
        ${stateBadge(found.state, words)}
      </span>
    </li>`;
}
