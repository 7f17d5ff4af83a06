import { html, nothing, type TemplateResult } from 'lit-html';
import type { AdmissionAnswer } from '../../shared/office/door.ts';
import { countdown } from '../kit/words.ts';
import { isGood, type Outcome, type Scan } from './scans.ts';
import { DOOR_SENTENCES, type DoorKey, type DoorWords } from './words.ts';

/** The whole screen, readable at arm's length: what to do in two words, in both languages, then why. */
export function verdictView(scan: Scan, dismiss: () => void, words: DoorWords, now: Date): TemplateResult {
  const { outcome } = scan;
  const key = headlineOf(outcome);
  const other = words.language === 'en' ? 'sw' : 'en';
  return html`
    <section class="verdict" data-kind=${kindOf(outcome)} aria-labelledby="verdict" @click=${dismiss}>
      <svg class="verdict-mark" viewBox="0 0 24 24" aria-hidden="true"><path d=${MARKS[kindOf(outcome)]} /></svg>
      <h2 class="verdict-word" id="verdict">${words.say(key)}</h2>
      <p class="verdict-other" lang=${other}>${DOOR_SENTENCES[key][other]}</p>
      <p class="verdict-why">${whyOf(outcome, words, now)}</p>
      ${place(outcome)}
      ${outcome ? html`<button class="verdict-next" type="button">${words.say('door_next')}</button>` : nothing}
    </section>`;
}

/** The same as one sentence, for ears and for the list. */
export function verdictSentence({ outcome }: Scan, words: DoorWords, now: Date): string {
  return [words.say(headlineOf(outcome)), whyOf(outcome, words, now)].filter(part => part !== '').join('. ');
}

export function headlineOf(outcome: Outcome | null): Extract<DoorKey, `verdict_${string}`> {
  if (!outcome) return 'verdict_checking';
  return 'answer' in outcome ? `verdict_${outcome.answer.verdict}` : 'verdict_unchecked';
}

export type VerdictKind = 'good' | 'bad' | 'wait';

export function kindOf(outcome: Outcome | null): VerdictKind {
  if (!outcome) return 'wait';
  return isGood(outcome) ? 'good' : 'bad';
}

/** Drawn, not written: not every phone's font has them. */
const MARKS: Record<VerdictKind, string> = {
  good: 'M4 12.5 9.5 18 20 6.5',
  bad: 'M5 5 19 19M19 5 5 19',
  wait: 'M5 12h.01M12 12h.01M19 12h.01',
};

function place(outcome: Outcome | null) {
  const ticket = outcome && 'answer' in outcome ? outcome.answer.ticket : null;
  if (!ticket) return nothing;
  return html`<p class="verdict-place">${ticket.seat ?? nothing} <span class="code">${ticket.reference}</span></p>`;
}

function whyOf(outcome: Outcome | null, words: DoorWords, now: Date): string {
  if (!outcome) return '';
  if ('answer' in outcome) return aboutAnswer(outcome.answer, words, now);
  return outcome.unchecked === 'refused' ? outcome.why : words.say(`about_${outcome.unchecked}`);
}

function aboutAnswer({ verdict, ticket }: AdmissionAnswer, words: DoorWords, now: Date): string {
  switch (verdict) {
    case 'admitted':
      return '';
    case 'already_admitted':
      return aboutEntry(ticket, words, now);
    case 'wrong_showing':
      return aboutShowing(ticket, words, now);
    case 'void':
    case 'refunded':
    case 'unknown':
    case 'test_mode':
      return words.say(`about_${verdict}`);
  }
}

/** When, by whom, where: whether it was this very person a moment ago, or somebody an hour before. */
function aboutEntry(ticket: AdmissionAnswer['ticket'], { say, time }: DoorWords, now: Date): string {
  if (!ticket?.entry) return '';
  const { at, by, where } = ticket.entry;
  const when = say('about_already_admitted', {
    time: time(at, ticket.showing.timeZone),
    ago: countdown(now, new Date(at)),
  });
  return [when, by && say('about_by', { by }), where && say('about_where', { where })].filter(Boolean).join(' ');
}

function aboutShowing(ticket: AdmissionAnswer['ticket'], { say, time, shortDay }: DoorWords, now: Date): string {
  if (!ticket) return '';
  const { title, startsAt, timeZone, screen, venue } = ticket.showing;
  const day = shortDay(startsAt, timeZone, now);
  return say('about_wrong_showing', { title, day, time: time(startsAt, timeZone), screen: `${screen}, ${venue}` });
}
