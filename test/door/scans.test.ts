import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestShowing, withList, withNews } from '../../client/door/door-showings.ts';
import { type Outcome, Scans } from '../../client/door/scans.ts';
import type { AdmissionAnswer, DoorShowing, Verdict } from '../../shared/office/door.ts';
import { systemRandom } from '../../shared/random.ts';
import { readTicketCode, writeTicketCode } from '../../shared/ticket-code.ts';
import { ManualClock } from '../support/manual-clock.ts';

const NOW = '2026-11-22T17:00:00.000Z';
const CODE = '0123456789abcdef0123456789abcdef';

test('good news fills the screen for 4 seconds, bad news for 8, and no longer', () => {
  const { clock, scans } = openScans();
  for (const [verdict, ms] of [
    ['admitted', 4_000],
    ['already_admitted', 8_000],
  ] as const) {
    const scan = scans.begin(CODE, 1);
    scans.decide(scan, answered(verdict));
    clock.move(ms - 1);
    assert.equal(scans.current, scan);
    clock.move(1);
    assert.equal(scans.current, null);
  }
});

test('what was not checked is bad news', () => {
  const { clock, scans } = openScans();
  const scan = scans.begin(CODE, 1);
  scans.decide(scan, { unchecked: 'offline' });
  clock.move(7_999);
  assert.equal(scans.current, scan);
});

test('an answer to an older scan never fills the screen: it stands in the list, as late', () => {
  const { scans } = openScans();
  const older = scans.begin(CODE, 1);
  const newer = scans.begin('f'.repeat(32), 1);
  scans.decide(older, answered('admitted'));
  assert.equal(scans.current, newer);
  assert.equal(newer.outcome, null, 'it is still being checked');
  assert.deepEqual([older.outcome, older.late], [null, answered('admitted')]);
});

test('an answer after "nobody answered" does not change what the person at the door was told', () => {
  const { scans } = openScans();
  const scan = scans.begin(CODE, 1);
  scans.decide(scan, { unchecked: 'silent' });
  scans.decide(scan, answered('admitted'));
  assert.deepEqual(scans.current?.outcome, { unchecked: 'silent' });
  assert.deepEqual(scan.late, answered('admitted'));
});

test('an answer that was put away, or came when nobody looked, does not come back', () => {
  const { scans } = openScans();
  const scan = scans.begin(CODE, 1);
  scans.dismiss();
  scans.decide(scan, answered('admitted'));
  assert.equal(scans.current, null);
});

test('the same ticket after a lost answer is the same scan to the server; after any answer it is a new one', () => {
  const { scans } = openScans();
  const lost = scans.begin(CODE, 1);
  scans.decide(lost, { unchecked: 'silent' });
  assert.notEqual(scans.begin('f'.repeat(32), 1).scanId, lost.scanId, 'another ticket');
  assert.notEqual(scans.begin(CODE, 2).scanId, lost.scanId, 'at another door');
  const again = scans.begin(CODE, 1);
  assert.equal(again.scanId, lost.scanId);
  scans.decide(again, answered('admitted'));
  assert.notEqual(scans.begin(CODE, 1).scanId, lost.scanId);
});

test('a trigger that bounces is one scan; the same ticket a second later is another', () => {
  const { clock, scans } = openScans();
  const scan = scans.begin(CODE, 1);
  assert.equal(scans.isBounce(CODE, 1), true);
  assert.equal(scans.isBounce('f'.repeat(32), 1), false);
  scans.decide(scan, answered('admitted'));
  clock.move(999);
  assert.equal(scans.isBounce(CODE, 1), true);
  clock.move(1);
  assert.equal(scans.isBounce(CODE, 1), false);
});

test('once the late answer is known, the same ticket is a new scan: somebody may have been let in because of it', () => {
  const { scans } = openScans();
  const lost = scans.begin(CODE, 1);
  scans.decide(lost, { unchecked: 'silent' });
  scans.decide(lost, answered('admitted'));
  assert.notEqual(scans.begin(CODE, 1).scanId, lost.scanId);
});

test('the door opens for the showing that began or begins closest to now, and never for a cancelled one', () => {
  const at = (showingId: number, startsAt: string, cancelled = false) => showing({ showingId, startsAt, cancelled });
  const tonight = [
    at(1, '2026-11-22T15:00:00.000Z'),
    at(2, '2026-11-22T17:10:00.000Z', true),
    at(3, '2026-11-22T17:30:00.000Z'),
  ];
  assert.equal(nearestShowing(tonight, new Date(NOW))?.showingId, 3);
  assert.equal(nearestShowing(tonight, new Date('2026-11-22T15:50:00Z'))?.showingId, 1);
  assert.equal(nearestShowing([], new Date(NOW)), null);
});

test('counts that were read earlier never replace those that were read later', () => {
  const known = [showing({ now: '2026-11-22T17:00:05.000Z', admitted: 7 })];
  const old = showing({ now: '2026-11-22T17:00:04.000Z', admitted: 6 });
  assert.equal(withNews(known, old)[0]?.admitted, 7);
  assert.equal(withList(known, [old])[0]?.admitted, 7);
  assert.equal(withNews(known, { ...old, now: '2026-11-22T17:00:06.000Z' })[0]?.admitted, 6);
});

test('a ticket’s code survives being written and read, and says whether it is a test’s', () => {
  for (const isTest of [true, false])
    assert.deepEqual(readTicketCode(writeTicketCode(CODE, isTest)), { ticketCode: CODE, isTest });
  for (const strange of ['', CODE.slice(1), `${CODE}0`, `live${CODE}`, 'K7QX2M9R'])
    assert.equal(readTicketCode(strange), null);
});

function openScans() {
  const clock = new ManualClock(NOW);
  return { clock, scans: new Scans(clock, systemRandom) };
}

function showing(other: Partial<DoorShowing>): DoorShowing {
  const place = { timeZone: 'Africa/Nairobi', venue: 'CinemaSphere Nairobi', screen: 'Screen 1' };
  const counts = { sold: 10, admitted: 0, cancelled: false };
  return { now: NOW, showingId: 1, venueId: 1, title: 'Malaika', startsAt: NOW, ...place, ...counts, ...other };
}

function answered(verdict: Verdict): Outcome {
  const answer: AdmissionAnswer = { now: NOW, verdict, ticket: null, showing: showing({}) };
  return { answer };
}
