import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeEquations } from '../../server/view/equation-view.ts';
import { seeExceptions } from '../../server/view/worklist-view.ts';
import { openListening } from '../support/listening.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const UNABLE = { sends: () => false, repeats: () => false };
/** Of a few rows by nature, or an index of the few that are open. */
const SMALL = /SCAN (venue|one)\b|USING (COVERING )?INDEX (payment_(frozen|contradicted)|receipt_open|refund_o\w+)/;

test('the list and the day’s equation go by indexes, however many payments there are', async t => {
  const { em, scans } = await openListening(t);
  await seeExceptions(em, { now: NOW, able: UNABLE });
  await seeExceptions(em, { now: NOW, able: UNABLE, about: { ids: ['a'.repeat(32)], receipts: [1] } });
  await seeEquations(em, { venues: [1, null], from: NOW, until: NOW });
  assert.deepEqual(
    scans(detail => /^SCAN/.test(detail) && !SMALL.test(detail)),
    [],
  );
});
