/** The instant at which a clock in `timeZone` shows this day (`2026-11-23`) and time (`20:30`); null while one is missing. */
export function instantAt(day: string, time: string, timeZone: string): Date | null {
  const asIfUtc = Date.parse(`${day}T${time}Z`);
  if (Number.isNaN(asIfUtc)) return null;
  const guess = asIfUtc - offsetMs(asIfUtc, timeZone);
  return new Date(asIfUtc - offsetMs(guess, timeZone)); // Twice: the offset is the one that holds then.
}

/** `2026-11-23`, so many days later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Sweden writes dates as computers do. */
function offsetMs(at: number, timeZone: string): number {
  const written = new Date(at).toLocaleString('sv-SE', { timeZone });
  return Date.parse(`${written.replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000;
}
