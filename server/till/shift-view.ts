import type { ShiftView } from '../../shared/office/shifts.ts';
import { type Em, query } from '../model/entities.ts';

const LISTED_MAX = 100; // The newest: older ones are found by their day.

/** A shift as its cashier may see it: nothing of what the drawer should hold. */
export async function seeShift(em: Em, shiftId: number, now: Date): Promise<ShiftView | undefined> {
  const [shift] = await shifts(em).where('id', '=', shiftId).execute();
  return shift && present(shift, now);
}

/** The shifts of a venue, the newest first. */
export async function seeShifts(em: Em, venueId: number, now: Date): Promise<ShiftView[]> {
  const rows = await shifts(em).where('venue', '=', venueId).orderBy('id', 'desc').limit(LISTED_MAX).execute();
  return rows.map(row => present(row, now));
}

/** Somebody's own shifts that are counted and wait for a supervisor, the oldest first. */
export async function seeWaiting(em: Em, staffId: number, now: Date): Promise<ShiftView[]> {
  const rows = await shifts(em)
    .where('staff', '=', staffId)
    .where('countedAt', 'is not', null)
    .where('sealedAt', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(row => present(row, now));
}

function shifts(em: Em) {
  return query(em)
    .selectFrom('shift')
    .select(['id', 'version', 'venue', 'cashier', 'currency', 'openedAt', 'countedAt', 'sealedAt']);
}

function present(row: Awaited<ReturnType<ReturnType<typeof shifts>['execute']>>[number], now: Date): ShiftView {
  const { countedAt, sealedAt } = row;
  return {
    now: now.toISOString(),
    shiftId: row.id,
    version: row.version,
    venueId: row.venue,
    cashier: row.cashier,
    currency: row.currency,
    state: sealedAt ? 'sealed' : countedAt ? 'counted' : 'open',
    openedAt: row.openedAt.toISOString(),
    countedAt: countedAt?.toISOString() ?? null,
    sealedAt: sealedAt?.toISOString() ?? null,
  };
}
