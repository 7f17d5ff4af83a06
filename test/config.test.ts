import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, readConfig } from '../server/config.ts';

type Environment = Record<string, string>;

const SANDBOX_PASSKEY = 'bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919'; // The same for everybody, no secret.
const DATA_KEY = 'a data key of at least 32 characters';
const DARAJA = {
  MPESA_CONSUMER_KEY: 'key',
  MPESA_CONSUMER_SECRET: 'secret',
  MPESA_PASSKEY: 'passkey',
  MPESA_BUSINESS_SHORT_CODE: '600123',
};
const LIVE = {
  ...DARAJA,
  MPESA_BASE_URL: 'https://api.safaricom.co.ke',
  PUBLIC_URL: 'https://tickets.example.com',
  DATA_KEY,
};

test('with nothing configured every setting has its documented default', () => {
  const config = readConfig({});
  const { host, port, publicUrl, databaseFile, dataKey, trustedProxies, mode, simulatorPort } = config;
  assert.deepEqual({ host, port, publicUrl }, { host: '127.0.0.1', port: 3000, publicUrl: 'http://localhost:3000' });
  assert.deepEqual(
    { databaseFile, dataKey, trustedProxies },
    { databaseFile: 'data/tiketi.db', dataKey: null, trustedProxies: 0 },
  );
  assert.deepEqual({ mode, simulatorPort }, { mode: 'test', simulatorPort: 3001 });
  assert.deepEqual(config.allowedOrigins, []);
  assert.equal(config.sampleData, true);
  assert.equal(config.logLevel, 'info');
  assert.equal(config.callbackSources.enforced, false);
  const seconds = [25, 45, 75, 120, 180, 300, 600, 1_200, 2_400, 5_400, 10_800, 21_600, 43_200, 86_400];
  const { holdMs, holdCapMs, promptMs, promptGraceMs, retryAfterMs, gatewayTimeoutMs, ...others } = config.rules;
  assert.deepEqual([holdMs, holdCapMs, promptMs, promptGraceMs], [600_000, 1_200_000, 90_000, 30_000]);
  assert.deepEqual([retryAfterMs, gatewayTimeoutMs], [120_000, 20_000]);
  assert.deepEqual(
    others.checkAfterMs,
    seconds.map(one => one * 1_000),
  );
  assert.equal(others.pushesPerSecond, 20);
  assert.deepEqual(others.queriesPerMinute, { daraja: 5, pesapal: 300 });
  assert.equal(others.limited, true);
  const daraja = readConfig(DARAJA).daraja;
  assert.equal(daraja?.baseUrl, 'https://sandbox.safaricom.co.ke');
  assert.equal(daraja?.callbackUrl, 'http://localhost:3000/callbacks/daraja');
  assert.equal(daraja?.tillNumber, null);
});

