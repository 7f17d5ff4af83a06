import * as v from 'valibot';
import type { Clock, Stop } from '../../shared/clock.ts';
import { type Answered, NO_ANSWER, type Trouble } from './api.ts';
import { keepAsking, type Line } from './keep-asking.ts';
import type { Presence } from './presence.ts';
import type { ServerClock } from './server-clock.ts';

/** What the server shows in versions, with the time at which it did. */
export interface Versioned {
  now: string;
  version: number;
}

/** The socket, as far as one such thing is concerned. What comes out of it is unchecked. */
export interface ViewLine extends Line {
  watch(id: string): Promise<unknown>;
  onChange(then: (view: unknown) => void): Stop;
}

export interface WatchParts<View> {
  line: ViewLine;
  /** A plain GET; null when nothing is newer than what was fetched before. */
  fetchNewest(id: string): Promise<Answered<View> | null>;
  clock: Clock;
  serverClock: ServerClock;
  presence: Presence;
}

/** What is watched: how it comes by push, how in the answer to a question, and whether it may still change by itself. */
export interface Watched<View> {
  pushed: v.GenericSchema<unknown, View>;
  answered: v.GenericSchema<unknown, View>;
  isUnsettled(view: View): boolean;
}

export interface Watcher<View> {
  /** A newer version than the one shown. */
  show(view: View): void;
  /** How the last question went: null when it was answered. */
  hear(trouble: Trouble | null): void;
}

export interface Watch<View> {
  /** Takes a view that came another way, with the answer to a payment say. */
  take(view: View): void;
  askNow(): Promise<void>;
  stop: Stop;
}

const Refusal = v.object({ problem: v.object({ code: v.string() }) });

/** Keeps the newest version on the screen, whatever the network does. */
export function watchNewest<View extends Versioned>(
  parts: WatchParts<View>,
  { pushed, answered, isUnsettled }: Watched<View>,
  id: string,
  watcher: Watcher<View>,
): Watch<View> {
  const { line, fetchNewest, serverClock } = parts;
  let shown: View | null = null;

  function take(view: View) {
    watcher.hear(null);
    if (shown && view.version < shown.version) return; // It was overtaken on the way.
    serverClock.hear(view.now);
    if (view.version === shown?.version) return;
    shown = view;
    watcher.show(view);
  }

  const settle = (answer: Answered<View>) => ('value' in answer ? take(answer.value) : watcher.hear(answer.trouble));
  const stopHearing = line.onChange(view => settle(read(pushed, view)));
  const asking = keepAsking({
    ...parts,
    overLine: async () => settle(read(answered, await line.watch(id))),
    async overHttp() {
      const answer = await fetchNewest(id);
      if (answer) settle(answer);
      else watcher.hear(null);
    },
    isUnsettled: () => shown === null || isUnsettled(shown),
  });
  const stop = () => {
    stopHearing();
    asking.stop();
  };
  return { take, askNow: asking.askNow, stop };
}

function read<View extends Versioned>(schema: v.GenericSchema<unknown, View>, message: unknown): Answered<View> {
  const parsed = v.safeParse(schema, message);
  if (parsed.success) return { value: parsed.output, now: parsed.output.now };
  const refusal = v.safeParse(Refusal, message);
  return { trouble: refusal.success ? { ...NO_ANSWER, code: refusal.output.problem.code } : NO_ANSWER };
}
