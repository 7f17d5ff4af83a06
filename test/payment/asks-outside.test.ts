import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Collected } from '../../server/gateway/gateway.ts';
import { eventually } from '../support/eventually.ts';
import { openCore } from '../support/money-core.ts';
import { openSideDoor } from '../support/side-door.ts';
import { newPlace } from '../support/stores.ts';

const SILENCE = new Promise<never>(() => {});

test('I7 a payment stands in the file before the gateway is asked for it', async t => {
  const place = await newPlace();
  const core = await openCore(t, { settings: { DATABASE_URL: place.url } });
  t.after(() => place.remove());
  const elsewhere = openSideDoor(core.config.database);
  t.after(() => elsewhere.close());
  let written: unknown[] = [];
  core.gateway.push = (ids): Collected => {
    written = elsewhere.all('select id, state from payment');
    return { answer: 'accepted', ids, redirectUrl: null };
  };
  const { payment } = await core.bookAndPay(await core.addShowing());
  assert.deepEqual(written, [{ id: payment, state: 'started' }]);
});

test('I7 while a gateway keeps us waiting, for a push or for a query, everybody else is served', async t => {
  const core = await openCore(t);
  const showing = await core.addShowing();
  const { payment } = await core.bookAndPay(showing);
  core.gateway.push = () => SILENCE;
  core.gateway.answer = () => SILENCE;
  void core.pay(await core.hold(showing), '254712345679');
  void core.pass(30_000);
  await eventually(() => core.gateway.collected === 2 && core.gateway.asked.length === 1); // Both are being asked.
  assert.match(await core.hold(showing), /^[0-9a-f]{32}$/);
  assert.equal((await core.read<{ id: string }>(`select id from payment where id = '${payment}'`)).length, 1);
});
