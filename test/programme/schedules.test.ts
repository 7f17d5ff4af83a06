import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SchedulePreview } from '../../shared/office/programme.ts';
import type { ShowingView } from '../../shared/views.ts';
import { problemOf } from '../support/customer.ts';
import { openBoxOffice } from '../support/people.ts';
import { programmer, SHILLINGS_500 } from '../support/programme.ts';

const WEEK = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'];

test('a week’s schedule is made at the venue’s own times, all of it or nothing', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, addMovie, addShowing, log } = programmer(tiketi, manager.cookie);
  const { movieId } = await addMovie({ minutes: 120 });
  const schedule = {
    movieId,
    venueId: 1,
    screen: 'Roof',
    days: WEEK,
    times: ['15:00', '20:30'],
    price: SHILLINGS_500,
    capacity: 80,
  };
  const { body } = await ask('POST', '/box-office/schedule-previews', schedule);
  const preview = (body as SchedulePreview).showings;
  assert.equal(preview.length, 14);
  assert.deepEqual(preview[0], {
    startsAt: '2026-11-23T12:00:00.000Z',
    endsAt: '2026-11-23T14:00:00.000Z',
    isPast: false,
    clashes: [],
  });
  assert.deepEqual(await planned(), [], 'a preview makes nothing');
  const other = await addShowing({ screen: 'Roof', startsAt: '2026-11-25T18:00:00Z' });
  const refused = problemOf(await ask('POST', '/box-office/schedules', schedule));
  assert.equal(refused.code, 'screen_taken');
  assert.deepEqual(
    refused.errors?.map(({ path }) => path),
    ['2026-11-25T17:30:00.000Z'],
  );
  assert.match(refused.detail, new RegExp(`^${other.title} is on from 2026-11-25T18:00:00.000Z to`));
  assert.deepEqual(await planned(), [other.showingId]);
  const clashing = (
    (await ask('POST', '/box-office/schedule-previews', { ...schedule, screen: 'ROOF' })).body as SchedulePreview
  ).showings;
  assert.deepEqual(
    clashing.filter(one => one.clashes.length > 0).map(one => one.clashes[0]?.showingId),
    [other.showingId],
  );
  await ask('POST', `/box-office/showings/${other.showingId}/cancellations`, { note: 'makes room' });
  const made = await ask('POST', '/box-office/schedules', schedule);
  assert.equal(made.status, 201);
  const { showings } = made.body as { showings: ShowingView[] };
  assert.deepEqual(
    showings.map(({ startsAt }) => startsAt),
    preview.map(({ startsAt }) => startsAt),
  );
  assert.ok(showings.every(one => one.screen === 'Roof' && one.capacity === 80 && one.price.amount === 50_000));
  assert.equal(problemOf(await ask('POST', '/box-office/schedules', schedule)).code, 'screen_taken', 'twice is not');
  assert.equal((await log()).filter(({ what }) => what.startsWith('planned the showing')).length, 15);

  async function planned(): Promise<number[]> {
    const { body } = await ask('GET', '/box-office/venues/1/showings?from=2026-11-23&days=7');
    const { showings } = body as { showings: ShowingView[] };
    return showings.filter(({ screen }) => screen === 'Roof').map(({ showingId }) => showingId);
  }
});

test('a schedule does not clash with itself, lies in the future and has a limit', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, addMovie } = programmer(tiketi, manager.cookie);
  const { movieId } = await addMovie({ minutes: 120 });
  const schedule = {
    movieId,
    venueId: 1,
    screen: 'Roof',
    days: WEEK,
    times: ['15:00'],
    price: SHILLINGS_500,
    capacity: 80,
  };
  const tryOut = (change: object) => ask('POST', '/box-office/schedules', { ...schedule, ...change });
  assert.equal(problemOf(await tryOut({ times: ['15:00', '16:59'] })).code, 'screen_taken');
  assert.equal(
    problemOf(await tryOut({ days: ['2026-11-23', '2026-11-24'], times: ['23:30', '01:00'] })).code,
    'screen_taken',
    'past midnight',
  );
  const past = problemOf(await tryOut({ days: ['2026-11-22'], times: ['14:59', '18:00'] }));
  assert.deepEqual([past.code, past.errors?.length], ['invalid_body', 1]);
  const month = Array.from({ length: 30 }, (_, at) => `2026-12-${String(at + 1).padStart(2, '0')}`);
  const wrong = [
    { days: [] },
    { days: ['2026-11-31'], times: [] },
    { days: ['2026-13-01'] },
    { days: ['2026-11-23', '2026-11-23'] },
    { times: ['24:00'] },
    { times: ['9:00'] },
    { days: month, times: ['10:00', '13:00', '16:00', '19:00'] },
    { movieId: 999 },
    { price: { amount: 50_000, currency: 'TZS' } },
  ];
  for (const change of wrong)
    assert.equal(problemOf(await tryOut(change)).code, 'invalid_body', JSON.stringify(change));
  assert.equal((await tryOut({ venueId: 999 })).status, 404);
  assert.equal((await tryOut({ times: ['15:00', '17:00'] })).status, 201, 'one begins when the other ends');
});

test('of two schedules for one screen at the same moment one is made', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, addMovie } = programmer(tiketi, manager.cookie);
  const { movieId } = await addMovie();
  const schedule = {
    movieId,
    venueId: 1,
    screen: 'Roof',
    days: WEEK,
    times: ['15:00'],
    price: SHILLINGS_500,
    capacity: 80,
  };
  const answers = await Promise.all(
    ['15:00', '15:30', '14:00', '16:00'].map(time =>
      ask('POST', '/box-office/schedules', { ...schedule, times: [time] }),
    ),
  );
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 409, 409, 409]);
});
