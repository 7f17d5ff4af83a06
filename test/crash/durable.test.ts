import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openDatabase } from '../../server/database/open-database.ts';
import { canTrace, isSync, promisesIn, traceServer } from './traced.ts';

const CUSTOMERS = Number(process.env.TRACED_CUSTOMERS ?? 8);

test('I8 I11 no 200, 201 or 202 leaves before the bytes written for it are on the disk', async t => {
  if (await canTrace()) await assertSyncedFirst(t);
  else {
    t.diagnostic('strace cannot run here: only what SQLite was told is looked at, not what the kernel was asked');
    await assertToldToSync(t);
  }
});

async function assertSyncedFirst(t: TestContext) {
  const happenings = await traceServer(CUSTOMERS);
  const promises = promisesIn(happenings);
  t.diagnostic(`${promises.length} promises traced, ${happenings.filter(isSync).length} syncs`);
  assert.equal(promises.length, CUSTOMERS * 3, 'a booking, a payment and a callback each');
  assert.deepEqual(
    promises.filter(({ written, synced }) => !written || !synced),
    [],
  );
  const without = promisesIn(happenings.filter(one => !isSync(one)));
  assert.ok(
    without.every(({ synced }) => !synced),
    'the same trace without its syncs is found out',
  );
}

/** A file that exists already is where the library would be content with less. */
async function assertToldToSync(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-durable-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (let opening = 0; opening < 2; opening++) {
    const database = await openDatabase(join(folder, 'test.db'));
    const [row] = await database.read().execute<{ synchronous: number }[]>('pragma synchronous');
    assert.equal(row?.synchronous, 2);
    await database.close();
  }
}
