import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Config, readConfig } from '../server/config.ts';

const RUNS = 2_000;
const LIVE_HOST = 'api.safaricom.co.ke';
const CREDENTIALS = {
  MPESA_CONSUMER_KEY: 'key',
  MPESA_CONSUMER_SECRET: 'secret',
  MPESA_PASSKEY: 'passkey',
  MPESA_BUSINESS_SHORT_CODE: '600123',
};
const SAFE = { PUBLIC_URL: 'https://tickets.example.com', DATA_KEY: 'a data key of at least 32 characters' };

/** Addresses that look like another than they are, and things that are none. */
const host = fc.constantFrom(
  ...[LIVE_HOST, LIVE_HOST.toUpperCase(), `${LIVE_HOST}.`, `${LIVE_HOST}.evil.example`, `evil-${LIVE_HOST}`],
  ...['ａｐｉ.safaricom.co.ke', 'sandbox.safaricom.co.ke', 'evil.example', 'localhost', '127.0.0.1', '0x7f.1', '[::1]'],
  ...['169.254.169.254', '[::ffff:169.254.169.254]', '0', ''],
);
const scheme = fc.constantFrom('https://', 'http://', 'HTTPS://', 'file://', 'ftp://', 'gopher://', 'data:', '//', '');
const before = fc.constantFrom('', 'user@', 'user:password@', `${LIVE_HOST}@`, `${LIVE_HOST}%2f@`);
const after = fc.constantFrom(
  '',
  ':443',
  ':80',
  '/',
  '/path',
  '?q=1',
  '#x',
  '\\@evil.example',
  '/..',
  ' ',
  '\n',
  '%00',
);
const address = fc.oneof(
  fc.tuple(fc.constant('https://'), host, fc.constantFrom('', ':443', '/')).map(parts => parts.join('')),
  fc.tuple(scheme, before, host, after).map(parts => parts.join('')),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.string(),
);

test('S27 whatever stands in the settings, a gateway is asked only at a plain http or https address, or nothing starts', () => {
  let started = 0;
  fc.assert(
    fc.property(address, MPESA_BASE_URL => {
      const config = tryConfig({ ...CREDENTIALS, ...SAFE, MPESA_BASE_URL });
      if (!config?.daraja) return;
      started += 1;
      const { protocol, username, password, search, hash } = new URL(config.daraja.baseUrl);
      assert.match(protocol, /^https?:$/);
      assert.equal(username + password + search + hash, '', config.daraja.baseUrl);
    }),
    { numRuns: RUNS },
  );
  assert.ok(started > RUNS / 50, `${started} were accepted`);
});

test('S27 S32 the live host is known in every spelling, nothing else is taken for it, and it never gets by without https and a key', () => {
  let live = 0;
  fc.assert(
    fc.property(address, fc.boolean(), (MPESA_BASE_URL, safe) => {
      const config = tryConfig({ ...CREDENTIALS, ...(safe && SAFE), MPESA_BASE_URL });
      if (!config?.daraja) return;
      const isLive = new URL(config.daraja.baseUrl).hostname.replace(/\.$/, '') === LIVE_HOST;
      assert.equal(config.mode, isLive ? 'live' : 'test', MPESA_BASE_URL);
      if (!isLive) return;
      live += 1;
      assert.ok(safe, 'without a key and a public address nothing starts');
      assert.match(config.daraja.callbackUrl, /^https:/);
      assert.equal(config.simulatorPort, null);
    }),
    { numRuns: RUNS },
  );
  assert.ok(live > RUNS / 200, `${live} were live`);
});

test('S27 a live gateway is spoken to by https alone', () => {
  for (const MPESA_BASE_URL of [`http://${LIVE_HOST}`, `http://${LIVE_HOST}:443`, `http://${LIVE_HOST}.`])
    assert.equal(tryConfig({ ...CREDENTIALS, ...SAFE, MPESA_BASE_URL }), undefined, MPESA_BASE_URL);
  assert.equal(tryConfig({ ...SAFE, PESAPAL_API_DOMAIN: 'http://pay.pesapal.com' }), undefined);
  assert.equal(tryConfig({ ...CREDENTIALS, ...SAFE, MPESA_BASE_URL: `https://${LIVE_HOST}` })?.mode, 'live');
});

/** Undefined when the settings are refused, with a report; anything else that is thrown fails. */
function tryConfig(environment: Record<string, string>): Config | undefined {
  try {
    return readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.match(error.message, /^These settings are wrong:\n/, `an accident with ${JSON.stringify(environment)}`);
    return undefined;
  }
}
