import * as v from 'valibot';
import type { MovieView, ShowingView, VenueView } from '../../shared/views.ts';
import type { Kept } from '../kit/kept.ts';
import { dayKey } from '../kit/words.ts';
import type { Availability } from './watch-showings.ts';

const DAYS_SHOWN = 7;

/** One movie and when it plays on the day that is looked at. */
export interface Playing {
  movie: MovieView;
  showings: ShowingView[];
}
/** A day of the programme; `startsAt` is its first showing, to write the date from. */
export interface Day {
  day: string;
  startsAt: string;
  timeZone: string;
}

/** What is on, and which part of it somebody looks at. Remembers the choice on the device. */
export class Programme {
  #movies: MovieView[] | null = null;
  #venues: VenueView[] = [];
  readonly #availabilities = new Map<number, Availability>();
  readonly #kept: Kept;
  readonly #now: () => Date;

  constructor(kept: Kept, now: () => Date) {
    this.#kept = kept;
    this.#now = now;
  }

  get isLoaded(): boolean {
    return this.#movies !== null;
  }
  get now(): Date {
    return this.#now();
  }

  takeMovies(movies: MovieView[]): void {
    this.#movies = movies;
  }
  takeVenues(venues: VenueView[]): void {
    this.#venues = venues;
  }
  takeAvailability(availability: Availability): void {
    const known = this.#availabilities.get(availability.showingId);
    if (!known || known.version < availability.version) this.#availabilities.set(availability.showingId, availability);
  }

  chooseVenue(venueId: number): void {
    this.#kept.write('venue', venueId);
  }
  chooseDay(day: string): void {
    this.#kept.write('day', day);
  }

  /** Where something plays, by city as people say it, or by name where two share one. */
  get venues(): { venueId: number; label: string }[] {
    const names = new Map(this.#upcoming().map(({ venueId, venue }) => [venueId, venue]));
    const cities = new Map(this.#venues.map(({ venueId, city }) => [venueId, city]));
    const citiesDiffer = new Set(cities.values()).size === cities.size;
    return [...names]
      .map(([venueId, name]) => ({ venueId, label: (citiesDiffer && cities.get(venueId)) || name }))
      .sort((one, other) => one.venueId - other.venueId);
  }

  get venueId(): number {
    const wanted = this.#kept.read('venue', v.number());
    const ids = this.venues.map(({ venueId }) => venueId);
    return wanted !== null && ids.includes(wanted) ? wanted : (ids[0] ?? 0);
  }

  get venue(): VenueView | undefined {
    return this.#venues.find(({ venueId }) => venueId === this.venueId);
  }

  /** Whether anybody may pay somewhere without a booking. */
  get takesCharges(): boolean {
    return this.#venues.some(({ charges, gateways }) => charges !== null && gateways.length > 0);
  }

  get days(): Day[] {
    const days = new Map<string, Day>();
    for (const { startsAt, timeZone } of soonestFirst(this.#here())) {
      const day = dayKey(startsAt, timeZone);
      if (!days.has(day)) days.set(day, { day, startsAt, timeZone });
    }
    return [...days.values()].slice(0, DAYS_SHOWN);
  }

  get day(): string {
    const wanted = this.#kept.read('day', v.string());
    const { days } = this;
    return days.find(({ day }) => day === wanted)?.day ?? days[0]?.day ?? '';
  }

  /** The next to start first. */
  get playing(): Playing[] {
    const { day } = this;
    const thatDay = soonestFirst(this.#here()).filter(({ startsAt, timeZone }) => dayKey(startsAt, timeZone) === day);
    return (this.#movies ?? [])
      .map(movie => ({ movie, showings: thatDay.filter(({ movieId }) => movieId === movie.movieId) }))
      .filter(({ showings }) => showings.length > 0)
      .sort((one, other) => bySoonest(one.showings[0], other.showings[0]));
  }

  lookedAt(): number[] {
    return this.playing.flatMap(({ showings }) => showings.map(({ showingId }) => showingId));
  }

  #here(): ShowingView[] {
    const { venueId } = this;
    return this.#upcoming().filter(showing => showing.venueId === venueId);
  }

  #upcoming(): ShowingView[] {
    const showings = (this.#movies ?? []).flatMap(movie => movie.showings);
    return showings.map(showing => this.#newest(showing)).filter(showing => this.#isComing(showing));
  }

  #isComing({ startsAt, cancelled }: ShowingView): boolean {
    return new Date(startsAt) > this.#now() && !cancelled;
  }

  #newest(showing: ShowingView): ShowingView {
    const known = this.#availabilities.get(showing.showingId);
    return known && known.version > showing.version ? { ...showing, ...known } : showing;
  }
}

const soonestFirst = (showings: ShowingView[]) => [...showings].sort(bySoonest);

function bySoonest(one: ShowingView | undefined, other: ShowingView | undefined): number {
  return (one?.startsAt ?? '').localeCompare(other?.startsAt ?? '');
}
