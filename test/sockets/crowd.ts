import { platform } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../bench/processes.ts';
import type { Sight, Wish } from './crowd-process.ts';

const OF_ONE_PROCESS = 2_500; // Pages: more of them keep one processor busy.
const PROCESS = join(import.meta.dirname, 'crowd-process.ts');

export interface Crowd {
  /** The same booking on one page of each process. */
  watch(bookingIds: string[]): Promise<Sight>;
  /** So many connections break; each page comes back by itself. */
  cut(pages: number): Promise<Sight>;
  look(): Promise<Sight>;
  close(): Promise<void>;
}

/** So many browsers, all looking at one showing, in as many processes as it takes. */
export async function openCrowd(url: string, showingId: number, pages: number): Promise<Crowd> {
  const processes = Array.from({ length: Math.ceil(pages / OF_ONE_PROCESS) }, () => startProcess(PROCESS));
  const share = (all: number) => Math.ceil(all / processes.length);
  const ask = async (wishOf: (at: number) => Wish) =>
    together(await Promise.all(processes.map((one, at) => one.ask<Sight>(wishOf(at)))));
  const close = async () => void (await Promise.all(processes.map(one => one.stop('SIGKILL'))));
  try {
    await ask(at => ({ do: 'open', url, from: addressOf(at), showingId, pages: share(pages) }));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    watch: bookingIds => ask(() => ({ do: 'watch', bookingIds })),
    cut: pages => ask(() => ({ do: 'cut', pages: share(pages) })),
    look: () => ask(() => ({ do: 'look' })),
    close,
  };
}

/** Each process calls from an address of its own: one has too few ports for all that are cut off and come back. */
function addressOf(at: number): string | undefined {
  return platform() === 'linux' ? `127.0.0.${at + 2}` : undefined; // Elsewhere there is only one by itself.
}

function together(all: Sight[]): Sight {
  const sum = (of: (sight: Sight) => number) => all.reduce((total, sight) => total + of(sight), 0);
  const bookings: Sight['bookings'] = {};
  for (const sight of all)
    for (const [id, one] of Object.entries(sight.bookings)) {
      const other = bookings[id] ?? one;
      bookings[id] = {
        least: Math.min(one.least, other.least),
        most: Math.max(one.most, other.most),
        pages: (bookings[id]?.pages ?? 0) + one.pages,
      };
    }
  return {
    ...{ open: sum(one => one.open), connects: sum(one => one.connects), shown: sum(one => one.shown) },
    ...{ overtaken: sum(one => one.overtaken), wentBack: sum(one => one.wentBack), bookings },
    showing: {
      least: Math.min(...all.map(one => one.showing.least)),
      most: Math.max(...all.map(one => one.showing.most)),
    },
  };
}
