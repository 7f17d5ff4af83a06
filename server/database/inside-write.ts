import { AsyncLocalStorage } from 'node:async_hooks';
import type { Em } from '../model/entities.ts';

/** Set for the work of a write: if it asks for the one connection of SQLite a second time, it would wait for itself. */
export const insideWrite = new AsyncLocalStorage<{ open: boolean }>();

/** Whoever works in it is known to be inside a write. */
export async function marked<T>(work: (em: Em) => Promise<T>, em: Em): Promise<T> {
  const mark = { open: true };
  try {
    return await insideWrite.run(mark, work, em);
  } finally {
    mark.open = false;
  }
}
