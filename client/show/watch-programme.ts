import * as v from 'valibot';
import type { Clock } from '../../shared/clock.ts';
import type { Line } from '../kit/keep-asking.ts';

/** The socket, as far as the programme is concerned. What comes out of it is unchecked. */
export interface ProgrammeLine extends Line {
  watch(): Promise<unknown>;
  onChange(then: (change: unknown) => void): void;
}

const Change = v.object({ version: v.number(), withinMs: v.number() });

/** Loads the programme again when there is a newer one than the page shows: as it happens, and after each reconnect. */
export function watchProgramme(
  line: ProgrammeLine,
  clock: Clock,
  shown: { version(): number; load(): Promise<void> },
): void {
  let isWaiting = false;
  const hear = (change: unknown) => {
    const heard = v.safeParse(Change, change);
    if (!heard.success || heard.output.version <= shown.version() || isWaiting) return;
    isWaiting = true;
    clock.after(Math.random() * heard.output.withinMs, () => {
      isWaiting = false;
      void shown.load();
    });
  };
  const watch = async () => hear(await line.watch());
  line.onChange(hear);
  line.onOpen(() => void watch());
  if (line.isOpen()) void watch();
}
