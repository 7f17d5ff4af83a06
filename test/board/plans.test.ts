import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { search } from '../../server/board/search.ts';
import { seeBoard } from '../../server/board/see-board.ts';
import { connect } from '../../server/database/open-database.ts';
import { DurableSqliteDialect } from '../../server/database/sqlite-dialect.ts';
import { createVault } from '../../server/database/vault.ts';
import { seeBoardBookings } from '../../server/view/board-bookings.ts';
import { seeBoardShowings, seeTakings } from '../../server/view/board-view.ts';
import { START } from '../support/money-core.ts';
import { seededRandom } from '../support/seeded-random.ts';

const NOW = new Date(START);
const KEYS = ['K7M2P9QX', 'SJK4H7L2P0', '0712345678', '5678', 'wanjiru', 'wanjiru kam', 'ab'.repeat(16)];

/** A database that tells what it was asked. An empty one is enough: without statistics the plan is that of a full one. */
async function openListening(t: TestContext) {
  const dialect = new DurableSqliteDialect(':memory:');
  const { database: file } = dialect;
  const database = await connect(':memory:', dialect);
  t.after(() => database.close());
  await database.orm.migrator.up();
  await database.write(em =>
    em.execute(
      `insert into venue (name, city, country, currency, timeZone, address, phone, email)
       values ('Uptown', 'Nairobi', 'KE', 'KES', 'Africa/Nairobi', '', '', '')`,
    ),
  );
  const asked = new Set<string>();
  const prepare = file.prepare.bind(file);
  const listening = (sql: string) => {
    asked.add(sql);
    return prepare(sql);
  };
  Object.assign(file, { prepare: listening });
  const explain = (sql: string) =>
    (prepare(`explain query plan ${sql}`).all(...unknowns(sql)) as { detail: string }[]).map(({ detail }) => detail);
  return {
    em: database.read(),
    asked,
    explain,
    /** What goes through a whole table. */
    scans: () =>
      [...asked].flatMap(sql =>
        explain(sql)
          .filter(isScan)
          .map(detail => `${detail}: ${sql}`),
      ),
  };
}

const unknowns = (sql: string) => Array.from(sql.match(/\?/g) ?? [], () => null);
/** Through a table, or through all that a venue has ever sold. What is open at the moment is little. */
const isScan = (detail: string) =>
  (detail.startsWith('SCAN') && !/USING (COVERING )?INDEX (refund_open|payment_unresolved)/.test(detail)) ||
  /USING .*INDEX (showing|charge|sale)_venue \(venue=\?\)/.test(detail);

test('every search goes by an index, whatever the text could be', async t => {
  const { em, asked, scans } = await openListening(t);
  const vault = createVault('a key of at least thirty-two characters', seededRandom(1));
  for (const text of KEYS) await search(em, vault, { venueId: 1, text, now: NOW });
  assert.ok(asked.size >= 9, `${asked.size} queries were looked at`);
  assert.deepEqual(scans(), []);
});

test('results themselves are read by index too, and so is whether they need attention', async t => {
  const { em, asked, scans } = await openListening(t);
  const vault = createVault('a key of at least thirty-two characters', seededRandom(1));
  const { seeFoundBookings, seeFoundCharges } = await import('../../server/board/see-found.ts');
  const which = { ids: ['a', 'b'], openSince: NOW };
  await seeFoundBookings(em, vault, which);
  await seeFoundCharges(em, which);
  assert.ok(asked.size >= 4);
  assert.deepEqual(scans(), []);
});

test('so does the board, whole and row by row', async t => {
  const { em, asked, scans } = await openListening(t);
  assert.ok(await seeBoard(em, { venueId: 1, now: NOW, withTakings: true }));
  await seeBoardShowings(em, { ids: [1, 2] });
  await seeTakings(em, { ids: [1, 2] });
  await seeBoardBookings(em, ['a', 'b']);
  assert.ok(asked.size >= 5);
  assert.deepEqual(scans(), []);
});

test('a plan that goes through a whole table is noticed', async t => {
  const { em, scans } = await openListening(t);
  await em
    .getKysely()
    .selectFrom('booking' as never)
    .selectAll()
    .execute();
  assert.match(scans()[0] ?? '', /SCAN booking/);
});
