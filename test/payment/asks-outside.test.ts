import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import type { Collected } from '../../server/gateway/gateway.ts';
import { openCore } from '../support/money-core.ts';

const TURNS = 50; // Of the event loop: many times what a write takes.
const SILENCE = new Promise<never>(() => {});

test('I7 a payment stands in the file before the gateway is asked for it', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-intent-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'test.db');
  const core = await openCore(t, { settings: { DATABASE_URL: `sqlite:${file}` } });
  const elsewhere = new Database(file, { readonly: true });
  t.after(() => elsewhere.close());
  let written: unknown[] = [];
  core.gateway.push = (ids): Collected => {
    written = elsewhere.prepare('select id, state from payment').all();
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
  await turns();
  assert.deepEqual([core.gateway.collected, core.gateway.asked.length], [2, 1], 'both are being asked');
  const served = await Promise.race([core.hold(showing), turns().then(() => 'nobody is served')]);
  assert.match(served, /^[0-9a-f]{32}$/);
  assert.equal((await core.read<{ id: string }>(`select id from payment where id = '${payment}'`)).length, 1);
});

async function turns() {
  for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
}
