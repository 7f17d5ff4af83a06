import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { ProgrammeLog } from '../../shared/office/programme.ts';
import { MovieView, ShowingView, VenueView } from '../../shared/views.ts';
import type { Answer } from './customer.ts';
import type { Tiketi } from './tiketi.ts';

export const SHILLINGS_500 = { amount: 50_000, currency: 'KES' };
export const A_VENUE = {
  name: 'Mombasa Drive-in',
  city: 'Mombasa',
  country: 'KE',
  currency: 'KES',
  timeZone: 'Africa/Nairobi',
};
export const A_MOVIE = { title: 'The Long Rain', description: 'It rains.\nFor long.', minutes: 100, rating: 'PG' };
export const TOMORROW = '2026-11-23';

/** A manager's hands on the programme; `cookie` says whose. */
export function programmer({ customer, url }: Tiketi, cookie: string) {
  const ask = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<Answer> =>
    customer.ask(method, `/api/v1${path}`, body, { cookie });
  const does = async <T>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    schema: v.GenericSchema<unknown, T>,
    body?: unknown,
  ) => {
    const answer = await ask(method, path, body);
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return v.parse(schema, answer.body);
  };
  return {
    ask,
    does,
    addVenue: (change: object = {}) =>
      does('POST', '/venues', VenueView, { ...A_VENUE, name: `Cinema ${randomUUID()}`, ...change }),
    addMovie: (change: object = {}) => does('POST', '/movies', MovieView, { ...A_MOVIE, ...change }),
    /** On a screen that nobody else uses. */
    addShowing: (change: object = {}) =>
      does('POST', '/showings', ShowingView, {
        movieId: 1,
        venueId: 1,
        screen: randomUUID(),
        startsAt: `${TOMORROW}T17:00:00Z`,
        price: SHILLINGS_500,
        capacity: 10,
        ...change,
      }),
    change: (showingId: number, change: object) => ask('PATCH', `/showings/${showingId}`, change),
    async upload(picture: Uint8Array | string): Promise<Answer> {
      const answer = await fetch(`${url}/api/v1/box-office/posters`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'image/png' },
        body: new Uint8Array(Buffer.from(picture)),
      });
      return { status: answer.status, headers: {}, body: await answer.json() };
    },
    log: async (venueId = 1): Promise<ProgrammeLog['lines']> => {
      const { body } = await ask('GET', `/box-office/venues/${venueId}/programme-log`);
      return (body as ProgrammeLog).lines;
    },
  };
}
