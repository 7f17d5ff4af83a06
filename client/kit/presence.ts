import type { Stop } from '../../shared/clock.ts';

/** Whether somebody is looking at the page. */
export interface Presence {
  isHere(): boolean;
  /** Calls `then` whenever the page comes back: from behind another app, from the browser's memory, from being offline. */
  onReturn(then: () => void): Stop;
}

export const pagePresence: Presence = {
  isHere: () => document.visibilityState === 'visible',
  onReturn(then) {
    const leaving = new AbortController();
    const { signal } = leaving;
    document.addEventListener('visibilitychange', () => pagePresence.isHere() && then(), { signal });
    addEventListener('pageshow', event => event.persisted && then(), { signal });
    addEventListener('online', then, { signal });
    return () => leaving.abort();
  },
};
