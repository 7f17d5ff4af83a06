import { type Meters, NO_METERS } from '../metrics/meters.ts';
import type { Orm } from '../model/entities.ts';
import { insideWrite, marked } from './inside-write.ts';
import type { Write } from './write-together.ts';

const TRIES = 8;
/** By PostgreSQL's codes: two who waited for each other, and two who wrote the same key. */
const OVERTAKEN = ['40001', '40P01', '23505'];

/**
 * PostgreSQL has many writers: each piece of work is a transaction of its own, at READ COMMITTED, and the server groups
 * the syncs itself. Work decides by conditional updates, by rows that it has locked, and by unique keys. Who comes second
 * with the same key begins again: it then finds what the first one wrote, as it would have with one writer.
 */
export function writeApart(orm: Orm, { wrote }: Pick<Meters, 'wrote'> = NO_METERS): Write {
  return async work => {
    if (insideWrite.getStore()?.open) throw new Error('A write inside a write would not be undone with it');
    for (let tries = 1; ; tries++)
      try {
        const askedAt = performance.now();
        let begunAt = askedAt;
        let workedAt = askedAt;
        const value = await orm.em.fork().transactional(async em => {
          begunAt = performance.now();
          const worked = await marked(work, em);
          workedAt = performance.now();
          return worked;
        });
        wrote({ size: 1, waitMs: begunAt - askedAt, commitMs: performance.now() - workedAt });
        return value;
      } catch (error) {
        if (tries === TRIES || !wasOvertaken(error)) throw error;
      }
  };
}

function wasOvertaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && OVERTAKEN.includes(String(error.code));
}
