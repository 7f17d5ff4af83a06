import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { openBoxOffice } from '../support/people.ts';
import { A_VENUE, programmer } from '../support/programme.ts';

test('a venue pays in the money of its country, by the clock of its country', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, addVenue, log } = programmer(tiketi, manager.cookie);
  const charges = { least: { amount: 10_000, currency: 'KES' }, largest: { amount: 500_000, currency: 'KES' } };
  const made = await addVenue({ ...A_VENUE, charges });
  assert.deepEqual([made.name, made.gateways, made.charges], [A_VENUE.name, ['daraja'], charges]);
  const wrong: [field: string, change: object][] = [
    ['currency', { currency: 'TZS', charges: null }],
    ['timeZone', { timeZone: 'Europe/London' }],
    ['timeZone', { timeZone: 'Nairobi' }],
    ['charges', { charges: { least: charges.largest, largest: charges.least } }],
    ['charges', { charges: { ...charges, least: { amount: 10_000, currency: 'TZS' } } }],
    ['charges.least.amount', { charges: { ...charges, least: { amount: 10_050, currency: 'KES' } } }],
    ['name', { name: A_VENUE.name }],
    ['name', { name: ' ' }],
    ['country', { country: 'UG' }],
    ['email', { email: 'nobody' }],
  ];
  for (const [field, change] of wrong) {
    const answer = await ask('POST', '/venues', { ...A_VENUE, name: 'Another', charges, ...change });
    assert.equal(problemOf(answer).code, 'invalid_body', JSON.stringify(change));
    assert.equal(problemOf(answer).errors?.[0]?.path, field);
  }
  const [line] = await log(made.venueId);
  assert.deepEqual([line?.who, line?.about], ['Wanjiru', A_VENUE.name]);
  assert.match(line?.what ?? '', /^added the venue \(.*least charge KES.100/);
});

test('a venue’s address may change at any time; its country only until something is planned there', async t => {
  const { tiketi, manager } = await openBoxOffice(t);
  const { ask, addVenue, addShowing, log } = programmer(tiketi, manager.cookie);
  const { venueId } = await addVenue();
  const abroad = { country: 'TZ', currency: 'TZS', timeZone: 'Africa/Dar_es_Salaam' };
  assert.equal((await ask('PATCH', `/venues/${venueId}`, abroad)).status, 200);
  await ask('PATCH', `/venues/${venueId}`, { country: 'KE', currency: 'KES', timeZone: 'Africa/Nairobi' });
  await addShowing({ venueId });
  assert.equal(problemOf(await ask('PATCH', `/venues/${venueId}`, abroad)).code, 'not_possible_now');
  const { status, body } = await ask('PATCH', `/venues/${venueId}`, { address: 'Nyali Road 1' });
  assert.deepEqual([status, (body as { address: string }).address], [200, 'Nyali Road 1']);
  const before = (await log(venueId)).length;
  await ask('PATCH', `/venues/${venueId}`, { address: 'Nyali Road 1' });
  assert.equal((await log(venueId)).length, before, 'what changes nothing is no change');
  assert.match((await log(venueId))[0]?.what ?? '', /^changed the venue \(address from – to Nyali Road 1\)$/);
  assert.equal(problemOf(await ask('PATCH', '/venues/999', { city: 'Thika' })).code, 'not_found');
});

test('only managers make a programme, and a manager of one venue only that venue’s', async t => {
  const { tiketi, manager, hire } = await openBoxOffice(t);
  const other = await programmer(tiketi, manager.cookie).addVenue();
  const there = await programmer(tiketi, manager.cookie).addShowing({ venueId: other.venueId });
  const own = await hire('Baraka', 'manager', 1);
  const supervisor = await hire('Subira', 'supervisor', 1);
  const showing = { movieId: 1, venueId: other.venueId, screen: 'Hall', startsAt: '2026-11-23T17:00:00Z' };
  const places = { price: { amount: 50_000, currency: 'KES' }, capacity: 10 };
  const schedule = {
    movieId: 1,
    venueId: other.venueId,
    screen: 'Hall',
    days: ['2026-11-23'],
    times: ['20:00'],
    ...places,
  };
  const elsewhere: [method: 'GET' | 'POST' | 'PATCH', path: string, body?: object][] = [
    ['POST', '/venues', A_VENUE],
    ['PATCH', `/venues/${other.venueId}`, { city: 'Thika' }],
    ['POST', '/showings', { ...showing, ...places }],
    ['PATCH', `/showings/${there.showingId}`, { capacity: 11 }],
    ['POST', '/box-office/schedules', schedule],
    ['POST', '/box-office/schedule-previews', schedule],
    ['POST', `/box-office/showings/${there.showingId}/cancellations`, { note: 'because' }],
    ['GET', `/box-office/venues/${other.venueId}/showings`],
    ['GET', `/box-office/venues/${other.venueId}/programme-log`],
  ];
  const anywhere: typeof elsewhere = [
    ['POST', '/movies', { title: 'x', description: '', minutes: 1, rating: 'GE' }],
    ['PATCH', '/movies/1', { rating: 'GE' }],
    ['GET', '/box-office/movies'],
    ['POST', '/box-office/posters'],
  ];
  for (const [method, path, body] of elsewhere)
    assert.equal(problemOf(await programmer(tiketi, own.cookie).ask(method, path, body)).code, 'forbidden', path);
  for (const [method, path, body] of [...elsewhere, ...anywhere]) {
    assert.equal(
      problemOf(await programmer(tiketi, supervisor.cookie).ask(method, path, body)).code,
      'forbidden',
      path,
    );
    assert.equal(problemOf(await programmer(tiketi, '').ask(method, path, body)).code, 'not_signed_in', path);
  }
  await programmer(tiketi, own.cookie).addShowing();
  assert.equal((await programmer(tiketi, own.cookie).ask('GET', '/box-office/venues/1/showings')).status, 200);
});
