import { type Em, query } from '../model/entities.ts';
import type { StaffHappening } from '../model/staff-log.ts';
import type { Place } from './place.ts';

interface Line {
  happening: StaffHappening;
  /** Whom it is about; null when nobody is called what was typed. */
  name: string | null;
  by?: string | null;
  venueId?: number | null;
  about?: string | null;
}

/** Writes down who came, who was refused, who changed whom. */
export async function log(em: Em, now: Date, { address, device }: Place, line: Line): Promise<void> {
  const { happening, name, by = null, venueId = device?.venueId ?? null, about = null } = line;
  await query(em)
    .insertInto('staff_log')
    .values({ at: now, happening, name, by, venue: venueId, device: device?.name ?? null, address, about })
    .execute();
}
