import { lockWord } from '../database/lock.ts';
import type { Actor } from '../model/audit-entry.ts';
import { type Em, query } from '../model/entities.ts';
import type { Changes, ProgrammeHappening } from '../model/programme-entry.ts';

/** Who changes the programme, and when. */
export interface Changing {
  actor: Actor;
  now: Date;
}

export interface ProgrammeChange {
  happening: ProgrammeHappening;
  venue?: number;
  movie?: number;
  showing?: number;
  changes?: Changes;
  note?: string;
}

/** Every change of the programme goes through here, in its own transaction: one line in the audit, one row in the outbox. */
export async function recordProgramme(em: Em, { actor, now }: Changing, change: ProgrammeChange): Promise<void> {
  const { happening, venue = null, movie = null, showing = null, changes = {}, note = null } = change;
  await lockWord(em, 'programme'); // Its newest id is its version: they become visible in their order.
  const { id } = await query(em)
    .insertInto('programme_entry')
    .values({ at: now, actor, happening, venue, movie, showing, changes, note })
    .returning('id')
    .executeTakeFirstOrThrow();
  await query(em).insertInto('outbox').values({ topic: 'programme', subject: 'all', showing, version: id }).execute();
}

type Facts = Record<string, string | number | Date | null>;

/** What `after` says otherwise than `before`, field by field. */
export function differences(before: Facts, after: Facts): Changes {
  const plain = (fact: string | number | Date | null | undefined) =>
    fact instanceof Date ? fact.toISOString() : (fact ?? null);
  const pairs = Object.keys(after).map(
    field => [field, { before: plain(before[field]), after: plain(after[field]) }] as const,
  );
  return Object.fromEntries(pairs.filter(([, { before, after }]) => before !== after));
}
