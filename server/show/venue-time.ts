/** A calendar day somewhere; `month` from 1. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The day that it is in `timeZone` at `instant`. */
export function dayIn(timeZone: string, instant: Date): Day {
  const { year, month, day } = wallClock(timeZone, instant);
  return { year, month, day };
}

/** The instant at which a clock in `timeZone` shows `minutes` after midnight of that day. */
export function instantIn(timeZone: string, { year, month, day }: Day, minutes: number): Date {
  const asIfUtc = Date.UTC(year, month - 1, day, 0, minutes);
  const guess = asIfUtc - offsetMs(timeZone, asIfUtc);
  return new Date(asIfUtc - offsetMs(timeZone, guess)); // Twice: the offset is the one that holds then.
}

/** `2026-11-22 20:30:00`, as a clock in `timeZone` shows it: how spreadsheets know an instant. */
export function writtenIn(timeZone: string, instant: Date): string {
  const asIfUtc = instant.getTime() + offsetMs(timeZone, instant.getTime());
  return new Date(asIfUtc).toISOString().slice(0, 19).replace('T', ' ');
}

function offsetMs(timeZone: string, at: number): number {
  const { year, month, day, hour, minute, second } = wallClock(timeZone, new Date(at));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

function wallClock(timeZone: string, instant: Date) {
  const parts = clockOf(timeZone).formatToParts(instant);
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value ?? 0);
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

/** Kept for each zone: to make one takes longer than to read it a hundred times. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock = clocks.get(timeZone) ?? makeClock(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

function makeClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
}