test('every setting does what its name says, fractions included', () => {
  const cases: [Environment, (config: Config) => unknown, unknown][] = [
    [{ HOST: '0.0.0.0' }, config => config.host, '0.0.0.0'],
    [{ PORT: '4000' }, config => [config.port, config.publicUrl], [4000, 'http://localhost:4000']],
    [{ PUBLIC_URL: 'https://x.example/' }, config => config.publicUrl, 'https://x.example'],
    [
      { PUBLIC_URL: 'https://x.example', ...DARAJA },
      config => config.daraja?.callbackUrl,
      'https://x.example/callbacks/daraja',
    ],
    [
      { ALLOWED_ORIGINS: 'https://a.example, http://localhost:5000' },
      config => config.allowedOrigins,
      ['https://a.example', 'http://localhost:5000'],
    ],
    [{ DATABASE_URL: 'sqlite:/var/lib/x.db' }, config => config.databaseFile, '/var/lib/x.db'],
    [{ DATABASE_URL: 'sqlite::memory:' }, config => config.databaseFile, ':memory:'],
    [{ DATABASE_URL: 'postgres://u:p@h/d', DATA_KEY }, config => config.database, 'postgres://u:p@h/d'],
    [{ DATABASE_CONNECTIONS: '40' }, config => config.databaseConnections, 40],
    [{ DATA_KEY }, config => config.dataKey, DATA_KEY],
    [{ TRUSTED_PROXIES: '2' }, config => config.trustedProxies, 2],
    [{ ...DARAJA, MPESA_TILL_NUMBER: '5001234' }, config => config.daraja?.tillNumber, '5001234'],
    [{ ...DARAJA, MPESA_BASE_URL: 'http://127.0.0.1:9/' }, config => config.daraja?.baseUrl, 'http://127.0.0.1:9'],
    [
      { ...DARAJA, MPESA_CALLBACK_URL: 'https://x.example/in/' },
      config => config.daraja?.callbackUrl,
      'https://x.example/in',
    ],
    [{ MPESA_CALLBACK_IPS_ENFORCE: 'on' }, config => config.callbackSources.enforced, true],
    [{ SIMULATOR_PORT: '3999' }, config => config.simulatorPort, 3999],
    [{ HOLD_MINUTES: '0.5' }, config => config.rules.holdMs, 30_000],
    [{ HOLD_MINUTES: '1', HOLD_CAP_MINUTES: '1.5' }, config => config.rules.holdCapMs, 90_000],
    [{ PROMPT_SECONDS: '0.25' }, config => config.rules.promptMs, 250],
    [{ PROMPT_GRACE_SECONDS: '0' }, config => config.rules.promptGraceMs, 0],
    [{ RETRY_AFTER_SECONDS: '1.5' }, config => config.rules.retryAfterMs, 1_500],
    [{ CHECK_AFTER_SECONDS: '0.5, 1,2.25' }, config => config.rules.checkAfterMs, [500, 1_000, 2_250]],
    [{ PUSHES_PER_SECOND: '0.5' }, config => config.rules.pushesPerSecond, 0.5],
    [{ GATEWAY_TIMEOUT_SECONDS: '2.5' }, config => config.rules.gatewayTimeoutMs, 2_500],
    [{ ...DARAJA, GATEWAY_TIMEOUT_SECONDS: '2.5' }, config => config.daraja?.timeoutMs, 2_500],
    [{ DARAJA_QUERIES_PER_MINUTE: '0.1' }, config => config.rules.queriesPerMinute.daraja, 0.1],
    [{ PESAPAL_QUERIES_PER_MINUTE: '7.5' }, config => config.rules.queriesPerMinute.pesapal, 7.5],
    [{ RATE_LIMITS: 'off' }, config => config.rules.limited, false],
    [{ SAMPLE_DATA: 'off' }, config => config.sampleData, false],
    [LIVE, config => [config.mode, config.sampleData], ['live', false]],
    [{ ...LIVE, SAMPLE_DATA: 'on' }, config => config.sampleData, true],
    [{ LOG_LEVEL: 'trace' }, config => config.logLevel, 'trace'],
  ];
  for (const [environment, read, value] of cases)
    assert.deepEqual(read(readConfig(environment)), value, JSON.stringify(environment));
});

test('the addresses of callbacks are the published ones, and this machine’s where the gateway is on it', () => {
  const listed = (environment: Environment, address: string) =>
    readConfig(environment).callbackSources.listed.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  assert.ok(listed(DARAJA, '196.201.214.200'));
  assert.ok(!listed(DARAJA, '127.0.0.1'), 'not the sandbox of Safaricom');
  assert.ok(listed({}, '127.0.0.1') && listed({}, '::1'), 'the simulator');
  const own = { ...DARAJA, MPESA_CALLBACK_IPS: '10.1.0.0/16, 2c0f::/32, 41.90.1.1' };
  for (const address of ['10.1.2.3', '2c0f::5', '41.90.1.1']) assert.ok(listed(own, address), address);
  for (const address of ['10.2.0.1', '196.201.214.200', '41.90.1.2']) assert.ok(!listed(own, address), address);
});

