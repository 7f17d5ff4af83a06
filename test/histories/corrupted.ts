import type { Disk } from './disk.ts';

/** Does it, looks, and undoes it. */
export function corrupted<T>(disk: Disk, sql: string, look: () => T): T {
  disk.change(`pragma foreign_keys = off; savepoint corrupted; ${sql}`);
  try {
    return look();
  } finally {
    disk.change('rollback to corrupted; release corrupted; pragma foreign_keys = on');
  }
}
