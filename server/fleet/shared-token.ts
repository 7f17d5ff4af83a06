import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { addMs, type Clock } from '../../shared/clock.ts';
import { claimInstant } from '../database/claim-instant.ts';
import type { Database } from '../database/open-database.ts';
import type { Vault } from '../database/vault.ts';
import type { KeptToken, TokenKeeper } from '../gateway/access-token.ts';
import { query } from '../model/entities.ts';

const Kept = v.object({
  token: v.string(),
  renewAt: v.pipe(
    v.number(),
    v.transform(at => new Date(at)),
  ),
});

interface SharedParts {
  clock: Clock;
  database: Database;
  vault: Vault;
}

/** One token for all processes, sealed in the database. `account`: whatever else the token would be for another. */
export function sharedToken(
  { clock, database, vault }: SharedParts,
  account: readonly string[],
  timeoutMs: number,
): TokenKeeper {
  const hash = createHash('sha256').update(JSON.stringify(account)).digest('hex').slice(0, 24);
  const [name, asking] = [`token-${hash}`, `token-asking-${hash}`];
  return {
    timeoutMs,
    async read(): Promise<KeptToken | undefined> {
      const row = await query(database.read())
        .selectFrom('remembered')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row && v.parse(Kept, JSON.parse(vault.open(row.value)));
    },
    async write({ token, renewAt }) {
      const value = vault.seal(JSON.stringify({ token, renewAt: +renewAt }));
      await database.write(em =>
        query(em)
          .insertInto('remembered')
          .values({ name, value })
          .onConflict(known => known.column('name').doUpdateSet({ value }))
          .execute(),
      );
    },
    mayAsk() {
      const now = clock.now();
      return database.write(em => claimInstant(em, asking, addMs(now, timeoutMs), now));
    },
    async asked() {
      await database.write(em => query(em).deleteFrom('remembered').where('name', '=', asking).execute());
    },
  };
}
