import { html, nothing, type TemplateResult } from 'lit-html';
import type { BoardBooking, BoardShowing } from '../../shared/office/board.ts';
import type { BoardMemory } from './board-memory.ts';
import { progressRow } from './progress-row.ts';
import { type BoardWords, showRow } from './show-row.ts';

interface Where {
  timeZone: string;
  now: Date;
}

/** Tonight, what is in progress, and the days to come, in this order on a phone; side by side on a desk. */
export function boardView(memory: BoardMemory, where: Where, words: BoardWords): TemplateResult {
  const { tonight, showings, bookings } = memory;
  if (!tonight) return html`<p class="text-dust">${words.say('loadingBoard')}</p>`;
  const isTonight = (one: BoardShowing) => one.startsAt < tonight.until;
  return html`
    <section aria-labelledby="tonight">
      <h2 class="board-title" id="tonight">${words.say('tonight')}</h2>
      ${rows(memory, showings.filter(isTonight), where, words)}
    </section>
    ${progress(bookings, where, words)}
    <div class="board-coming">
      ${days(
        memory,
        showings.filter(one => !isTonight(one)),
        where,
        words,
      )}
    </div>`;
}

function progress(bookings: BoardBooking[], { timeZone, now }: Where, words: BoardWords): TemplateResult {
  const { say } = words;
  return html`
    <section class="board-progress" aria-labelledby="in-progress">
      <h2 class="board-title" id="in-progress">
        ${say('inProgress')} <span class="tabular-nums text-dust">${bookings.length}</span>
      </h2>
      ${bookings.length === 0 ? html`<p class="text-dust">${say('nobodyBooks')}</p>` : nothing}
      <ul class="grid gap-2">
        ${bookings.map(booking => progressRow(booking, now, timeZone, words))}
      </ul>
    </section>`;
}

/** Folded away: tonight is what people stand in line for. */
function days(memory: BoardMemory, showings: BoardShowing[], where: Where, words: BoardWords): TemplateResult[] {
  const byDay = Map.groupBy(showings, one => words.day(one.startsAt, where.timeZone, where.now));
  return [...byDay].map(([day, ofDay]) => {
    const left = ofDay.reduce((sum, one) => sum + one.left, 0);
    return html`
      <details class="coming-day">
        <summary>
          <h2 class="text-lg">${day}</h2>
          <span class="text-sm text-dust">${words.say('dayTotal', { showings: ofDay.length, left })}</span>
        </summary>
        ${rows(memory, ofDay, where, words)}
      </details>`;
  });
}

function rows(memory: BoardMemory, showings: BoardShowing[], { timeZone }: Where, words: BoardWords): TemplateResult {
  if (showings.length === 0) return html`<p class="text-dust">${words.say('nothingTonight')}</p>`;
  return html`
    <ul class="grid gap-2">
      ${showings.map(showing => showRow({ showing, takings: memory.takingsOf(showing.showingId), timeZone }, words))}
    </ul>`;
}
