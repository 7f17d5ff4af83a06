import { eachOf } from '../support/raw-socket.ts';
import { Connection } from './connection.ts';
import { Page } from './page.ts';

const OPENING_TOGETHER = 50;

/** What one process of the crowd can be asked: each is answered with what its pages show. */
export type Wish =
  | { do: 'open'; url: string; from: string | undefined; showingId: number; pages: number }
  | { do: 'watch'; bookingIds: string[] }
  | { do: 'cut'; pages: number }
  | { do: 'look' };

/** What the pages of a process, or of all of them, show. */
export interface Sight {
  open: number;
  /** Connections that stood, since the beginning. */
  connects: number;
  /** The least and the most of the versions that are shown of the showing. */
  showing: { least: number; most: number };
  /** The least version that is shown of each booking, and by how many pages. */
  bookings: Record<string, { least: number; most: number; pages: number }>;
  /** How many versions were shown altogether. */
  shown: number;
  /** Came older than what was shown. */
  overtaken: number;
  /** Pages that showed an older version after a newer one. */
  wentBack: number;
}

const pages: { page: Page; connection: Connection }[] = [];

process.on('message', async (wish: Wish) => {
  await obey(wish);
  process.send?.(look());
});
process.on('disconnect', () => process.exit()); // Nobody looks any more.

async function obey(wish: Wish) {
  if (wish.do === 'open') await open(wish);
  if (wish.do === 'watch')
    for (const bookingId of wish.bookingIds)
      pages.find(({ page }) => page.booking === null)?.page.watchBooking(bookingId);
  if (wish.do === 'cut') for (const { connection } of someOf(wish.pages)) connection.cut();
}

async function open({ url, from, showingId, pages: count }: Wish & { do: 'open' }) {
  for (let at = 0; at < count; at++) {
    const connection = new Connection(url, from);
    pages.push({ connection, page: new Page(url, connection, showingId) });
  }
  await eachOf(pages, OPENING_TOGETHER, ({ connection }) => connection.open());
}

function someOf(count: number) {
  return Array.from({ length: count }, () => pages[Math.floor(Math.random() * pages.length)]).filter(
    one => one !== undefined,
  );
}

function look(): Sight {
  const bookings: Sight['bookings'] = {};
  let [open, connects, shown, overtaken, wentBack] = [0, 0, 0, 0, 0];
  for (const { page, connection } of pages) {
    const all = [page.showing, ...(page.booking ? [page.booking.shown] : [])];
    if (connection.isOpen()) open++;
    connects += connection.connects;
    shown += all.reduce((sum, { versions }) => sum + versions, 0);
    overtaken += page.overtaken;
    if (all.some(one => one.wentBack)) wentBack++;
    if (!page.booking) continue;
    const {
      id,
      shown: { version },
    } = page.booking;
    const before = bookings[id] ?? { least: version, most: version, pages: 0 };
    bookings[id] = {
      least: Math.min(before.least, version),
      most: Math.max(before.most, version),
      pages: before.pages + 1,
    };
  }
  const versions = pages.map(({ page }) => page.showing.version);
  return {
    open,
    connects,
    showing: { least: Math.min(...versions), most: Math.max(...versions) },
    bookings,
    shown,
    overtaken,
    wentBack,
  };
}
