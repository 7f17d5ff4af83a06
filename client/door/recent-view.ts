import { html, nothing, type TemplateResult } from 'lit-html';
import { countdown } from '../kit/words.ts';
import type { DoorDoings, DoorState } from './door-view.ts';
import { referenceOf, type Scan } from './scans.ts';
import { headlineOf, kindOf } from './verdict-view.ts';
import type { DoorWords } from './words.ts';

/** What was scanned before, each with its age: nobody takes one of these for the ticket in front of them. */
export function recentView({ recent, mayUndo, ownNow: now }: DoorState, { askUndo }: DoorDoings, words: DoorWords) {
  if (recent.length === 0) return nothing;
  return html`
    <section aria-labelledby="recent">
      <h2 class="mb-2 text-lg" id="recent">${words.say('door_recent')}</h2>
      <ol class="door-recent">
        ${recent.map(scan => line(scan, { now, words, undo: mayUndo(scan) ? () => askUndo(scan) : null }))}
      </ol>
    </section>`;
}

function line(
  scan: Scan,
  { now, words, undo }: { now: Date; words: DoorWords; undo: (() => void) | null },
): TemplateResult {
  const { say } = words;
  const outcome = scan.late ?? scan.outcome;
  const verdict = say(headlineOf(outcome));
  const reference = referenceOf(scan) ?? `${scan.code.slice(0, 8)}…`; // What is unknown is told apart by its start.
  return html`
    <li data-kind=${kindOf(outcome)}>
      <span class="door-age">${countdown(now, scan.at)}</span>
      <span class="flex-1"
        ><b>${scan.late ? say('door_late', { verdict }) : verdict}</b>
        <span class="code">${reference}</span></span
      >
      ${
        undo
          ? html`<button class="quiet" type="button" aria-label=${say('undo_one', { reference })} @click=${undo}>
              ${say('undo')}
            </button>`
          : nothing
      }
    </li>`;
}
