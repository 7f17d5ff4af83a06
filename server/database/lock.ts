import { SqliteDriver } from '@mikro-orm/sqlite';
import { CompiledQuery } from 'kysely';
import type { Em } from '../model/entities.ts';

type Lockable = 'booking' | 'callback' | 'charge' | 'movie' | 'receipt' | 'sale' | 'shift' | 'showing';

/** SQLite has one writer: inside a write there is nobody else. */
export function isAlone(em: Em): boolean {
  return em.getDriver() instanceof SqliteDriver;
}

/**
 * Until this transaction ends nobody else changes the row: who would, waits, and what is read from here on is what was
 * committed. Others may go on referring to it.
 */
export async function lockRow(em: Em, table: Lockable, id: string | number): Promise<void> {
  if (!isAlone(em)) await ask(em, `select id from "${table}" where id = $1 for no key update`, id);
}

/** The same for what has no row, or none yet: a phone number, a name that must be nobody else's. */
export async function lockWord(em: Em, word: string): Promise<void> {
  if (!isAlone(em)) await ask(em, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', word);
}

async function ask(em: Em, sql: string, value: string | number) {
  await em.getKysely().executeQuery(CompiledQuery.raw(sql, [value]));
}
