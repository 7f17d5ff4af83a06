import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { query } from '../../server/model/entities.ts';
import { gatewaysOf } from '../../server/parts.ts';
import { seeMovies } from '../../server/view/showing-view.ts';
import { MoviesAnswer } from '../../shared/views.ts';
import { openSideDoor } from '../support/side-door.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const HOUR_MS = 3_600_000;

/** What is told, and what one finds by reading it all anew. */
async function told({ customer, server, clock }: Tiketi) {
  const { status, headers, body } = await customer.ask('GET', '/api/v1/movies');
  assert.equal(status, 200);
  const answer = v.parse(MoviesAnswer, body);
  const { database, lines } = server.parts;
  assert.deepEqual(answer.movies, await seeMovies(database.read(), clock.now(), gatewaysOf(lines)));
  assert.equal(answer.now, clock.now().toISOString());
  return { etag: String(headers.etag), answer };
}

test('what is on is the same as read anew, after every kind of change', async t => {
  const tiketi = await openTiketi(t);
  const { server, customer, clock } = tiketi;
  const etags = [await told(tiketi).then(({ etag }) => etag)];
  const changed = async () => {
    const { etag } = await told(tiketi);
    assert.notEqual(etag, etags.at(-1));
    etags.push(etag);
  };
  const [later] = (await customer.showings()).sort((one, other) => other.startsAt.localeCompare(one.startsAt));
  assert.ok(later);
  await customer.book(later.showingId);
  await changed();
  await tiketi.addShowing({ startsAt: new Date(+clock.now() + HOUR_MS) });
  await changed();
  await tiketi.pass(HOUR_MS);
  await changed();
  const door = openSideDoor(server.parts.config.database);
  t.after(() => door.close());
  door.change(`update showing set held = held + 1, version = version + 1 where id = ${later.showingId}`);
  await changed();
});

test('who knows what is on is told so in no words, until it changes', async t => {
  const tiketi = await openTiketi(t);
  const { etag } = await told(tiketi);
  const ask = () => tiketi.customer.ask('GET', '/api/v1/movies', undefined, { 'if-none-match': etag });
  assert.equal((await ask()).status, 304);
  await tiketi.server.parts.database.write(em =>
    query(em).insertInto('remembered').values({ name: 'elsewhere', value: '' }).execute(),
  );
  assert.equal((await ask()).status, 304, 'something was written, but nothing of this');
  const showing = await tiketi.customer.payableShowing();
  await tiketi.customer.book(showing.showingId);
  assert.equal((await ask()).status, 200);
});

test('many who ask at once while places are taken are all told what had been committed when they asked', async t => {
  const tiketi = await openTiketi(t);
  const showing = await tiketi.addShowing({ capacity: 60 });
  const left = async () =>
    (await tiketi.customer.showings()).find(({ showingId }) => showingId === showing)?.placesLeft ?? -1;
  for (let taken = 2; taken <= 20; taken += 2) {
    const early = left();
    await tiketi.customer.book(showing, 2);
    const late = await Promise.all([left(), left(), left()]);
    assert.ok((await early) >= 60 - taken);
    assert.deepEqual(late, [60 - taken, 60 - taken, 60 - taken]);
  }
});
