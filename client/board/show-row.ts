import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { BoardShowing, Takings } from '../../shared/office/board.ts';
import type { OfficeKey } from '../box-office/office-dictionary.ts';
import type { Words } from '../kit/words.ts';
import type { BoardKey } from './words.ts';

export type BoardWords = Words<BoardKey | OfficeKey>;

interface Shown {
  showing: BoardShowing;
  takings: Takings | undefined;
  timeZone: string;
}

/** One showing: its numbers, and a bar that fills. The numbers say it all; the bar is for eyes across the counter. */
export function showRow({ showing, takings, timeZone }: Shown, words: BoardWords): TemplateResult {
  const { say, time } = words;
  const { title, screen, startsAt, cancelled } = showing;
  return html`
    <li class="show-row" data-over=${cancelled}>
      <p class="show-time">${time(startsAt, timeZone)}</p>
      <div class="min-w-0">
        <h3 class="truncate text-lg">${title}</h3>
        <p class="text-sm text-dust">
          ${screen}${cancelled ? html` · <b class="text-coral">${say('showingCancelled')}</b>` : nothing}
        </p>
      </div>
      <dl class="show-counts">
        ${count(say('left'), showing.left)} ${count(say('sold'), showing.sold)} ${count(say('held'), showing.held)}
        ${count(say('admitted'), showing.admitted)}
      </dl>
      ${bar(showing)} ${takings ? takingsLine(takings, words) : nothing}
    </li>`;
}

function count(label: string, value: number): TemplateResult {
  return html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
}

/** Whoever is inside is a part of what is sold. */
function bar({ capacity, sold, held, admitted }: BoardShowing): TemplateResult {
  return html`
    <svg class="show-bar" viewBox="0 0 ${Math.max(capacity, 1)} 2" preserveAspectRatio="none" aria-hidden="true">
      ${svg`
        <rect class="bar-room" width=${capacity} height="2" />
        <rect class="bar-held" width=${sold + held} height="2" />
        <rect class="bar-sold" width=${sold} height="2" />
        <rect class="bar-inside" width=${admitted} y="1.4" height="0.6" />`}
    </svg>`;
}

function takingsLine({ byMethod }: Takings, { say, money }: BoardWords): TemplateResult {
  if (byMethod.length === 0) return html``;
  return html`
    <p class="show-takings">
      <span class="text-dust">${say('takings')}:</span>
      ${byMethod.map(({ method, taken }) => html`<span>${say(`method_${method}`)} <b>${money(taken)}</b></span>`)}
    </p>`;
}
