import { addMs } from '../../shared/clock.ts';
import { formatMoney } from '../../shared/money.ts';
import type {
  ProgrammeLog,
  ProgrammeMovie,
  ProgrammeShowing,
  ProgrammeShowings,
} from '../../shared/office/programme.ts';
import { type Em, query } from '../model/entities.ts';
import type { Changes, ProgrammeHappening } from '../model/programme-entry.ts';
import { type GatewaysFor, presentShowing, showings } from './showing-view.ts';

const LOG_LINES = 200;
const MINUTE_MS = 60_000;

/** All movies, also those that nothing is planned with, the newest first. */
export async function seeAllMovies(em: Em, now: Date): Promise<ProgrammeMovie[]> {
  const rows = await query(em)
    .selectFrom('movie')
    .select(['id as movieId', 'title', 'description', 'imageUrl', 'minutes', 'rating'])
    .select(movie =>
      movie
        .selectFrom('showing')
        .select(showing => showing.fn.countAll<number>().as('coming'))
        .whereRef('showing.movie', '=', 'movie.id')
        .where('startsAt', '>', now)
        .where('cancelledAt', 'is', null)
        .as('coming'),
    )
    .orderBy('movie.id', 'desc')
    .execute();
  return rows.map(row => ({ ...row, coming: Number(row.coming) }));
}

/** What is planned at a venue from one instant to another, cancelled ones too, in order of time. */
export async function seePlanned(
  em: Em,
  venueId: number,
  [from, to]: [Date, Date],
  gatewaysFor: GatewaysFor,
): Promise<ProgrammeShowing[]> {
  const rows = await showings(em)
    .select('minutes')
    .select(showing =>
      showing
        .selectFrom('booking')
        .select(booking => booking.fn.countAll<number>().as('bookings'))
        .whereRef('booking.showing', '=', 'showing.id')
        .where('state', 'in', ['held', 'confirmed'])
        .as('bookings'),
    )
    .where('showing.venue', '=', venueId)
    .where('startsAt', '>=', from)
    .where('startsAt', '<', to)
    .orderBy('startsAt')
    .orderBy('screen')
    .execute();
  return rows.map(row => ({
    ...presentShowing(row, gatewaysFor),
    endsAt: addMs(row.startsAt, row.minutes * MINUTE_MS).toISOString(),
    held: row.held,
    sold: row.sold,
    bookings: Number(row.bookings),
  }));
}

/** The screens of a venue, as far as anything was ever planned on them, each with what it had last. */
export async function seeScreens(em: Em, venueId: number): Promise<ProgrammeShowings['screens']> {
  const newest = query(em)
    .selectFrom('showing')
    .select(showing => showing.fn.max('id').as('id'))
    .where('venue', '=', venueId)
    .groupBy('screen');
  const rows = await query(em)
    .selectFrom('showing')
    .select(['screen', 'capacity', 'price', 'currency'])
    .where('id', 'in', newest)
    .orderBy('screen')
    .execute();
  return rows.map(({ screen, capacity, price, currency }) => ({
    screen,
    capacity,
    price: { amount: price, currency },
  }));
}

/** Who changed what, the newest first; of one venue and what belongs to none, or of all. */
export async function seeProgrammeLog(em: Em, venueId: number | null): Promise<ProgrammeLog['lines']> {
  let entries = query(em)
    .selectFrom('programme_entry')
    .leftJoin('movie', 'movie.id', 'programme_entry.movie')
    .leftJoin('venue', 'venue.id', 'programme_entry.venue')
    .leftJoin('showing', 'showing.id', 'programme_entry.showing')
    .select(['at', 'actor', 'happening', 'changes', 'note', 'title', 'venue.name', 'venue.timeZone'])
    .select(['venue.currency', 'showing.startsAt', 'showing.screen']);
  if (venueId !== null)
    entries = entries.where(entry =>
      entry.or([entry('programme_entry.venue', '=', venueId), entry('programme_entry.venue', 'is', null)]),
    );
  const rows = await entries.orderBy('programme_entry.id', 'desc').limit(LOG_LINES).execute();
  return rows.map(row => ({
    at: row.at.toISOString(),
    who: row.actor.replace(/^staff:/, ''),
    what: sentenceOf(row.happening, row),
    about: aboutOf(row),
  }));
}

interface Entry {
  changes: Changes;
  note: string | null;
  title: string | null;
  name: string | null;
  timeZone: string | null;
  currency: 'KES' | 'TZS' | 'USD' | null;
  startsAt: Date | null;
  screen: string | null;
}

const SENTENCES: Record<ProgrammeHappening, string> = {
  venue_made: 'added the venue',
  venue_changed: 'changed the venue',
  movie_made: 'added the movie',
  movie_changed: 'changed the movie',
  showing_made: 'planned the showing',
  showing_changed: 'changed the showing',
  showing_moved: 'moved the showing',
  showing_cancelled: 'cancelled the showing',
};

/** Those whose names are none that people use. */
const FIELDS: Record<string, string> = {
  startsAt: 'time',
  capacity: 'places',
  imageUrl: 'poster',
  timeZone: 'time zone',
  leastCharge: 'least charge',
  largestCharge: 'largest charge',
};

function sentenceOf(happening: ProgrammeHappening, entry: Entry): string {
  const facts = Object.entries(entry.changes).map(([field, { before, after }]) => {
    const [was, is] = [writeFact(field, before, entry), writeFact(field, after, entry)];
    const name = FIELDS[field] ?? field;
    return happening.endsWith('_made') ? `${name} ${is}` : `${name} from ${was} to ${is}`;
  });
  const why = entry.note ? `: ${entry.note}` : '';
  return `${SENTENCES[happening]}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}${why}`;
}

function writeFact(field: string, fact: string | number | null, { currency, timeZone }: Entry): string {
  if (fact === null || fact === '') return '–';
  if (typeof fact === 'number' && currency && /^(price|leastCharge|largestCharge)$/.test(field))
    return formatMoney({ amount: fact, currency }, 'en-GB');
  if (field === 'startsAt' && timeZone) return writeInstant(new Date(fact), timeZone);
  return String(fact);
}

function aboutOf({ title, name, startsAt, screen, timeZone }: Entry): string {
  const when = startsAt && timeZone ? `${writeInstant(startsAt, timeZone)}, ${screen}` : null;
  return [title, when, name].filter(part => part !== null).join(' · ');
}

function writeInstant(instant: Date, timeZone: string): string {
  return instant.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
}
