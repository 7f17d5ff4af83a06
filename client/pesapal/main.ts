import { render } from 'lit-html';
import { every, pause, systemClock } from '../../shared/clock.ts';
import { fetchOrder, leavePage, payOrder, type WayBack } from './order.ts';
import { type Doings, type Page, pageView, stateSentence } from './page.ts';

const SECOND_MS = 1_000;
const READING_MS = 1_500; // Long enough to see that it was paid.

const place = document.querySelector<HTMLElement>('#page');
const live = document.querySelector<HTMLElement>('#live');
if (!place || !live) throw new Error('The page has no place for the order.');

const trackingId = new URLSearchParams(location.search).get('OrderTrackingId') ?? '';
let page: Page = { order: undefined, network: '', complaint: null, wayBack: null };
let leaving = false;

const doings: Doings = {
  choose: network => show({ network }),
  pay(event) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const choice = Object.fromEntries([...fields].map(([name, value]) => [name, String(value)]));
    void attempt(async () => show({ order: await payOrder(trackingId, choice), complaint: null }));
  },
  leave: how => void attempt(async () => goTo(await leavePage(trackingId, how))),
};

await refresh();
every(systemClock, SECOND_MS, refresh);

async function refresh(): Promise<void> {
  if (leaving) return;
  await attempt(async () => {
    const order = (await fetchOrder(trackingId)) ?? null;
    show({ order, network: page.network || order?.attempt?.network || order?.networks[0]?.name || '' });
  });
  if (page.order?.mayGoBack) await goBackSoon();
}

async function goBackSoon(): Promise<void> {
  leaving = true;
  await pause(systemClock, READING_MS);
  doings.leave('return');
}

/** The window that the merchant wants; a browser that forbids it shows the way as a link. */
function goTo(wayBack: WayBack): void {
  leaving = true;
  show({ wayBack });
  const target = wayBack.redirectMode === 'TOP_WINDOW' ? window.top : window.parent;
  (target ?? window).location.href = wayBack.url;
}

async function attempt(doing: () => Promise<void>): Promise<void> {
  try {
    await doing();
  } catch (error) {
    // Whoever sees the way back needs no complaint about a window that may not be moved.
    if (!page.wayBack) show({ complaint: error instanceof Error ? error.message : String(error) });
  }
}

function show(change: Partial<Page>): void {
  if (!place || !live) return;
  page = { ...page, ...change };
  render(pageView(page, doings), place);
  const sentence = page.order ? stateSentence(page.order) : '';
  if (live.textContent !== sentence) live.textContent = sentence;
}
