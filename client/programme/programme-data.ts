import type * as v from 'valibot';
import {
  ProgrammeLog,
  type ProgrammeMovie,
  ProgrammeMovies,
  type ProgrammeShowing,
  ProgrammeShowings,
} from '../../shared/office/programme.ts';
import type { VenueView } from '../../shared/views.ts';
import type { Office } from '../box-office/page.ts';
import { dayKey } from '../kit/words.ts';
import { dayAfter } from './venue-clock.ts';

/** What the server said last about the programme of a venue: movies, a week of showings, who changed what. */
export class ProgrammeData {
  movies: ProgrammeMovie[] = [];
  showings: ProgrammeShowing[] = [];
  screens: ProgrammeShowings['screens'] = [];
  log: ProgrammeLog['lines'] = [];
  /** The first day of the week that is looked at, where the venue is. */
  from: string;
  readonly venue: VenueView;
  readonly #office: Office;

  constructor(office: Office, venue: VenueView) {
    this.#office = office;
    this.venue = venue;
    this.from = this.today;
  }

  get today(): string {
    return dayKey(this.#office.clock.now(), this.venue.timeZone);
  }

  async load(): Promise<void> {
    const { venueId } = this.venue;
    await Promise.all([
      this.#take('/box-office/movies', ProgrammeMovies, ({ movies }) => {
        this.movies = movies;
      }),
      this.#take(`/box-office/venues/${venueId}/showings?from=${this.from}&days=7`, ProgrammeShowings, answer => {
        this.showings = answer.showings;
        this.screens = answer.screens;
      }),
      this.#take(`/box-office/venues/${venueId}/programme-log`, ProgrammeLog, ({ lines }) => {
        this.log = lines;
      }),
    ]);
    this.#office.draw();
  }

  newest(showing: ProgrammeShowing): ProgrammeShowing {
    return this.showings.find(({ showingId }) => showingId === showing.showingId) ?? showing;
  }

  look(from: string): Promise<void> {
    this.from = from;
    return this.load();
  }

  /** Each day of the week with what is planned. */
  get days(): { day: string; showings: ProgrammeShowing[] }[] {
    return Array.from({ length: 7 }, (_, at) => {
      const day = dayAfter(this.from, at);
      const showings = this.showings.filter(({ startsAt, timeZone }) => dayKey(startsAt, timeZone) === day);
      return { day, showings };
    });
  }

  async #take<T>(path: string, schema: v.GenericSchema<unknown, T>, take: (value: T) => void): Promise<void> {
    const answer = await this.#office.api.get(path, schema);
    if ('value' in answer) take(answer.value);
    else this.#office.tell(this.#office.sentence(answer.trouble), 'bad');
  }
}
