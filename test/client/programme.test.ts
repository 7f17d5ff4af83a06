import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createKept } from '../../client/kit/kept.ts';
import { Programme } from '../../client/show/programme.ts';
import type { MovieView, ShowingView, VenueView } from '../../shared/views.ts';
import { aShowing, later, NOW } from './views.ts';

const HOUR = 3_600;
const NAIROBI = { venueId: 1, venue: 'A cinema' };
const DAR = { venueId: 2, venue: 'Another cinema', timeZone: 'Africa/Dar_es_Salaam' };
const AS_PLANNED = {
  startsAt: later(2 * HOUR),
  screen: 'Screen 1',
  price: { amount: 50_000, currency: 'KES' as const },
};

let now: Date;
let programme: Programme;
beforeEach(() => {
  now = new Date(NOW); // 15:00 in Nairobi.
  const items = new Map<string, string>();
  const storage = { getItem: (name: string) => items.get(name) ?? null, removeItem: () => {} };
  const kept = createKept({ ...storage, setItem: (name, value) => void items.set(name, value) });
  programme = new Programme(kept, () => now);
  programme.takeMovies([
    aMovie(1, showing(10, 1, 5 * HOUR), showing(11, 1, 2 * HOUR), showing(12, 1, 26 * HOUR)),
    aMovie(2, showing(20, 2, 3 * HOUR), showing(21, 2, 10 * HOUR)),
    aMovie(3, showing(30, 3, 4 * HOUR, DAR)),
  ]);
});

test('a day is the venue’s day, and shows what starts next first', () => {
  assert.deepEqual(
    programme.days.map(({ day }) => day),
    ['2026-11-22', '2026-11-23'],
  );
  assert.deepEqual(programme.lookedAt(), [11, 10, 20]);
  programme.chooseDay('2026-11-23');
  assert.deepEqual(programme.lookedAt(), [21, 12]); // 01:00 and 17:00.
});

test('what has begun is gone, and with its last showing the day', () => {
  now = new Date(later(3 * HOUR));
  assert.deepEqual(programme.lookedAt(), [10]);
  now = new Date(later(6 * HOUR));
  assert.equal(programme.day, '2026-11-23');
});

test('venues are called by their city, unless two share one', () => {
  programme.takeVenues([aVenue(1, 'Nairobi'), aVenue(2, 'Dar es Salaam')]);
  assert.deepEqual(programme.venues, [
    { venueId: 1, label: 'Nairobi' },
    { venueId: 2, label: 'Dar es Salaam' },
  ]);
  programme.takeVenues([aVenue(1, 'Nairobi'), aVenue(2, 'Nairobi')]);
  assert.deepEqual(
    programme.venues.map(({ label }) => label),
    ['A cinema', 'Another cinema'],
  );
});

test('the chosen venue is kept; one that closed gives way to the first', () => {
  programme.chooseVenue(2);
  assert.deepEqual(programme.lookedAt(), [30]);
  programme.takeMovies([aMovie(1, showing(10, 1, HOUR))]);
  assert.equal(programme.venueId, 1);
});

test('the newest number of places counts, whichever way and in whatever order it came', () => {
  const left = () => programme.playing[0]?.showings[0]?.placesLeft;
  programme.takeAvailability({ showingId: 11, version: 5, placesLeft: 40, cancelled: false, ...AS_PLANNED });
  programme.takeAvailability({ showingId: 11, version: 4, placesLeft: 90, cancelled: false, ...AS_PLANNED });
  assert.equal(left(), 40);
  programme.takeMovies([aMovie(1, { ...showing(11, 1, 2 * HOUR), version: 6, placesLeft: 7 })]);
  assert.equal(left(), 7);
});

test('a showing that is cancelled leaves the programme at once', () => {
  programme.takeAvailability({ showingId: 11, version: 5, placesLeft: 40, cancelled: true, ...AS_PLANNED });
  assert.deepEqual(programme.lookedAt(), [20, 10]);
});

function aMovie(movieId: number, ...showings: ShowingView[]): MovieView {
  return { movieId, title: 'A film', description: '', imageUrl: '', minutes: 100, rating: 'GE', showings };
}

function showing(showingId: number, movieId: number, seconds: number, venue: Partial<ShowingView> = NAIROBI) {
  return aShowing({ showingId, movieId, startsAt: later(seconds), ...venue });
}

function aVenue(venueId: number, city: string): VenueView {
  const nothing = { name: '', address: '', phone: '', email: '', charges: null };
  return { ...nothing, venueId, city, country: 'KE', currency: 'KES', timeZone: 'Africa/Nairobi', gateways: [] };
}
