import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ShowingChange } from '../../shared/socket-events.ts';
import type { ShowingView } from '../../shared/views.ts';
import { problemOf } from '../support/customer.ts';
import { bookAndPay, OTHER_PHONE, rowsOf, until } from '../support/office.ts';
import { openBoxOffice } from '../support/people.ts';
import { programmer, SHILLINGS_500, TOMORROW } from '../support/programme.ts';
import type { Tiketi } from '../support/tiketi.ts';

const SHILLINGS_900 = { amount: 90_000, currency: 'KES' };
const MINUTE = 60_000;

test('a showing is made as it is asked for, and only if it makes sense', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, addShowing, addVenue } = programmer(tiketi, manager.cookie);
  const made = await addShowing({ screen: '  Big   hall ', startsAt: `${TOMORROW}T20:00:00+03:00` });
  assert.deepEqual([made.screen, made.startsAt, made.placesLeft], ['Big hall', `${TOMORROW}T17:00:00.000Z`, 10]);
  assert.equal((await addShowing({ screen: 'big HALL', startsAt: '2026-11-24T17:00:00Z' })).screen, 'Big hall');
  const booked = await tiketi.customer.book(made.showingId);
  assert.equal(booked.total.amount, 100_000);
  const elsewhere = await addVenue();
  assert.equal((await addShowing({ venueId: elsewhere.venueId, screen: 'big hall' })).screen, 'big hall');
  const wrong: [field: string, change: object][] = [
    ['movieId', { movieId: 999 }],
    ['price', { price: { amount: 50_000, currency: 'TZS' } }],
    ['price.amount', { price: { amount: 50_050, currency: 'KES' } }],
    ['price.amount', { price: { amount: 0, currency: 'KES' } }],
    ['capacity', { capacity: 0 }],
    ['capacity', { capacity: 1.5 }],
    ['startsAt', { startsAt: '2026-11-20T17:00:00Z' }],
    ['startsAt', { startsAt: '2036-11-23T17:00:00Z' }],
    ['startsAt', { startsAt: 'tomorrow' }],
    ['screen', { screen: '' }],
  ];
  const { movieId, venueId, screen, startsAt } = made;
  for (const [field, change] of wrong) {
    const body = { movieId, venueId, screen, startsAt, price: SHILLINGS_500, capacity: 10, ...change };
    const problem = problemOf(await ask('POST', '/showings', body));
    assert.deepEqual([problem.code, problem.errors?.[0]?.path], ['invalid_body', field], JSON.stringify(change));
  }
  assert.equal(
    (await ask('POST', '/showings', { movieId, venueId: 999, screen, startsAt, price: SHILLINGS_500, capacity: 1 }))
      .status,
    404,
  );
});

test('a booking keeps the price of its hold; whoever looks at the showing sees the new one at once', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { addShowing, change, log } = programmer(tiketi, manager.cookie);
  const { showingId } = await addShowing();
  const held = await tiketi.customer.book(showingId);
  const watch = await watchShowing(tiketi, showingId);
  assert.equal((await change(showingId, { price: SHILLINGS_900 })).status, 200);
  assert.deepEqual((await watch.until(({ price }) => price.amount === 90_000)).placesLeft, 8);
  await tiketi.customer.pay(held.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  const paid = await until(tiketi, held.bookingId, view => view.state === 'confirmed');
  assert.deepEqual([paid.total.amount, tiketi.simulator.ledger.debits[0]?.amount], [100_000, 1_000]);
  assert.equal((await tiketi.customer.book(showingId)).total.amount, 180_000);
  assert.equal((await change(showingId, { price: { amount: 90_000, currency: 'TZS' } })).status, 422);
  assert.match((await log())[0]?.what ?? '', /^changed the showing \(price from KES.500 to KES.900\)$/);
});

