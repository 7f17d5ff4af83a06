import * as v from 'valibot';
import { type Clock, pause } from '../../shared/clock.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { lockWord } from '../database/lock.ts';
import type { Database } from '../database/open-database.ts';
import type { Budget } from '../gateway/budget.ts';
import { type Em, query } from '../model/entities.ts';

const Level = v.object({ tokens: v.number(), filledAt: v.number(), slowness: v.number(), slowedAt: v.number() });

interface SharedParts {
  clock: Clock;
  database: Database;
}

/** One bucket for all processes, in a row of the database: each takes from it in a short transaction of its own. */
export function sharedBudget({ clock, database }: SharedParts, name: string, perSecond: number): Budget {
  async function read(em: Em): Promise<TokenBucket> {
    const row = await query(em).selectFrom('remembered').select('value').where('name', '=', name).executeTakeFirst();
    return new TokenBucket(clock, perSecond, row && v.parse(Level, JSON.parse(row.value)));
  }

  const change = <T>(use: (bucket: TokenBucket) => T) =>
    database.write(async em => {
      await lockWord(em, name);
      const bucket = await read(em);
      const became = use(bucket);
      const value = JSON.stringify(bucket.level());
      await query(em)
        .insertInto('remembered')
        .values({ name, value })
        .onConflict(known => known.column('name').doUpdateSet({ value }))
        .execute();
      return became;
    });

  return {
    has: async () => (await read(database.read())).has(),
    take: () => change(bucket => bucket.take()),
    async wait(patienceMs) {
      const waitMs = await change(bucket => bucket.reserve(patienceMs));
      if (waitMs === null) return false;
      if (waitMs > 0) await pause(clock, waitMs);
      return true;
    },
    slowDown: () => change(bucket => bucket.slowDown()),
  };
}