const WRONG: Environment[] = [
  ...['x', '-1', '1.5', '65536', '1e3', '0x10', 'Infinity', 'NaN'].map(PORT => ({ PORT })),
  ...['x', '//x', 'ftp://x.example', 'x.example', 'https://', 'https://x.example?a=b', 'https://x.example/#a'].map(
    PUBLIC_URL => ({ PUBLIC_URL }),
  ),
  ...['https://a:b@x.example'].map(PUBLIC_URL => ({ PUBLIC_URL })),
  ...['x', '*', 'https://a.example/', 'https://a.example/path', 'https://a.example,,', 'null'].map(ALLOWED_ORIGINS => ({
    ALLOWED_ORIGINS,
  })),
  ...['x', 'sqlite:', 'postgres://', 'mysql://x', '/var/x.db'].map(DATABASE_URL => ({ DATABASE_URL })),
  ...['x', '1', '501', '1.5'].map(DATABASE_CONNECTIONS => ({ DATABASE_CONNECTIONS })),
  { DATA_KEY: 'short' },
  ...['x', '-1', '1.5', '11', 'true'].map(TRUSTED_PROXIES => ({ TRUSTED_PROXIES })),
  ...['x', 'api.safaricom.co.ke'].map(MPESA_BASE_URL => ({ MPESA_BASE_URL })),
  ...['x', '1234', '12345678', '174 379'].map(MPESA_BUSINESS_SHORT_CODE => ({ ...DARAJA, MPESA_BUSINESS_SHORT_CODE })),
  ...['x', '1234'].map(MPESA_TILL_NUMBER => ({ MPESA_TILL_NUMBER })),
  ...['x', '/callbacks'].map(MPESA_CALLBACK_URL => ({ MPESA_CALLBACK_URL })),
  ...['x', '1.2.3', '1.2.3.4/33', '1.2.3.4,', '1.2.3.4/x', '::1/129'].map(MPESA_CALLBACK_IPS => ({
    MPESA_CALLBACK_IPS,
  })),
  ...['x', 'yes', '1', 'ON'].map(MPESA_CALLBACK_IPS_ENFORCE => ({ MPESA_CALLBACK_IPS_ENFORCE })),
  { PESAPAL_API_DOMAIN: 'pay.pesapal.com' },
  ...['x', 'true', 'yes'].map(SIMULATOR => ({ SIMULATOR })),
  ...['x', '-1', '65536'].map(SIMULATOR_PORT => ({ SIMULATOR_PORT })),
  ...['x', '0', '-1', 'Infinity', '10 minutes'].map(HOLD_MINUTES => ({ HOLD_MINUTES })),
  ...['x', '0', '-1'].map(HOLD_CAP_MINUTES => ({ HOLD_CAP_MINUTES })),
  { HOLD_MINUTES: '10', HOLD_CAP_MINUTES: '9' },
  ...['x', '0', '-1', '1e9'].map(PROMPT_SECONDS => ({ PROMPT_SECONDS })),
  ...['x', '-1'].map(PROMPT_GRACE_SECONDS => ({ PROMPT_GRACE_SECONDS })),
  ...['x', '-1', '2m'].map(RETRY_AFTER_SECONDS => ({ RETRY_AFTER_SECONDS })),
  ...['x', '25,x', '25,,45', ',25', '25,', '45,25', '25,25', '-1', '25,Infinity', '25;45', '1e3'].map(
    CHECK_AFTER_SECONDS => ({ CHECK_AFTER_SECONDS }),
  ),
  ...['x', '0', '-1'].map(PUSHES_PER_SECOND => ({ PUSHES_PER_SECOND })),
  ...['x', '0', '-1'].map(GATEWAY_TIMEOUT_SECONDS => ({ GATEWAY_TIMEOUT_SECONDS })),
  ...['x', '0'].map(DARAJA_QUERIES_PER_MINUTE => ({ DARAJA_QUERIES_PER_MINUTE })),
  ...['x', '0'].map(PESAPAL_QUERIES_PER_MINUTE => ({ PESAPAL_QUERIES_PER_MINUTE })),
  ...['x', 'false', 'OFF'].map(RATE_LIMITS => ({ RATE_LIMITS })),
  ...['x', 'no'].map(SAMPLE_DATA => ({ SAMPLE_DATA })),
  ...['x', 'INFO', 'verbose'].map(LOG_LEVEL => ({ LOG_LEVEL })),
  ...['MPESA_CONSUMERKEY', 'MPESA_SHORTCODE', 'MPESA_', 'PESAPAL_SECRET', 'PESAPAL_URL'].map(name => ({ [name]: 'x' })),
];