test('there are never fewer places than are held and sold', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { addShowing, change } = programmer(tiketi, manager.cookie);
  const { showingId } = await addShowing();
  await bookAndPay(tiketi, showingId);
  await tiketi.customer.book(showingId, 3);
  const refused = problemOf(await change(showingId, { capacity: 4, price: SHILLINGS_900 }));
  assert.deepEqual([refused.code, refused.detail], ['not_possible_now', '5 places are held or sold already']);
  assert.equal((await see(tiketi, showingId)).price.amount, 50_000, 'all of a change, or nothing');
  assert.equal(((await change(showingId, { capacity: 5 })).body as ShowingView).placesLeft, 0);
  assert.equal(problemOf(await tiketi.customer.tryToBook({ showingId, quantity: 1 })).code, 'sold_out');
  assert.equal(((await change(showingId, { capacity: 7 })).body as ShowingView).placesLeft, 2);
  assert.equal((await change(999_999, { capacity: 7 })).status, 404);
});

test('while places are taken, a hall that gets smaller at the same moment never ends up too small', async t => {
  const { tiketi, manager } = await openBoxOffice(t, { RATE_LIMITS: 'off' });
  const { addShowing, change } = programmer(tiketi, manager.cookie);
  for (let round = 0; round < 6; round++) {
    const { showingId } = await addShowing({ capacity: 12 });
    const answers = await Promise.all([
      ...Array.from({ length: 3 }, () => tiketi.customer.tryToBook({ showingId, quantity: 2 })),
      ...[9, 7, 5, 3].map(capacity => change(showingId, { capacity })),
      ...Array.from({ length: 3 }, () => tiketi.customer.tryToBook({ showingId, quantity: 2 })),
    ]);
    for (const { status } of answers) assert.ok([200, 201, 409].includes(status), String(status));
    const [row] = await rowsOf<{ held: number; capacity: number }>(
      tiketi,
      `select held, capacity from showing where id = ${showingId}`,
    );
    const booked = answers.filter(({ status }) => status === 201).length;
    assert.equal(row?.held, 2 * booked);
    assert.ok(row.held <= row.capacity, JSON.stringify(row));
  }
});

test('a moved showing tells everybody who booked it, on an open page too, and whoever books later knows no other time', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { addShowing, change, log } = programmer(tiketi, manager.cookie);
  const { showingId } = await addShowing({ screen: 'Screen 7' });
  const paid = await bookAndPay(tiketi, showingId, OTHER_PHONE);
  const held = await tiketi.customer.book(showingId);
  const [showing, page] = [await watchShowing(tiketi, showingId), await tiketi.customer.watch(held.bookingId)];
  const startsAt = `${TOMORROW}T18:30:00.000Z`;
  assert.equal((await change(showingId, { startsAt, screen: 'Screen 8' })).status, 200);
  const from = { startsAt: `${TOMORROW}T17:00:00.000Z`, screen: 'Screen 7' };
  const told = await page.until(view => view.showing.movedFrom !== null);
  assert.deepEqual([told.showing.startsAt, told.showing.screen, told.showing.movedFrom], [startsAt, 'Screen 8', from]);
  assert.equal((await showing.until(({ screen }) => screen === 'Screen 8')).startsAt, startsAt);
  const confirmed = await tiketi.customer.see(paid.bookingId);
  assert.deepEqual([confirmed.state, confirmed.showing.movedFrom], ['confirmed', from]);
  assert.ok(confirmed.version > paid.version && confirmed.tickets.every(({ state }) => state === 'valid'));
  const history = (await manager.history(paid.bookingId)).map(({ who, what }) => `${who} ${what}`);
  const moved =
    /^Wanjiru moved the showing from Monday,? 23 November 2026 at 20:00, Screen 7 to Monday,? 23 November 2026 at 21:30, Screen 8$/;
  assert.ok(
    history.some(line => moved.test(line)),
    history.join('\n'),
  );
  await tiketi.pass(1_000);
  assert.equal((await tiketi.customer.book(showingId)).showing.movedFrom, null);
  assert.match(
    (await log())[0]?.what ?? '',
    /^moved the showing \(time from .*20:00 to .*21:30; screen from Screen 7 to Screen 8\)$/,
  );
});

