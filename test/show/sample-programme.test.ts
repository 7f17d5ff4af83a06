import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openDatabase } from '../../server/database/open-database.ts';
import { fillProgramme } from '../../server/show/fill-programme.ts';
import { dayIn } from '../../server/show/venue-time.ts';
import { execute } from '../support/raw-sql.ts';

const DAY_MS = 24 * 3_600_000;

interface Showing {
  id: number;
  title: string;
  venue: string;
  timeZone: string;
  screen: string;
  startsAt: number;
  price: number;
  currency: string;
  capacity: number;
}

async function open(t: TestContext) {
  const database = await openDatabase(':memory:');
  t.after(() => database.close());
  return {
    fill: (now: Date) => database.write(em => fillProgramme(em, now)),
    showings: (): Promise<Showing[]> =>
      execute<Showing>(
        database.read(),
        `select s.id, title, v.name as venue, timeZone, screen, startsAt, price, s.currency, capacity
           from showing s join movie m on m.id = s.movie join venue v on v.id = s.venue order by startsAt, s.id`,
      ),
    count: async (table: string) => (await database.read().execute(`select count(*) as rows from ${table}`))[0]?.rows,
  };
}

/** What can still be booked today, where the venue is. */
function stillToday(showings: Showing[], now: Date): Map<string, Showing[]> {
  const today = new Map<string, Showing[]>();
  for (const one of showings) {
    const here = today.get(one.venue) ?? [];
    const sameDay =
      JSON.stringify(dayIn(one.timeZone, new Date(one.startsAt))) === JSON.stringify(dayIn(one.timeZone, now));
    today.set(one.venue, one.startsAt > +now && sameDay ? [...here, one] : here);
  }
  return today;
}

test('whenever the first start is, something is still on today at both venues', async t => {
  const midnight = Date.parse('2026-11-21T21:00:00.000Z'); // In Nairobi and in Dar es Salaam.
  const times = [
    0,
    6 * 60,
    12 * 60,
    15 * 60,
    18 * 60 + 29,
    20 * 60,
    20 * 60 + 59,
    21 * 60,
    22 * 60,
    23 * 60,
    23 * 60 + 50,
    23 * 60 + 58,
  ];
  for (const minutes of times) {
    const now = new Date(midnight + minutes * 60_000);
    const { fill, showings } = await open(t);
    await fill(now);
    const today = stillToday(await showings(), now);
    assert.equal(today.size, 2);
    for (const [venue, ones] of today) assert.ok(ones.length > 0, `${venue} at ${now.toISOString()}`);
  }
});

test('all twelve films play at both venues within the week, and every day has its evening', async t => {
  const now = new Date('2026-11-22T06:00:00.000Z');
  const { fill, showings } = await open(t);
  await fill(now);
  const all = await showings();
  for (const venue of new Set(all.map(one => one.venue))) {
    const here = all.filter(one => one.venue === venue);
    assert.equal(new Set(here.map(one => one.title)).size, 12, venue);
    const days = new Set(here.map(one => JSON.stringify(dayIn(one.timeZone, new Date(one.startsAt)))));
    assert.equal(days.size, 7);
  }
});

test('prices are whole shillings in the venue’s own currency, and two films never begin on one screen at one time', async t => {
  const { fill, showings } = await open(t);
  await fill(new Date('2026-11-22T06:00:00.000Z'));
  const all = await showings();
  assert.ok(all.every(one => one.price > 0 && one.price % 100 === 0 && one.capacity > 0));
  assert.ok(all.every(one => one.currency === (one.venue.includes('Nairobi') ? 'KES' : 'TZS')));
  assert.equal(new Set(all.map(one => `${one.venue} ${one.screen} ${one.startsAt}`)).size, all.length);
});

test('a second start adds nothing; one a day later adds a day and leaves the rest as it was', async t => {
  const now = new Date('2026-11-22T06:00:00.000Z');
  const { fill, showings, count } = await open(t);
  await fill(now);
  const first = await showings();
  await fill(now);
  await fill(new Date(+now + 60_000));
  assert.deepEqual(await showings(), first);
  await fill(new Date(+now + DAY_MS));
  const later = await showings();
  assert.deepEqual(
    later.filter(one => first.some(({ id }) => id === one.id)),
    first,
  );
  assert.equal(later.length, first.length + 2 * 7, 'two showings on each of the seven screens');
  assert.deepEqual([await count('movie'), await count('venue')], [12, 2]);
});

test('many starts late in the evening make one late showing, not one each', async t => {
  const { fill, showings } = await open(t);
  const evening = Date.parse('2026-11-22T19:05:00.000Z'); // 22:05 in Nairobi: the last film has begun.
  await fill(new Date(evening));
  const first = (await showings()).length;
  for (const minutes of [10, 20, 40]) await fill(new Date(evening + minutes * 60_000));
  assert.equal((await showings()).length, first);
});

test('a week that is kept running is topped up for as long as it runs', async t => {
  const { fill, showings } = await open(t);
  for (let day = 0; day < 20; day++) {
    const now = new Date(Date.parse('2026-12-20T19:30:00.000Z') + day * DAY_MS); // Over the turn of the year.
    await fill(now);
    for (const [venue, ones] of stillToday(await showings(), now))
      assert.ok(ones.length > 0, `${venue} ${now.toISOString()}`);
  }
});
