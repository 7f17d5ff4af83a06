import type { ServerResponse } from 'node:http';
import type { Context, Next } from 'koa';
import { type Clock, every, type Stop } from '../../shared/clock.ts';
import type { Simulator } from './simulator.ts';
import { stateView } from './view-state.ts';

const COALESCE_MS = 50; // A load test changes thousands of things a second; a page needs twenty.
const HEARTBEAT_MS = 15_000;
const BEHIND_BYTES_MAX = 1_000_000; // A page that reads too slowly misses states, never the newest for long.

export interface Events {
  route(ctx: Context, next: Next): Promise<void>;
  stop: Stop;
}

/** The whole state, pushed to whoever listens whenever it is different. */
export function createEvents(simulator: Simulator, clock: Clock): Events {
  const watchers = new Set<ServerResponse>();
  let waiting = false;
  const tell = () => {
    waiting = false;
    if (watchers.size === 0) return;
    const event = newest(simulator);
    for (const watcher of watchers) if (watcher.writableLength < BEHIND_BYTES_MAX) watcher.write(event);
  };
  const stopListening = simulator.onChange(() => {
    if (waiting || watchers.size === 0) return;
    waiting = true;
    clock.after(COALESCE_MS, tell);
  });
  const stopBeating = every(clock, HEARTBEAT_MS, async () => tell());
  return {
    async route(ctx, next) {
      if (ctx.path !== '/simulator/events' || ctx.method !== 'GET') return next();
      ctx.respond = false;
      watch(ctx, watchers);
      ctx.res.write(newest(simulator));
    },
    stop() {
      stopListening();
      stopBeating();
      for (const watcher of watchers) watcher.end();
    },
  };
}

function newest(simulator: Simulator): string {
  return `data: ${JSON.stringify(stateView(simulator.parts))}\n\n`;
}

function watch({ res }: Context, watchers: Set<ServerResponse>): void {
  res.writeHead(200, { ...res.getHeaders(), 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  watchers.add(res);
  res.once('close', () => watchers.delete(res));
}
