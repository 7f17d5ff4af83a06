import { render } from 'lit-html';
import { addMs, every, systemClock } from '../../shared/clock.ts';
import { whatIsNew } from './announce.ts';
import { fetchFaults, watchSimulator } from './control.ts';
import { createDoings } from './doings.ts';
import { type Page, pageView } from './page.ts';

const SECOND_MS = 1_000; // A prompt counts down.

const place = document.querySelector<HTMLElement>('#page');
const live = document.querySelector<HTMLElement>('#live');
if (!place || !live) throw new Error('The page has no place for the phones.');

let page: Page | undefined;
let aheadMs = 0; // Of this browser's clock, the simulator's.

const doings = createDoings(doing => void attempt(doing));
const faults = await fetchFaults();

watchSimulator(state => {
  if (!state) return show({ connected: false });
  aheadMs = Date.parse(state.now) - systemClock.now().getTime();
  live.textContent = whatIsNew(page?.state, state) || live.textContent;
  page ??= { state, faults, connected: true, complaint: null, now: new Date(state.now) };
  show({ state, connected: true });
});

every(systemClock, SECOND_MS, async () => show({}));

function show(change: Partial<Page>): void {
  if (!page || !place) return;
  const asked = openPrompts();
  page = { ...page, ...change, now: addMs(systemClock.now(), aheadMs) };
  render(pageView(page, doings), place);
  if (openPrompts() > asked) takeUp();
}

async function attempt(doing: () => Promise<void>): Promise<void> {
  try {
    await doing();
    show({ complaint: null });
  } catch (error) {
    show({ complaint: error instanceof Error ? error.message : String(error) });
  }
}

function openPrompts(): number {
  return document.querySelectorAll('[name=pin]').length;
}

/** A person who is not busy elsewhere on the page sees the newest prompt whole, and can type the PIN at once. */
function takeUp(): void {
  const pin = [...document.querySelectorAll<HTMLInputElement>('[name=pin]')].at(-1);
  if (document.activeElement !== document.body) return;
  pin?.focus({ preventScroll: true });
  pin?.form?.scrollIntoView({ block: 'nearest' });
}
