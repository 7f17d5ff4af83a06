import { defineEntity, p } from '@mikro-orm/core';
import type { Actor } from './audit-entry.ts';

export type ProgrammeHappening =
  | 'venue_made'
  | 'venue_changed'
  | 'movie_made'
  | 'movie_changed'
  | 'showing_made'
  | 'showing_changed'
  | 'showing_moved'
  | 'showing_cancelled';

/** A field by its name, as it was and as it is; what was made has no before. */
export type Changes = Record<string, { before: string | number | null; after: string | number | null }>;

export const ProgrammeEntrySchema = defineEntity({
  name: 'ProgrammeEntry',
  tableName: 'programme_entry',
  properties: {
    id: p.integer().primary().autoincrement(),
    at: p.datetime(3),
    actor: p.string().$type<Actor>().length(90),
    happening: p.string().$type<ProgrammeHappening>().length(40),
    /** Null: of all venues, as a movie is. */
    venue: p.integer().nullable().index('programme_venue'),
    movie: p.integer().nullable(),
    showing: p.integer().nullable(),
    changes: p.json<Changes>(),
    note: p.string().length(500).nullable(),
  },
});

/** One line of the answer to "who changed the programme". Never changed, never deleted; the newest id is the programme's version. */
export class ProgrammeEntry extends ProgrammeEntrySchema.class {}
ProgrammeEntrySchema.setClass(ProgrammeEntry);
