const EAT_AHEAD_MS = 3 * 3_600_000; // UTC+3, without daylight saving.

/** Kenya's wall clock as `YYYYMMDDHHmmss`, the only way in which Daraja writes an instant. */
export function eatDigits(instant: Date): string {
  return wallClock(instant).replace(/\D/g, '').slice(0, 14);
}

/** `22112026133400` and milliseconds: the order of day and year inside a CheckoutRequestID. */
export function eatDayFirst(instant: Date): string {
  const digits = wallClock(instant).replace(/\D/g, '');
  return digits.slice(6, 8) + digits.slice(4, 6) + digits.slice(0, 4) + digits.slice(8, 17);
}

/** `22/11/26 at 13:34`, for people. */
export function eatForPeople(instant: Date): string {
  const [, year, month, day, time] = /^\d\d(\d\d)-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(wallClock(instant)) ?? [];
  return `${day}/${month}/${year} at ${time}`;
}

/** Reads `2026-11-22 13:34:00` on Kenya's clock; undefined when it is no such instant. */
export function readSpeltOut(text: string): Date | undefined {
  const spelt = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  if (!spelt || !isEatDigits(text.replace(/\D/g, ''))) return undefined;
  return new Date(`${spelt[1]}T${spelt[2]}+03:00`);
}

/** Whether these 14 digits are an instant that exists. */
export function isEatDigits(text: string): boolean {
  if (!/^\d{14}$/.test(text)) return false;
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6.000Z');
  const instant = new Date(iso);
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === iso;
}

/** The instant as if Kenya’s clock were UTC’s. */
export function wallClock(instant: Date): string {
  return new Date(instant.getTime() + EAT_AHEAD_MS).toISOString();
}