test('a showing moves to no screen that is taken, to no time that is over, and not once it has begun or was cancelled', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { addShowing, change, ask } = programmer(tiketi, manager.cookie);
  const first = await addShowing({ screen: 'Hall', movieId: 1 });
  const { body } = await ask('GET', '/movies/1');
  const { minutes } = (body as { movie: { minutes: number } }).movie;
  const ends = new Date(Date.parse(first.startsAt) + minutes * MINUTE);
  const second = await addShowing({ screen: 'Hall', startsAt: '2026-11-24T17:00:00Z' });
  const taken = await change(second.showingId, { startsAt: new Date(+ends - MINUTE).toISOString() });
  assert.equal(problemOf(taken).code, 'screen_taken');
  assert.match(problemOf(taken).errors?.[0]?.message ?? '', /is on from 2026-11-23T17:00:00.000Z to/);
  assert.equal((await change(second.showingId, { startsAt: ends.toISOString() })).status, 200, 'the minute it ends');
  assert.equal((await change(second.showingId, { screen: 'HALL' })).status, 200, 'where it is already');
  const sooner = new Date(+tiketi.clock.now() - MINUTE).toISOString();
  assert.equal(problemOf(await change(second.showingId, { startsAt: sooner })).code, 'not_possible_now');
  const soon = await tiketi.addShowing({ startsAt: new Date(+tiketi.clock.now() + MINUTE) });
  await tiketi.pass(2 * MINUTE);
  assert.equal(problemOf(await change(soon, { screen: 'Garden' })).detail, 'This showing has begun');
  const { showingId } = first;
  await ask('POST', `/box-office/showings/${showingId}/cancellations`, { note: 'no film came' });
  for (const wish of [{ screen: 'Garden' }, { capacity: 100 }])
    assert.equal(problemOf(await change(showingId, wish)).detail, 'This showing was cancelled');
  assert.equal((await change(second.showingId, { startsAt: first.startsAt })).status, 200, 'its screen is free again');
});

test('the storefront hears of every change of the programme, and after a bad moment of the network what it missed', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { addMovie, addShowing } = programmer(tiketi, manager.cookie);
  const socket = tiketi.customer.socket();
  const seen = await socket.emitWithAck('programme:watch');
  assert.deepEqual(seen, { version: 0, withinMs: 5 });
  const changed = new Promise<{ version: number }>(told => socket.once('programme:changed', told));
  const { movieId } = await addMovie();
  assert.deepEqual(await changed, { version: 1, withinMs: 5 });
  await addShowing({ movieId });
  assert.deepEqual(await tiketi.customer.socket().emitWithAck('programme:watch'), {
    version: 2,
    withinMs: 10,
  });
  const { body } = await tiketi.customer.ask('GET', '/api/v1/movies');
  const { version, movies } = body as { version: number; movies: { title: string }[] };
  assert.ok(version === 2 && movies.some(({ title }) => title === 'The Long Rain'));
});

async function see({ customer }: Tiketi, showingId: number): Promise<ShowingView> {
  return (await customer.ask('GET', `/api/v1/showings/${showingId}`)).body as ShowingView;
}

async function watchShowing({ customer }: Tiketi, showingId: number) {
  const socket = customer.socket();
  const heard: ShowingChange[] = [];
  let news: () => void = () => {};
  socket.on('showing:changed', change => {
    heard.push(change);
    news();
  });
  const answer = await socket.emitWithAck('showing:watch', { showingId });
  assert.ok('showing' in answer);
  return {
    async until(what: (change: ShowingChange) => boolean): Promise<ShowingChange> {
      for (;;) {
        const found = heard.find(what);
        if (found) return found;
        await new Promise<void>(told => {
          news = told;
        });
      }
    },
  };
}
