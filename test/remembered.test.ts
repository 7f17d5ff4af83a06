import assert from 'node:assert/strict';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pino } from 'pino';
import { readConfig } from '../server/config.ts';
import { startServer } from '../server/start-server.ts';
import { freePort } from './support/free-port.ts';
import { ManualClock } from './support/manual-clock.ts';
import { newPlace, type Place, type Store, testOnEachStore } from './support/stores.ts';
import { START } from './support/tiketi.ts';

type Environment = Record<string, string>;

const DATA_KEY = 'a data key of at least 32 characters';
const LIVE = {
  MPESA_BASE_URL: 'https://api.safaricom.co.ke',
  MPESA_CONSUMER_KEY: 'key',
  MPESA_CONSUMER_SECRET: 'secret',
  MPESA_PASSKEY: 'passkey',
  MPESA_BUSINESS_SHORT_CODE: '600123',
  PUBLIC_URL: 'https://tickets.example.com',
  DATA_KEY,
};

testOnEachStore('a live database starts with no test settings, a test one with no live ones', async (t, store) => {
  const [live, practice] = [await placeOf(t, store), await placeOf(t, store)];
  await startAndStop(live, LIVE);
  await assert.rejects(startAndStop(live, { DATA_KEY, SIMULATOR: 'off' }), /This is a live database/);
  await startAndStop(live, LIVE);
  await startAndStop(practice, { DATA_KEY, SIMULATOR: 'off' });
  await assert.rejects(startAndStop(practice, LIVE), /This is a test database/);
  await startAndStop(practice, { DATA_KEY, SIMULATOR: 'off' });
});

testOnEachStore('a database opens with the key that sealed it and with no other', async (t, store) => {
  const place = await placeOf(t, store);
  await startAndStop(place, { DATA_KEY });
  for (const key of [`${DATA_KEY}!`, ...(store === 'sqlite' ? [''] : [])])
    await assert.rejects(startAndStop(place, { DATA_KEY: key }), /sealed with another DATA_KEY/);
  await startAndStop(place, { DATA_KEY });
});

test('a test database without a key gets one of its own, kept beside it for its owner’s eyes only', async t => {
  const place = await placeOf(t, 'sqlite');
  const before = process.umask(0);
  await startAndStop(place, {});
  process.umask(before);
  const file = join(place.folder, 'test.db.key');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const key = (await readFile(file, 'utf8')).trim();
  assert.match(key, /^[0-9a-f]{64}$/);
  await startAndStop(place, {});
  assert.equal((await readFile(file, 'utf8')).trim(), key);
  await rm(file);
  await assert.rejects(startAndStop(place, {}), /sealed with another DATA_KEY/, 'a lost key is not quietly replaced');
});

async function placeOf(t: TestContext, store: Store): Promise<Place> {
  const place = await newPlace(store);
  t.after(() => place.remove());
  return place;
}

async function startAndStop({ url, folder }: Place, settings: Environment): Promise<void> {
  const read = readConfig({ PORT: String(await freePort()), DATABASE_URL: url, ...settings });
  const config = { ...read, databaseFile: join(folder, 'test.db') };
  const server = await startServer(config, { clock: new ManualClock(START), log: pino({ level: 'silent' }) });
  await server.stop();
}
