import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawUpSales } from '../../server/report/sales-report.ts';
import { REPORTS_BY } from '../../shared/office/reports.ts';
import { openListening } from '../support/listening.ts';

const venue = { id: 1, name: 'Uptown', timeZone: 'Africa/Nairobi', currency: 'KES' as const };
const period = { from: '2026-11-22', to: '2026-11-22' };

/** Each line of the period itself is looked at once; of what was ever received, nothing else is. */
const isScan = (detail: string) =>
  (detail.startsWith('SCAN') && detail !== 'SCAN line') || /INDEX shift_venue \(venue=\?\)/.test(detail);

test('a day’s sales are found by index: whatever was received before or after is not looked at', async t => {
  const { em, asked, explain, scans } = await openListening(t);
  for (const by of REPORTS_BY) await drawUpSales(em, { venue, by, period }, new Date());
  assert.equal(asked.size, REPORTS_BY.length, 'one statement a table');
  assert.deepEqual(scans(isScan), []);
  for (const sql of asked)
    assert.ok(
      explain(sql).some(detail => /receipt USING INDEX receipt_created \(createdAt>\? AND createdAt<\?\)/.test(detail)),
      sql,
    );
});