test('a value that cannot be meant is reported with its name', () => {
  for (const environment of WRONG)
    assert.match(complaint(environment), new RegExp(`\\b${nameOf(environment)}\\b`), JSON.stringify(environment));
});

test('all mistakes are reported together', () => {
  const everything = Object.assign({}, ...WRONG.filter(environment => Object.keys(environment).length === 1));
  const told = complaint(everything);
  for (const name of Object.keys(everything)) assert.match(told, new RegExp(`\\n {2}${name}: `), name);
  const both = complaint({ ...LIVE, DATA_KEY: '', PUBLIC_URL: 'http://x.example', MPESA_CONSUMERKEY: 'x' });
  for (const name of ['DATA_KEY', 'PUBLIC_URL', 'MPESA_CONSUMERKEY'])
    assert.match(both, new RegExp(`\\n {2}${name}: `));
});

test('an empty or blank setting is one that was not set', () => {
  const names = WRONG.flatMap(environment => Object.keys(environment)).filter(name => !name.endsWith('_'));
  const known = [...new Set(names)].filter(name => !complaint({ [name]: 'x' }).includes('there is no such setting'));
  assert.ok(known.length > 25);
  const [unset, empty, blank] = [
    {},
    ...['', '  '].map(value => Object.fromEntries(known.map(name => [name, value]))),
  ].map(readConfig);
  assert.deepEqual(empty, unset);
  assert.deepEqual(blank, unset);
  assert.match(complaint({ ...LIVE, DATA_KEY: ' ' }), /DATA_KEY/);
});

