import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { change, rowsOf } from '../support/office.ts';
import { START } from '../support/tiketi.ts';
import { answered, HOUR, Movie, onlyShowing, openOlderPage, refused } from './older-page.ts';

test('every movie stands for its next showing, with a price in shillings and all dates as instants', async t => {
  const { tiketi, movies, get } = await openOlderPage(t);
  await onlyShowing(tiketi, { startsAt: new Date(Date.parse(START) + 5 * HOUR) });
  await tiketi.addShowing({ capacity: 40, startsAt: new Date(Date.parse(START) + 2 * HOUR) });
  const listed = await movies();
  const ids = listed.map(movie => movie.movieId);
  assert.ok(listed.length > 3);
  assert.equal(new Set(ids).size, ids.length, 'each movie once');
  const first = listed.find(movie => movie.movieId === 1);
  assert.deepEqual(
    [first?.title, first?.showTime, first?.price, first?.maximumTickets],
    ['Top Gun: Maverick', '2026-11-22T14:00:00.000Z', 500, 40],
  );
  const { movie } = answered(await get('/api/movies/1'), v.strictObject({ movie: Movie }));
  assert.deepEqual(movie, first);
});

test('only showings that Daraja can be paid for are listed, and a movie without one is not there', async t => {
  const { tiketi, movies, get, tryToBuy } = await openOlderPage(t);
  const payable = await rowsOf<{ movie: number }>(
    tiketi,
    `select distinct movie from showing join venue on venue.id = showing.venue where country = 'KE' and startsAt > ${Date.parse(START)}`,
  );
  assert.deepEqual(new Set((await movies()).map(movie => movie.movieId)), new Set(payable.map(({ movie }) => movie)));
  await change(tiketi, 'update showing set cancelledAt = startsAt where movie = 2 and venue = 1');
  assert.equal(
    (await movies()).some(movie => movie.movieId === 2),
    false,
  );
  refused(await get('/api/movies/2'), 404);
  refused(await tryToBuy({ movieId: 2 }), 400);
});

test('a movie that does not exist is 404 with a sentence, whatever its number looks like', async t => {
  const { get } = await openOlderPage(t);
  for (const id of ['9999', '0', '-1', '1e3', 'abc', '1.5', '99999999999999999999', '%3Cb%3E', '1/2'])
    assert.doesNotMatch(refused(await get(`/api/movies/${id}`), 404), /[<\d]|abc/, id);
});

test('posters have whole addresses that other sites may show', async t => {
  const { tiketi, movies } = await openOlderPage(t);
  const [movie] = await movies();
  const { pathname, origin } = new URL(movie?.imageUrl ?? '');
  assert.equal(origin, tiketi.server.parts.config.publicUrl);
  const { status, headers } = await tiketi.customer.ask('GET', pathname);
  assert.equal(status, 200);
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
  await change(tiketi, "update movie set imageUrl = 'https://posters.example/a.jpg?w=1&h=2'");
  assert.equal((await movies())[0]?.imageUrl, 'https://posters.example/a.jpg?w=1&h=2');
});

test('without Daraja nothing is listed', async t => {
  const { tiketi, movies } = await openOlderPage(t);
  tiketi.server.parts.lines.delete('daraja');
  assert.deepEqual(await movies(), []);
});
