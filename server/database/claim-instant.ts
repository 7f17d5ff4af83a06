import { type Em, query } from '../model/entities.ts';

/**
 * Writes an instant down under `name`, where none stands yet or none after `before`. Of several processes that try at
 * once one is told true, and does what is due.
 */
export async function claimInstant(em: Em, name: string, instant: Date, before: Date): Promise<boolean> {
  const value = instant.toISOString();
  const claimed = await query(em)
    .insertInto('remembered')
    .values({ name, value })
    .onConflict(known =>
      known.column('name').doUpdateSet({ value }).where('remembered.value', '<=', before.toISOString()),
    )
    .returning('name')
    .executeTakeFirst();
  return claimed !== undefined;
}
