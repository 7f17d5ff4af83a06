import type { Clock, Stop } from '../../shared/clock.ts';

const FAST_MS = 40; // Between two keys: a scanner takes 1 to 20 ms, a quick pair of hands 60 and more.
const CODE_MIN = 6; // Shorter than any ticket code or reference: whatever people hit by chance.

/** One key, as far as telling a scanner from a person needs it. */
export interface Press {
  /** As in KeyboardEvent. */
  key: string;
  /** When it came, in milliseconds of the page. */
  at: number;
}

export interface KeyReader<P extends Press> {
  /** Outside text fields. Keys that could be a scanner's wait 40 ms for the next one. */
  press(press: P): void;
  /** Whether this Enter is a scanner's last key, wherever the focus is: it presses no button. */
  endsCode(press: Press): boolean;
  stop: Stop;
}

/** Scanners are keyboards: letters and digits faster than fingers, then Enter. `key` hears everything else, in order. */
export function createKeyReader<P extends Press>(
  clock: Clock,
  { scanned, key }: { scanned(code: string): void; key(press: P): void },
): KeyReader<P> {
  let waiting: P[] = [];
  let stopTimer: Stop = () => {};

  function release() {
    stopTimer();
    const released = waiting;
    waiting = [];
    for (const press of released) key(press);
  }
  function endsCode({ key, at }: Press): boolean {
    const last = waiting.at(-1);
    return key === 'Enter' && last !== undefined && at - last.at <= FAST_MS && waiting.length >= CODE_MIN;
  }

  return {
    endsCode,
    press(press) {
      const last = waiting.at(-1);
      if (last && press.at - last.at > FAST_MS) release();
      if (endsCode(press)) {
        stopTimer();
        const code = waiting.map(one => one.key).join('');
        waiting = [];
        return scanned(code);
      }
      if (!isText(press)) {
        release();
        return key(press);
      }
      waiting.push(press);
      stopTimer();
      stopTimer = clock.after(FAST_MS, release);
    },
    stop: () => stopTimer(),
  };
}

/** What was typed into a text field as fast as only scanners do, up to this Enter; null when a person typed. */
export function scannedInField(presses: readonly Press[], enterAt: number): string | null {
  let from = presses.length;
  let next = enterAt;
  while (from > 0 && isText(presses[from - 1]) && next - (presses[from - 1]?.at ?? 0) <= FAST_MS) {
    from -= 1;
    next = presses[from]?.at ?? 0;
  }
  const code = presses.slice(from).map(({ key }) => key);
  return code.length >= CODE_MIN ? code.join('') : null;
}

const isText = (press: Press | undefined) => press !== undefined && press.key.length === 1;
