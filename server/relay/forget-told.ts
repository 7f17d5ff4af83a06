import type { Clock, Stop } from '../../shared/clock.ts';

const LATER_MS = 100;
const MOST = 100; // So many would be read again and again until they are forgotten.

/** What watchers were told of, and still has its row in the outbox. */
export interface Told {
  has(outboxId: number): boolean;
  add(outboxIds: readonly number[]): Promise<void>;
  /** Their rows go now. Never throws. */
  forget(): Promise<void>;
}

interface ToldParts {
  clock: Clock;
  /** Forgetting does more than that, which should not wait. */
  atOnce: boolean;
  remove(outboxIds: number[]): Promise<void>;
  failed(error: unknown): void;
}

/**
 * Forgetting takes a commit, and while SQLite commits, nobody is told anything: so one commit forgets all that was told in
 * a tenth of a second.
 */
export function createTold({ clock, atOnce, remove, failed }: ToldParts): Told {
  const told = new Set<number>();
  let stopWaiting: Stop | null = null;
  let removing: Promise<void> | null = null;

  async function forget() {
    stopWaiting?.();
    stopWaiting = null;
    while (told.size > 0) {
      removing ??= removeAll();
      await removing;
    }
  }

  async function removeAll() {
    const ids = [...told];
    try {
      await remove(ids);
    } finally {
      for (const id of ids) told.delete(id); // Those whose row is still there are told again.
      removing = null;
    }
  }

  return {
    has: id => told.has(id),
    async add(ids) {
      for (const id of ids) told.add(id);
      if (atOnce || told.size >= MOST) await forget();
      else stopWaiting ??= clock.after(LATER_MS, () => void forget().catch(failed));
    },
    forget: () => forget().catch(failed),
  };
}
