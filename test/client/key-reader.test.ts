import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeyReader, scannedInField } from '../../client/box-office/key-reader.ts';
import { ManualClock } from '../support/manual-clock.ts';

const SCANNER_MS = 8;
const FINGERS_MS = 90;
const CODE = 'K7M2P9QRST';

/** Somebody, or something, at the keyboard. */
function openKeyboard() {
  const clock = new ManualClock('2026-11-22T12:00:00.000Z');
  const start = +clock.now();
  const heard: string[] = [];
  const reader = createKeyReader(clock, {
    scanned: code => heard.push(`scanned ${code}`),
    key: ({ key }) => heard.push(key),
  });
  function type(keys: string[], everyMs: number) {
    for (const key of keys) {
      clock.move(everyMs);
      reader.press({ key, at: +clock.now() - start });
    }
  }
  const endsCode = (afterMs: number) => reader.endsCode({ key: 'Enter', at: +clock.now() - start + afterMs });
  return { clock, heard, type, endsCode };
}

test('a scanner is heard as one code, and none of its keys steers anything', () => {
  const { clock, heard, type } = openKeyboard();
  type([...CODE, 'Enter'], SCANNER_MS);
  clock.move(1_000);
  assert.deepEqual(heard, [`scanned ${CODE}`]);
});

test('fingers are heard key by key, in order, within 40 ms', () => {
  const { clock, heard, type } = openKeyboard();
  type(['4'], FINGERS_MS);
  assert.deepEqual(heard, [], 'it might be a scanner');
  clock.move(40);
  assert.deepEqual(heard, ['4']);
  type(['2', 'Enter'], FINGERS_MS);
  assert.deepEqual(heard, ['4', '2', 'Enter']);
});

test('two keys at nearly the same time and Enter at once are a person in a hurry', () => {
  const { heard, type } = openKeyboard();
  type(['1', '2', 'Enter'], 10);
  assert.deepEqual(heard, ['1', '2', 'Enter']);
});

test('keys that no scanner sends are heard at once, after those that waited', () => {
  const { heard, type } = openKeyboard();
  type(['5', 'F2', 'Escape'], 5);
  assert.deepEqual(heard, ['5', 'F2', 'Escape']);
});

test('a scan right after a key leaves the key a key', () => {
  const { clock, heard, type } = openKeyboard();
  type(['3'], FINGERS_MS);
  clock.move(60);
  type([...CODE, 'Enter'], SCANNER_MS);
  assert.deepEqual(heard, ['3', `scanned ${CODE}`]);
});

test('in a field only what came as fast as a scanner is a scan, however much was typed before', () => {
  const presses = (keys: string, everyMs: number, from = 0) =>
    [...keys].map((key, at) => ({ key, at: from + at * everyMs }));
  const typed = presses('wanjiru', FINGERS_MS);
  const scanned = presses(CODE, SCANNER_MS, 5_000);
  const enterAt = 5_000 + CODE.length * SCANNER_MS;
  assert.equal(scannedInField([...typed, ...scanned], enterAt), CODE);
  assert.equal(scannedInField(typed, 7 * FINGERS_MS), null);
  assert.equal(scannedInField(scanned, enterAt + 1_000), null, 'the Enter was a person’s');
});

test('the Enter of a scanner is told from that of a person, so that it presses no button that has the focus', () => {
  const { type, endsCode } = openKeyboard();
  assert.equal(endsCode(0), false, 'nothing was read');
  type([...CODE], SCANNER_MS);
  assert.equal(endsCode(SCANNER_MS), true);
  assert.equal(endsCode(41), false, 'somebody pressed it later');
});
