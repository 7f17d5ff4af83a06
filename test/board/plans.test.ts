import assert from 'node:assert/strict';
import { test } from 'node:test';
import { search } from '../../server/board/search.ts';
import { seeBoard } from '../../server/board/see-board.ts';
import { createVault } from '../../server/database/vault.ts';
import { seeBoardBookings } from '../../server/view/board-bookings.ts';
import { seeBoardShowings, seeTakings } from '../../server/view/board-view.ts';
import { openListening } from '../support/listening.ts';
import { START } from '../support/money-core.ts';
import { seededRandom } from '../support/seeded-random.ts';

const NOW = new Date(START);
const KEYS = ['K7M2P9QX', 'SJK4H7L2P0', '0712345678', '5678', 'wanjiru', 'wanjiru kam', 'ab'.repeat(16)];

/** Through a table, or through all that a venue has ever sold. What is open at the moment is little. */
const isScan = (detail: string) =>
  (detail.startsWith('SCAN') && !/USING (COVERING )?INDEX (refund_owed|payment_unresolved)/.test(detail)) ||
  /USING .*INDEX (showing|charge|sale)_venue \(venue=\?\)/.test(detail);

test('every search goes by an index, whatever the text could be', async t => {
  const { em, asked, scans } = await openListening(t);
  const vault = createVault('a key of at least thirty-two characters', seededRandom(1));
  for (const text of KEYS) await search(em, vault, { venueId: 1, text, now: NOW });
  assert.ok(asked.size >= 9, `${asked.size} queries were looked at`);
  assert.deepEqual(scans(isScan), []);
});

test('results themselves are read by index too, and so is whether they need attention', async t => {
  const { em, asked, scans } = await openListening(t);
  const vault = createVault('a key of at least thirty-two characters', seededRandom(1));
  const { seeFoundBookings, seeFoundCharges } = await import('../../server/board/see-found.ts');
  const which = { ids: ['a', 'b'], openSince: NOW };
  await seeFoundBookings(em, vault, which);
  await seeFoundCharges(em, which);
  assert.ok(asked.size >= 4);
  assert.deepEqual(scans(isScan), []);
});

test('so does the board, whole and row by row', async t => {
  const { em, asked, scans } = await openListening(t);
  assert.ok(await seeBoard(em, { venueId: 1, now: NOW, withTakings: true }));
  await seeBoardShowings(em, { ids: [1, 2] });
  await seeTakings(em, { ids: [1, 2] });
  await seeBoardBookings(em, ['a', 'b']);
  assert.ok(asked.size >= 5);
  assert.deepEqual(scans(isScan), []);
});

test('a plan that goes through a whole table is noticed', async t => {
  const { em, scans } = await openListening(t);
  await em
    .getKysely()
    .selectFrom('booking' as never)
    .selectAll()
    .execute();
  assert.match(scans(isScan)[0] ?? '', /SCAN booking/);
});
