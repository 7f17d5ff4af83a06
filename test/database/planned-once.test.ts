import assert from 'node:assert/strict';
import { test } from 'node:test';
import { query } from '../../server/model/entities.ts';
import { openCore } from '../support/money-core.ts';

test('what SQLite plans by stands in the statement, and everything else is bound', async t => {
  const { database } = await openCore(t, { store: 'sqlite' });
  const { sql, parameters } = query(database.read())
    .selectFrom('payment')
    .select('id')
    .where('live', '=', true)
    .where('state', 'in', ['started', 'pending'])
    .where('gateway', '=', 'daraja')
    .limit(7)
    .compile();
  assert.match(sql, /"live" = true and "state" in \('started', 'pending'\) and "gateway" = \? limit 7$/);
  assert.deepEqual(parameters, ['daraja']);
});

test('a partial index serves such a query', async t => {
  const { database, read } = await openCore(t, { store: 'sqlite' });
  const held = query(database.read()).selectFrom('booking').select('id').where('state', '=', 'held');
  const { sql } = held.where('kept', '=', false).where('heldUntil', '<=', new Date()).compile();
  const [plan] = await read<{ detail: string }>(`explain query plan ${sql.replace('?', '1')}`);
  assert.match(plan?.detail ?? '', /INDEX booking_hold_ends/);
});

test('a state with a quote in it is a state that nothing has', async t => {
  const { addShowing, bookAndPay, database } = await openCore(t, { store: 'sqlite' });
  await bookAndPay(await addShowing());
  const state = `held' or 'a' = 'a` as 'held';
  const found = await query(database.read()).selectFrom('booking').select('id').where('state', '=', state).execute();
  assert.deepEqual(found, []);
});
