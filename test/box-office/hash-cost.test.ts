import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { test } from 'node:test';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { query } from '../../server/model/entities.ts';
import { startServer } from '../../server/start-server.ts';
import { freePort } from '../support/free-port.ts';
import { MANAGER } from '../support/office.ts';
import { newPlace } from '../support/stores.ts';

test('a server as it is started keeps a password by argon2id with 19 MiB and two passes: hard to guess from a stolen database', async t => {
  const place = await newPlace();
  t.after(() => place.remove());
  const DATA_KEY = 'a key of at least thirty-two characters';
  const settings = { PORT: String(await freePort()), DATABASE_URL: place.url, DATA_KEY, SIMULATOR: 'off', ...MANAGER };
  const server = await startServer(readConfig(settings), { log: pino({ level: 'silent' }) });
  t.after(() => server.stop());
  const staff = query(server.parts.database.read()).selectFrom('staff').select('passwordHash');
  const { passwordHash } = await staff.executeTakeFirstOrThrow();
  const [salt = '', tag] = passwordHash?.split('.') ?? [];
  const nonce = Buffer.from(salt, 'base64url');
  assert.equal(nonce.length, 16);
  const cost = { memory: 19 * 1_024, passes: 2, parallelism: 1, tagLength: 32 };
  const expected = argon2Sync('argon2id', { message: MANAGER.MANAGER_PASSWORD, nonce, ...cost });
  assert.equal(tag, expected.toString('base64url'));
});
