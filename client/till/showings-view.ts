import { html, nothing, type TemplateResult } from 'lit-html';
import type { BoardShowing } from '../../shared/office/board.ts';
import type { BoardMemory } from '../board/board-memory.ts';
import type { Here } from './describe.ts';
import { KEYS_MAX, sellable } from './showing-keys.ts';
import type { TillWords } from './words.ts';

/** What can be sold: tonight first, each with its key and the places left as they go; the days to come folded away. */
export function showingsView(
  memory: BoardMemory,
  choose: (showing: BoardShowing) => void,
  here: Here,
  words: TillWords,
): TemplateResult {
  const { tonight } = memory;
  const { say } = words;
  const all = sellable(memory.showings, here.now);
  const isTonight = ({ startsAt }: BoardShowing) => tonight !== null && startsAt < tonight.until;
  const button = (showing: BoardShowing) =>
    showButton(showing, { key: keyOf(all.indexOf(showing)), choose }, here, words);
  const later = Map.groupBy(
    all.filter(one => !isTonight(one)),
    ({ startsAt }) => words.day(startsAt, here.timeZone, here.now),
  );
  return html`
    <section class="till-showings" aria-labelledby="till-tonight">
      <h2 class="mb-2 text-lg" id="till-tonight">${say('tonight')}</h2>
      <ul class="grid gap-2">${all.filter(isTonight).map(button)}</ul>
      ${tonight ? nothing : html`<p class="text-dust">${say('loadingBoard')}</p>`}
      ${tonight && !all.some(isTonight) ? html`<p class="text-dust">${say('noShowings')}</p>` : nothing}
      ${[...later].map(
        ([day, showings]) => html`
          <details class="coming-day mt-2">
            <summary><h2 class="text-base">${day}</h2></summary>
            <ul class="grid gap-2">${showings.map(button)}</ul>
          </details>`,
      )}
    </section>`;
}

const keyOf = (at: number): string | null => (at < KEYS_MAX ? `F${at + 1}` : null);

function showButton(
  showing: BoardShowing,
  { key, choose }: { key: string | null; choose(showing: BoardShowing): void },
  { timeZone }: Here,
  { say, time, money }: TillWords,
): TemplateResult {
  const { title, screen, startsAt, price, left } = showing;
  return html`
    <li>
      <button
        class="show-button"
        type="button"
        data-left=${left}
        aria-keyshortcuts=${key ?? nothing}
        @click=${() => choose(showing)}
      >
        <span class="grid justify-items-center gap-0.5">
          ${key ? html`<span class="key" aria-hidden="true">${key}</span>` : nothing}
          <span class="text-lg font-extrabold tabular-nums">${time(startsAt, timeZone)}</span>
        </span>
        <span class="min-w-0">
          <b class="block truncate">${title}</b>
          <span class="text-sm text-dust">${screen} · ${money(price)}</span>
        </span>
        <span class="text-right text-sm">
          <span class="sr-only">${say('left')}</span>
          <b class="block text-lg tabular-nums ${left === 0 ? 'text-coral' : 'text-marigold'}">${left}</b>
        </span>
      </button>
    </li>`;
}
