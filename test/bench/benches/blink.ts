import { join } from 'node:path';
import type { Bench, Figures, Setting } from '../bench-kinds.ts';
import { withServer } from '../http-load.ts';
import type { BlinkJob, Blinks } from '../load/blink.ts';
import { startProcess } from '../processes.ts';
import { type Pending, pendingBookings } from '../seed.ts';
import { openSwarm } from '../swarm.ts';
import { startBare } from '../under-test.ts';

const PER_SECOND = 200;
const sizeOf = ({ isQuick }: Setting) => (isQuick ? { seconds: 2, watchers: 500 } : { seconds: 10, watchers: 5_000 });
const BLINK = join(import.meta.dirname, '../load/blink.ts');

/** Their messages come from this process, so one clock measures both ends. */
async function see(job: Omit<BlinkJob, 'perSecond'>): Promise<Blinks> {
  const load = startProcess(BLINK);
  try {
    const blinks = await load.ask<Blinks>({ ...job, perSecond: PER_SECOND });
    if (blinks.seen < job.pending.length)
      throw new Error(`${job.pending.length - blinks.seen} were never seen confirmed`);
    return blinks;
  } finally {
    await load.stop('SIGKILL');
  }
}

const fillingFor = (setting: Setting) => pendingBookings(PER_SECOND * sizeOf(setting).seconds);

function real(how: BlinkJob['how']) {
  return (setting: Setting): Promise<Figures> =>
    withServer('ours', setting, fillingFor(setting), async (server, { seeded: { pending, showings } }) => {
      const others = await openSwarm(server, sizeOf(setting).watchers, await otherShowings(server.url, showings));
      const { p50, p99 } = await see({ url: server.url, pending, how });
      await others.close();
      return { p50, p99 };
    });
}

async function otherShowings(url: string, showings: readonly number[]): Promise<number[]> {
  const { movies } = (await (await fetch(`${url}/api/v1/movies`)).json()) as {
    movies: { showings: { showingId: number }[] }[];
  };
  return movies.flatMap(movie => movie.showings.map(({ showingId }) => showingId)).filter(id => !showings.includes(id));
}

async function bare(setting: Setting): Promise<Figures> {
  const store = await setting.store.open(fillingFor(setting));
  const server = await startBare(setting, 'floor/sockets.ts');
  try {
    const others = await openSwarm(server, sizeOf(setting).watchers, [1, 2, 3]);
    const pending = store.seeded.pending.map((one: Pending) => ({ ...one, path: `/callbacks/${one.bookingId}` }));
    const { p50, p99 } = await see({ url: server.url, pending, how: 'pushed' });
    await others.close();
    return { p50, p99 };
  } finally {
    await server.stop();
    await store.remove();
  }
}

export const blink: Bench = {
  name: 'blink',
  about: `A callback is sent; how long until the browser that watches its booking has heard that it is confirmed? At ${PER_SECOND} payments a second, with 5,000 browsers watching other showings.`,
  rows: [
    { figure: 'p50', what: 'half of them', unit: 'ms', targets: [{ than: 'figure', most: 5 }] },
    { figure: 'p99', what: 'all but a hundredth', unit: 'ms', targets: [{ than: 'figure', most: 25 }] },
  ],
  sides: { ours: real('pushed'), floor: bare, naive: real('polled') },
  limits: `In between are two commits on the disk, one for what came and one for what it means, and the relay's reading of
the newest state. While SQLite commits, nothing else happens in the process, so every commit that is not there is felt by
everybody: what was told is forgotten by one commit for a tenth of a second's changes
([forget-told.ts](../server/relay/forget-told.ts)), not by a third one for each payment. The rest of the slowest hundredth
is the disk: a commit that usually takes one millisecond took fifty where others wrote to it at the same time. The floor
keeps nothing: a bare Socket.IO that tells a room as soon as somebody posts. Naive is our own server, asked every five
seconds by a page that has no socket.`,
};
