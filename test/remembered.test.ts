import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pino } from 'pino';
import { readConfig } from '../server/config.ts';
import { startServer } from '../server/start-server.ts';
import { freePort } from './support/free-port.ts';
import { ManualClock } from './support/manual-clock.ts';
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

test('a live database starts with no test settings, a test one with no live ones', async t => {
  const [live, practice] = [await folderOf(t), await folderOf(t)];
  await startAndStop(live, LIVE);
  await assert.rejects(startAndStop(live, { DATA_KEY, SIMULATOR: 'off' }), /This is a live database/);
  await startAndStop(live, LIVE);
  await startAndStop(practice, { DATA_KEY, SIMULATOR: 'off' });
  await assert.rejects(startAndStop(practice, LIVE), /This is a test database/);
  await startAndStop(practice, { DATA_KEY, SIMULATOR: 'off' });
});

test('a database opens with the key that sealed it and with no other', async t => {
  const folder = await folderOf(t);
  await startAndStop(folder, { DATA_KEY });
  for (const key of [{ DATA_KEY: `${DATA_KEY}!` }, { DATA_KEY: '' }])
    await assert.rejects(startAndStop(folder, key), /sealed with another DATA_KEY/);
  await startAndStop(folder, { DATA_KEY });
});

test('a test database without a key gets one of its own, kept beside it for its owner’s eyes only', async t => {
  const folder = await folderOf(t);
  const before = process.umask(0);
  await startAndStop(folder, {});
  process.umask(before);
  const file = join(folder, 'test.db.key');
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const key = (await readFile(file, 'utf8')).trim();
  assert.match(key, /^[0-9a-f]{64}$/);
  await startAndStop(folder, {});
  assert.equal((await readFile(file, 'utf8')).trim(), key);
  await rm(file);
  await assert.rejects(startAndStop(folder, {}), /sealed with another DATA_KEY/, 'a lost key is not quietly replaced');
});

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tiketi-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function startAndStop(folder: string, settings: Environment): Promise<void> {
  const config = readConfig({ PORT: String(await freePort()), DATABASE_URL: `sqlite:${folder}/test.db`, ...settings });
  const server = await startServer(config, { clock: new ManualClock(START), log: pino({ level: 'silent' }) });
  await server.stop();
}
