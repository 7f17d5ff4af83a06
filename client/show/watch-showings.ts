import * as v from 'valibot';
import type { Clock, Stop } from '../../shared/clock.ts';
import { ShowingView } from '../../shared/views.ts';
import { keepAsking, type Line } from '../kit/keep-asking.ts';
import type { Presence } from '../kit/presence.ts';

/** The socket, as far as showings are concerned. What comes out of it is unchecked. */
export interface ShowingLine extends Line {
  watch(showingId: number): Promise<unknown>;
  unwatch(showingId: number): void;
  onChange(then: (change: unknown) => void): Stop;
}

export interface ShowingWatchParts {
  line: ShowingLine;
  /** Plain HTTP, when the socket cannot open; shows what it fetched by itself. */
  refresh(): Promise<void>;
  clock: Clock;
  presence: Presence;
}

const { showingId, version, placesLeft, cancelled, startsAt, screen, price } = ShowingView.entries;
const Availability = v.object({ showingId, version, placesLeft, cancelled, startsAt, screen, price });
export type Availability = v.InferOutput<typeof Availability>;
const Watched = v.object({ showing: Availability });

export interface ShowingWatch {
  /** From now on these showings are looked at, and no others. */
  lookAt(showingIds: number[]): void;
  stop: Stop;
}

/** Tells how many places are left at the showings looked at, as it changes. `show` keeps what is newest. */
export function watchShowings(parts: ShowingWatchParts, show: (availability: Availability) => void): ShowingWatch {
  const { line } = parts;
  let looked: number[] = [];
  const take = (availability: unknown) => {
    const parsed = v.safeParse(Availability, availability);
    if (parsed.success) show(parsed.output);
  };
  const watch = async (showingId: number) => {
    const parsed = v.safeParse(Watched, await line.watch(showingId));
    if (parsed.success) show(parsed.output.showing);
  };
  const stopHearing = line.onChange(take);
  const asking = keepAsking({
    ...parts,
    overLine: async () => void (await Promise.all(looked.map(watch))),
    overHttp: parts.refresh,
    isUnsettled: () => !line.isOpen(), // An open line pushes; only without one must we ask again.
  });
  return {
    lookAt(showingIds) {
      for (const gone of looked.filter(id => !showingIds.includes(id))) line.unwatch(gone);
      const added = showingIds.filter(id => !looked.includes(id));
      looked = showingIds;
      if (line.isOpen()) for (const id of added) void watch(id);
    },
    stop() {
      stopHearing();
      asking.stop();
    },
  };
}
