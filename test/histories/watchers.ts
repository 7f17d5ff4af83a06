import type { BookingView } from '../../shared/views.ts';
import type { Disk } from './disk.ts';

/** The pages that are open, and what each was last told. They come back at once when the server does. */
export class Watchers {
  readonly #versions = new Map<string, number>();

  of(bookingId: string): number {
    return this.#versions.has(bookingId) ? 1 : 0;
  }

  join(disk: Disk, bookingId: string): void {
    const [row] = disk.query<{ version: number }>('select version from booking where id = ?')(bookingId);
    this.#versions.set(bookingId, row?.version ?? 0);
  }

  told({ bookingId, version }: BookingView): string[] {
    const before = this.#versions.get(bookingId) ?? 0;
    this.#versions.set(bookingId, Math.max(before, version));
    return version < before ? [`I14 a watcher of ${bookingId} was told version ${version} after ${before}`] : [];
  }

  /** I14: at the end everybody knows the newest. */
  behind(disk: Disk): string[] {
    const version = disk.query<{ version: number }>('select version from booking where id = ?');
    return [...this.#versions]
      .filter(([id, known]) => version(id)[0]?.version !== known)
      .map(([id, known]) => `I14 a watcher of ${id} knows version ${known} of ${version(id)[0]?.version}`);
  }
}
