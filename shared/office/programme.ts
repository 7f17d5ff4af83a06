import * as v from 'valibot';
import { CURRENCIES, type Currency, MINOR_UNITS, Money } from '../money.ts';
import { COUNTRIES, type Country } from '../phone.ts';
import { NumericId } from '../requests.ts';
import { MovieView, ShowingView } from '../views.ts';

export const POSTER_MAX_BYTES = 5 * 1_024 * 1_024; // A photo of a printed poster, as telephones take them.
export const CAPACITY_MAX = 100_000; // A stadium.
export const PRICE_MAX = 1_000_000 * MINOR_UNITS; // Of one place; M-Pesa itself moves a quarter of it at a time.
export const SCHEDULE_MAX = 100; // Showings made at once: a fortnight of seven a day.
const DAYS_MAX = 31;
const TIMES_MAX = 12;
const MINUTES_MAX = 600; // Longer than the longest film that was ever shown in one go.

/** What money is paid in where, and which clock hangs on the wall. */
export const AT_HOME: Record<Country, { currency: Currency; timeZone: string }> = {
  KE: { currency: 'KES', timeZone: 'Africa/Nairobi' },
  TZ: { currency: 'TZS', timeZone: 'Africa/Dar_es_Salaam' },
};

const Text = (least: number, most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(least), v.maxLength(most), v.regex(/^[^\p{Cc}\p{Cs}]*$/u));
/** A description has lines. */
const Prose = v.pipe(v.string(), v.trim(), v.maxLength(1_000), v.regex(/^[^\p{Cs}]*$/u));
const Whole = (most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(most));
const Instant = v.pipe(v.string(), v.isoTimestamp());

/** Mobile money moves whole shillings. */
const Price = v.object({
  amount: v.pipe(Whole(PRICE_MAX), v.multipleOf(MINOR_UNITS, 'Whole shillings')),
  currency: v.picklist(CURRENCIES),
});
/** One name, however it was typed. */
const ScreenName = v.pipe(
  Text(1, 40),
  v.transform(name => name.replace(/\s+/g, ' ')),
);
const Charges = v.nullable(v.object({ least: Price, largest: Price }));

const venue = {
  name: Text(1, 80),
  city: Text(1, 80),
  country: v.picklist(COUNTRIES),
  currency: v.picklist(CURRENCIES),
  timeZone: Text(1, 40),
  address: Text(0, 200),
  phone: Text(0, 24),
  email: v.union([v.literal(''), v.pipe(Text(0, 254), v.email())]),
  charges: Charges,
};
const { address, phone, email, charges, ...needed } = venue;
export const VenueRequest = v.object({
  ...needed,
  address: v.optional(address, ''),
  phone: v.optional(phone, ''),
  email: v.optional(email, ''),
  charges: v.optional(charges, null),
});
export type VenueRequest = v.InferOutput<typeof VenueRequest>;
export const VenueChange = v.partial(v.object(venue));
export type VenueChange = v.InferOutput<typeof VenueChange>;

/** One of our own pictures; or one elsewhere, which only other sites' pages show: ours load nothing from strangers. */
const ImageUrl = v.pipe(v.string(), v.maxLength(300), v.regex(/^(\/posters\/[\w.-]+|https:\/\/[^\s"'<>]+)$/));
const movie = {
  title: Text(1, 120),
  description: Prose,
  minutes: Whole(MINUTES_MAX),
  rating: Text(1, 12),
  imageUrl: ImageUrl,
};
export const NO_POSTER = '/posters/no-poster.svg';
export const MovieRequest = v.object({ ...movie, imageUrl: v.optional(ImageUrl, NO_POSTER) });
export type MovieRequest = v.InferOutput<typeof MovieRequest>;
export const MovieChange = v.partial(v.object(movie));
export type MovieChange = v.InferOutput<typeof MovieChange>;

const showing = {
  screen: ScreenName,
  startsAt: v.pipe(
    Instant,
    v.transform(written => new Date(written)),
  ),
  price: Price,
  capacity: Whole(CAPACITY_MAX),
};
export const ShowingRequest = v.object({ movieId: NumericId, venueId: NumericId, ...showing });
export type ShowingRequest = v.InferOutput<typeof ShowingRequest>;
export const ShowingChange = v.partial(v.object(showing));
export type ShowingChange = v.InferOutput<typeof ShowingChange>;

const Day = v.pipe(v.string(), v.isoDate());
const TimeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const Several = <T extends v.GenericSchema<unknown, string>>(one: T, most: number) =>
  v.pipe(
    v.array(one),
    v.minLength(1),
    v.maxLength(most),
    v.check(all => new Set(all).size === all.length, 'One of them twice'),
  );

/** The same film at the same times on several days, by the clock on the venue's wall. */
export const ScheduleRequest = v.pipe(
  v.object({
    movieId: NumericId,
    venueId: NumericId,
    screen: ScreenName,
    days: Several(Day, DAYS_MAX),
    times: Several(TimeOfDay, TIMES_MAX),
    price: showing.price,
    capacity: showing.capacity,
  }),
  v.forward(
    v.check(
      ({ days, times }) => days.length * times.length <= SCHEDULE_MAX,
      `At most ${SCHEDULE_MAX} showings at once`,
    ),
    ['days'],
  ),
);
export type ScheduleRequest = v.InferOutput<typeof ScheduleRequest>;

/** Something that plays, or would, while something else has the screen; without an id: of the same schedule. */
const Clash = v.object({ showingId: v.nullable(NumericId), title: v.string(), startsAt: Instant, endsAt: Instant });
export type Clash = v.InferOutput<typeof Clash>;
export const SchedulePreview = v.object({
  showings: v.array(v.object({ startsAt: Instant, endsAt: Instant, isPast: v.boolean(), clashes: v.array(Clash) })),
});
export type SchedulePreview = v.InferOutput<typeof SchedulePreview>;
export const ScheduleAnswer = v.object({ showings: v.array(ShowingView) });

export const PosterAnswer = v.object({ imageUrl: v.string() });

const { showings: _, ...movieEntries } = MovieView.entries;
export const ProgrammeMovie = v.object({ ...movieEntries, coming: v.number() });
export type ProgrammeMovie = v.InferOutput<typeof ProgrammeMovie>;
export const ProgrammeMovies = v.object({ movies: v.array(ProgrammeMovie) });

export const ProgrammeShowing = v.object({
  ...ShowingView.entries,
  endsAt: Instant,
  held: v.number(),
  sold: v.number(),
  /** Bookings that are held or paid. */
  bookings: v.number(),
});
export type ProgrammeShowing = v.InferOutput<typeof ProgrammeShowing>;
export const ProgrammeShowings = v.object({
  now: Instant,
  showings: v.array(ProgrammeShowing),
  /** Each screen of the venue with what its newest showing had. */
  screens: v.array(v.object({ screen: v.string(), capacity: v.number(), price: Money })),
});
export type ProgrammeShowings = v.InferOutput<typeof ProgrammeShowings>;

export const ProgrammeLog = v.object({
  lines: v.array(v.object({ at: Instant, who: v.string(), what: v.string(), about: v.string() })),
});
export type ProgrammeLog = v.InferOutput<typeof ProgrammeLog>;
