import { formatMoney } from '../../shared/money.ts';
import type { ProgrammeLog } from '../../shared/office/programme.ts';
import { type Em, query } from '../model/entities.ts';
import type { Changes, ProgrammeHappening } from '../model/programme-entry.ts';

const LOG_LINES = 200;

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