test('settings that must not meet are refused', () => {
  const refused: [Environment, string][] = [
    [{ ...LIVE, MPESA_BUSINESS_SHORT_CODE: '174379' }, 'MPESA_BUSINESS_SHORT_CODE'],
    [{ ...LIVE, MPESA_PASSKEY: SANDBOX_PASSKEY }, 'MPESA_PASSKEY'],
    [{ ...LIVE, PUBLIC_URL: 'http://tickets.example.com' }, 'PUBLIC_URL'],
    [{ ...LIVE, PUBLIC_URL: '' }, 'PUBLIC_URL'],
    [{ ...LIVE, MPESA_CALLBACK_URL: 'http://tickets.example.com/in' }, 'MPESA_CALLBACK_URL'],
    [{ ...LIVE, DATA_KEY: '' }, 'DATA_KEY'],
    [{ DATABASE_URL: 'postgres://localhost/x' }, 'DATA_KEY'],
    [{ ...LIVE, SIMULATOR: 'on' }, 'SIMULATOR'],
    [{ ...LIVE, RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
    [{ ...LIVE, MPESA_BASE_URL: 'https://API.Safaricom.co.ke.:443/', DATA_KEY: '' }, 'DATA_KEY'],
    [{ MPESA_BASE_URL: 'https://api.safaricom.co.ke' }, 'PUBLIC_URL'],
    [{ PESAPAL_API_DOMAIN: 'https://pay.pesapal.com', PUBLIC_URL: 'http://x.example' }, 'PUBLIC_URL'],
    [{ PESAPAL_API_DOMAIN: 'https://pay.pesapal.com', PUBLIC_URL: 'https://x.example' }, 'DATA_KEY'],
    [{ PUBLIC_URL: 'https://x.example', RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
    [{ PUBLIC_URL: 'http://127.0.0.1.example.com', RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
    [{ PUBLIC_URL: 'http://0.0.0.0:3000', RATE_LIMITS: 'off' }, 'RATE_LIMITS'],
    ...['mpesa', 'M-PESA', 'safaricom', 'exe', 'exec', 'cmd', 'sql', 'query'].map((word): [Environment, string] => [
      { MPESA_CALLBACK_URL: `https://x.example/${word}/in` },
      'MPESA_CALLBACK_URL',
    ]),
    [{ ...DARAJA, PUBLIC_URL: 'https://mpesa-tickets.example' }, 'MPESA_CALLBACK_URL'],
    ...Object.keys(DARAJA).map((name): [Environment, string] => [{ ...DARAJA, [name]: '' }, name]),
    [{ PORT: '0' }, 'PUBLIC_URL'],
    [{ PORT: '0', ...DARAJA }, 'PUBLIC_URL'],
    [{ MANAGER_NAME: 'Amina' }, 'MANAGER_PASSWORD'],
    [{ MPESA_INITIATOR_NAME: 'x', MPESA_INITIATOR_PASSWORD: 'x' }, 'MPESA_CERTIFICATE_FILE'],
    [{ PESAPAL_CONSUMER_KEY: 'key' }, 'PESAPAL_CONSUMER_SECRET'],
    [{ PESAPAL_CONSUMER_SECRET: 'secret' }, 'PESAPAL_CONSUMER_KEY'],
  ];
  for (const [environment, name] of refused)
    assert.match(complaint(environment), new RegExp(`\\b${name}\\b`), JSON.stringify(environment));
  const accepted: Environment[] = [
    LIVE,
    { ...LIVE, MPESA_BUSINESS_SHORT_CODE: '1743790' },
    { ...DARAJA, MPESA_BUSINESS_SHORT_CODE: '174379', MPESA_PASSKEY: SANDBOX_PASSKEY },
    { ...DARAJA, PUBLIC_URL: 'http://tickets.example.com' },
    { PUBLIC_URL: 'https://mpesa-tickets.example' },
    { PORT: '0', PUBLIC_URL: 'http://localhost:8080' },
    { PUBLIC_URL: 'http://[::1]:3000', RATE_LIMITS: 'off' },
    { PUBLIC_URL: 'http://127.1.2.3:3000', RATE_LIMITS: 'off' },
    { MANAGER_NAME: 'Amina', MANAGER_PASSWORD: 'x' },
    { PESAPAL_CONSUMER_KEY: 'key', PESAPAL_CONSUMER_SECRET: 'secret', PESAPAL_IPN_ID: 'x' },
    { SOMETHING_ELSE: 'x', mpesa_x: 'x' },
  ];
  for (const environment of accepted) assert.equal(complaint(environment), '', JSON.stringify(environment));
});

test('the simulator runs by itself only on this machine and without any gateway’s credentials', () => {
  const runs = (environment: Environment) => readConfig(environment).simulatorPort !== null;
  assert.ok(runs({}));
  assert.ok(runs({ PUBLIC_URL: 'http://127.0.0.1:8080' }));
  assert.ok(!runs({ PUBLIC_URL: 'https://tickets.example.com' }));
  assert.ok(!runs(DARAJA));
  assert.ok(!runs({ PESAPAL_CONSUMER_KEY: 'key', PESAPAL_CONSUMER_SECRET: 'secret' }));
  assert.ok(!runs({ SIMULATOR: 'off' }));
  assert.ok(
    !runs({ MPESA_BASE_URL: LIVE.MPESA_BASE_URL, PUBLIC_URL: 'https://localhost', DATA_KEY }),
    'never beside a live host',
  );
  assert.ok(runs({ ...DARAJA, SIMULATOR: 'on' }));
  assert.ok(runs({ PUBLIC_URL: 'https://tickets.example.com', SIMULATOR: 'on' }));
  assert.equal(readConfig({}).daraja?.baseUrl, 'http://127.0.0.1:3001');
  assert.equal(readConfig({ SIMULATOR: 'off' }).daraja, null);
});

test('live is what the hosts say: credentials that are lost do not turn a real box office into a test one', () => {
  const {
    MPESA_CONSUMER_KEY: _,
    MPESA_CONSUMER_SECRET: __,
    MPESA_PASSKEY: ___,
    MPESA_BUSINESS_SHORT_CODE: ____,
    ...lost
  } = LIVE;
  assert.equal(readConfig(LIVE).mode, 'live');
  assert.equal(readConfig(lost).mode, 'live');
  assert.equal(readConfig(lost).daraja, null);
  assert.equal(readConfig(DARAJA).mode, 'test');
});

function nameOf(environment: Environment): string {
  return Object.keys(environment).at(-1) ?? '';
}

/** What is said about an environment; empty when there is nothing wrong with it. */
function complaint(environment: Environment): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.match(error.message, /^These settings are wrong:\n/, 'a report, not an accident');
    return error.message;
  }
}
