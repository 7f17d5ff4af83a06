import type { ReportView } from '../../shared/office/shift-report.ts';
import { METHODS } from '../../shared/views.ts';
import { ProblemError } from '../http/problem.ts';
import { type Em, query } from '../model/entities.ts';
import { instantIn } from '../show/venue-time.ts';
import { findShiftsBetween } from './find-shift.ts';
import { addFigures, purposes } from './match-three.ts';
import { figure, readMoney } from './read-money.ts';
import { byMethod, ofReceipts, reportOfShift } from './shift-report.ts';

const DAY_BEGINS_MINUTES = 6 * 60; // A night at the cinema is not cut at midnight.
const FIGURES = ['granted', 'places', 'charges', 'goesBack', 'unallocated'] as const;
const DRAWER = ['float', 'cashTaken', 'givenBack', 'paidIn', 'paidOut', 'drops'] as const;

/**
 * A venue's day, from six to six by its own clock: its shifts, as they were sealed, and beside them what customers paid on
 * their own. It is a Z-report once all of them are sealed.
 */
export async function reportOfDay(em: Em, venueId: number, day: string, now: Date): Promise<ReportView> {
  const venue = await readVenue(em, venueId);
  const { from, to } = boundsOf(venue.timeZone, day);
  const shifts = await findShiftsBetween(em, venueId, from, to);
  const reports: ReportView[] = [];
  for (const shift of shifts) reports.push(await reportOfShift(em, shift, now));
  const outside = await readMoney(em, { venue: venueId, from, to });
  const beside = {
    granted: figure([]),
    places: outside.places,
    charges: outside.charges,
    goesBack: outside.goesBack,
    unallocated: ofReceipts(outside.receipts.filter(({ allocation }) => allocation === 'unallocated')),
  };
  const sums = Object.fromEntries(
    FIGURES.map(name => [name, addFigures([...reports.map(one => one[name]), beside[name]])]),
  );
  const differences = [...reports.flatMap(({ match }) => match.differences), ...purposes(outside)];
  return {
    now: now.toISOString(),
    kind: shifts.every(({ sealedAt }) => sealedAt !== null) && to <= now ? 'z' : 'x',
    of: { what: 'day', day, shifts: shifts.map(({ id }) => id) },
    venueId,
    venue: venue.name,
    timeZone: venue.timeZone,
    currency: venue.currency,
    from: from.toISOString(),
    to: to.toISOString(),
    methods: addMethods([...reports.map(({ methods }) => methods), byMethod(outside.receipts)]),
    ...(sums as Pick<ReportView, (typeof FIGURES)[number]>),
    online: addFigures(byMethod(outside.receipts).map(({ taken }) => taken)),
    drawer: addDrawers(reports.map(({ drawer }) => drawer)),
    cards: addCards(reports.map(({ cards }) => cards)),
    match: { isZero: differences.length === 0, differences },
    notes: reports.flatMap(({ notes }) => notes),
    seal: null,
  };
}

async function readVenue(em: Em, venueId: number) {
  const venue = await query(em)
    .selectFrom('venue')
    .select(['name', 'timeZone', 'currency'])
    .where('id', '=', venueId)
    .executeTakeFirst();
  if (venue) return venue;
  throw new ProblemError('not_found', { detail: 'There is no such venue' });
}

/** `day` is `2026-11-22`. */
export function boundsOf(timeZone: string, day: string): { from: Date; to: Date } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const next = new Date(Date.UTC(year, month - 1, date + 1));
  const after = { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
  return {
    from: instantIn(timeZone, { year, month, day: date }, DAY_BEGINS_MINUTES),
    to: instantIn(timeZone, after, DAY_BEGINS_MINUTES),
  };
}

function addMethods(all: ReportView['methods'][]): ReportView['methods'] {
  return METHODS.flatMap(method => {
    const taken = all.flat().filter(one => one.method === method);
    return taken.length > 0 ? [{ method, taken: addFigures(taken.map(one => one.taken)) }] : [];
  });
}

function addDrawers(drawers: ReportView['drawer'][]): ReportView['drawer'] {
  const figures = Object.fromEntries(DRAWER.map(name => [name, addFigures(drawers.map(one => one[name]))]));
  const sum = (of: (drawer: ReportView['drawer']) => number) => drawers.reduce((all, one) => all + of(one), 0);
  const isCounted = drawers.every(({ counted }) => counted !== null);
  return {
    ...(figures as Pick<ReportView['drawer'], (typeof DRAWER)[number]>),
    expected: sum(({ expected }) => expected),
    counted: isCounted ? sum(({ counted }) => counted ?? 0) : null,
    difference: isCounted ? sum(({ difference }) => difference ?? 0) : null,
  };
}

/** A terminal whose total nobody told leaves the day's unknown. */
function addCards(all: ReportView['cards'][]): ReportView['cards'] {
  const isKnown = all.every(({ terminal }) => terminal !== null);
  return {
    booked: all.reduce((sum, { booked }) => sum + booked, 0),
    terminal: isKnown ? all.reduce((sum, { terminal }) => sum + (terminal ?? 0), 0) : null,
  };
}
