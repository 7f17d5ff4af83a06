import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Config, readConfig } from '../../server/config.ts';

const FROM = { MAIL_FROM: 'tickets@x.example' };
const SERVER = { SMTP_URL: 'smtp://mail.example' };

function complaint(environment: Record<string, string>): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    return String(error);
  }
}

test('where mail goes, and from whom, is read as people write it', () => {
  const cases: [Record<string, string>, (mail: Config['mail']) => unknown, unknown][] = [
    [{}, mail => mail, null],
    [
      { ...SERVER, MAIL_FROM: 'Tiketi  <tickets@x.example>', GATEWAY_TIMEOUT_SECONDS: '5' },
      mail => mail,
      {
        server: { host: 'mail.example', port: 587, secure: false, login: null },
        from: { name: 'Tiketi', address: 'tickets@x.example' },
        timeoutMs: 15_000,
      },
    ],
    [
      { SMTP_URL: 'smtps://a%40b:p%3Aw%2F@[::1]:2465/', ...FROM },
      mail => mail?.server,
      { host: '::1', port: 2_465, secure: true, login: { user: 'a@b', pass: 'p:w/' } },
    ],
    [
      { SMTP_URL: 'smtps://mail.example', MAIL_FROM: ' tickets@x.example ' },
      mail => [mail?.server.port, mail?.from],
      [465, { name: '', address: 'tickets@x.example' }],
    ],
  ];
  for (const [environment, read, expected] of cases) assert.deepEqual(read(readConfig(environment).mail), expected);
});

test('what cannot be meant is reported with its name, and never with the password', () => {
  const servers = [
    ...['x', 'mail.example', 'http://mail.example', 'smtp://', 'smtp://mail.example:0', 'smtp://mail.example/path'],
    ...['smtp://tiketi@mail.example', 'smtp://:hunter2@mail.example', 'smtp://tiketi:hunter2@mail.example/?pool=on'],
    'smtp://tiketi:hunter2%ff@mail.example',
  ];
  for (const SMTP_URL of servers) {
    const told = complaint({ SMTP_URL, ...FROM });
    assert.match(told, /\n {2}SMTP_URL: /, SMTP_URL);
    assert.ok(!told.includes('hunter2'));
  }
  for (const MAIL_FROM of [
    'x',
    'Tiketi',
    '<x>',
    'A <x@y>',
    'a@x.example, b@x.example',
    'A\nB <a@x.example>',
    '"A" <a@x.example>',
  ])
    assert.match(complaint({ ...SERVER, MAIL_FROM }), /\n {2}MAIL_FROM: /, MAIL_FROM);
});

test('one without the other is half a setting', () => {
  assert.match(complaint(SERVER), /MAIL_FROM/);
  assert.match(complaint(FROM), /SMTP_URL/);
  assert.equal(complaint({ ...SERVER, ...FROM }), '');
});
