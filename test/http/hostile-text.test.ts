import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbackPath, type Said, storedCallbacks, successBody } from '../support/callbacks.ts';
import { PHONE } from '../support/customer.ts';
import { change, payInSilence, rowsOf } from '../support/office.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { dumpTables } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const FAKE = '{"level":60,"msg":"all money is gone"}';
/** What would begin a line of its own, paint the terminal, or hide the rest of a line. */
const HOSTILE = [
  `\n${FAKE}`,
  `\r\n${FAKE}\r\n`,
  `\u2028${FAKE}`,
  '\u001b[2J\u001b[31m',
  '\b\b\b',
  '\u009b31m',
  '%0a%0d',
];
const TABLES = ['booking', 'payment', 'callback'];

test('S28 nobody writes a line of their own into the log, however they put it', async t => {
  const tiketi = await openTiketi(t, { LOG_LEVEL: 'trace', RATE_LIMITS: 'off' });
  const { bookingId } = await payInSilence(tiketi);
  const path = callbackPath(tiketi);
  for (const table of TABLES) {
    await change(tiketi, `alter table ${table} rename to mislaid`); // So that there is much to log.
    for (const text of HOSTILE) await sayEverywhere(tiketi, text, { bookingId, path });
    await change(tiketi, `alter table mislaid rename to ${table}`);
  }
  assert.ok(tiketi.logged.length > HOSTILE.length, 'much was logged');
  for (const line of tiketi.logged) {
    assert.match(line, /^[^\n]+\n$/, 'one entry is one line');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there.
    assert.doesNotMatch(line.slice(0, -1), /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/, line);
    assert.notEqual(JSON.parse(line).msg, 'all money is gone');
  }
});

test('S28 a callback that says two things, or says them where no reader looks, is no way to a ticket', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await payInSilence(tiketi);
  const path = callbackPath(tiketi);
  const said = tiketi.simulator.ledger.debits[0];
  assert.ok(said);
  const bodies = trickySuccesses(said);
  for (const [what, body] of bodies) {
    assert.equal((await tiketi.customer.ask('POST', path, body)).status, 200, what);
    await tiketi.server.idle();
    assert.equal((await tiketi.customer.see(bookingId)).state, 'held', what);
  }
  assert.equal(storedCallbacks(tiketi).length, bodies.length);
  assert.deepEqual(await rowsOf(tiketi, 'select * from receipt'), []);
  assert.equal(({} as { stkCallback?: unknown }).stkCallback, undefined, 'no prototype was changed');
  await tiketi.customer.ask('POST', path, successBody(said));
  await tiketi.server.idle();
  assert.equal((await tiketi.customer.see(bookingId)).state, 'confirmed', 'the plain word is believed all the same');
});

test('S28 bombs of JSON under the right token are kept and cost no more than their bytes', async t => {
  const tiketi = await openTiketi(t);
  await payInSilence(tiketi);
  const path = callbackPath(tiketi);
  const wide = `{${Array.from({ length: 8_000 }, (_, at) => `"k${at}":0`).join(',')}}`.slice(0, 65_000);
  const items = `{"Body":{"stkCallback":{"CallbackMetadata":{"Item":[${'{"Name":"Amount","Value":1},'.repeat(2_000)}{}]}}}}`;
  const bombs = [
    '['.repeat(60_000),
    `{"Body":${'{"Body":'.repeat(8_000)}`,
    wide,
    items,
    `[${'1e308,'.repeat(9_000)}1]`,
  ];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, () => bombs.map(bomb => tiketi.customer.ask('POST', path, bomb))).flat(),
  );
  await tiketi.server.idle();
  const took = performance.now() - begun;
  assert.ok(took < 5_000, `${took} ms`);
  assert.ok(storedCallbacks(tiketi).every(({ state }) => state !== 'received'));
});

test('S31 whatever goes wrong inside, outside it is a bare 500: no table, file, stack or value of ours', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const { bookingId } = await payInSilence(tiketi);
  const path = callbackPath(tiketi);
  const names = Object.keys(dumpTables(tiketi));
  const telling = new RegExp(
    `SQLITE|relation|postgres|\\.ts\\b|node:|at .+:\\d+|select |mislaid|${PHONE}|no such`,
    'i',
  );
  let failures = 0;
  for (const name of names) {
    await change(tiketi, `alter table ${name} rename to mislaid`);
    for (const { status, headers, body } of await sayEverywhere(tiketi, 'x', { bookingId, path })) {
      assert.ok(status >= 200, `${name}: every request is answered`);
      if (status < 500) continue;
      failures += 1;
      assert.match(headers['content-type'] ?? '', /^application\/problem\+json\b/);
      const { type: _, ...problem } = JSON.parse(body);
      const words = 'Something went wrong on our side';
      assert.deepEqual(problem, { title: words, status: 500, detail: words, code: 'internal' });
      assert.doesNotMatch(JSON.stringify(headers), telling);
    }
    await change(tiketi, `alter table mislaid rename to ${name}`);
  }
  assert.ok(failures > names.length, `${failures} requests failed`);
});

test('S31 no page tells strangers more of how we are doing than that we are', async t => {
  const tiketi = await openTiketi(t);
  const paths = ['health', 'metrics', 'status', 'debug', 'version', '.env', 'simulator/state', 'admin'];
  for (const path of [...paths, 'api/v1/health', 'api/v1/metrics', 'server-status', '.git/config', 'package.json'])
    assert.equal((await sendRaw(tiketi.url, rawRequest('GET', `/${path}`))).status, 404, path);
});

/** A text in every place that could reach a log: paths, headers, fields, bodies, names of events. */
async function sayEverywhere(tiketi: Tiketi, text: string, { bookingId, path }: { bookingId: string; path: string }) {
  const escaped = encodeURIComponent(text);
  const ask = (method: string, where: string, body = '', more: Record<string, string> = {}) =>
    sendRaw(tiketi.url, rawRequest(method, where, { 'Idempotency-Key': crypto.randomUUID(), ...more }, body));
  const header = Buffer.from(text.replaceAll(/[\r\n\b]/g, ' ')).toString('latin1');
  const name = { showingId: 1, quantity: 1, customerName: text, phone: PHONE, email: `${text}@x.example` };
  const answers = [
    await ask('GET', `/api/v1/movies/${escaped}`),
    await ask('GET', `/api/v1/bookings/${bookingId}?${escaped}`, '', { 'User-Agent': header, Referer: header }),
    await ask('POST', '/api/v1/bookings', JSON.stringify(name)),
    await ask('POST', '/api/v1/bookings', JSON.stringify({ ...name, customerName: 'A', email: null })),
    await ask('POST', `/api/v1/bookings/${bookingId}/payments`, JSON.stringify({ gateway: text, phone: text })),
    await ask('POST', `/api/v1/bookings/${bookingId}/checks`, text),
    await ask('POST', '/api/v1/box-office/sessions', JSON.stringify({ name: text || 'x', password: text })),
    await ask('POST', path, JSON.stringify({ Body: { stkCallback: { ResultDesc: text, ResultCode: text } } })),
    await ask('POST', `/callbacks/daraja/${escaped}`, text),
  ];
  const socket = tiketi.customer.socket() as unknown as import('socket.io-client').Socket;
  socket.emit(text, text);
  await socket.emitWithAck('booking:watch', { bookingId });
  socket.disconnect();
  return answers;
}

/** A success as it could be smuggled past a check: doubled keys, prototypes, other cases, texts in texts. */
function trickySuccesses(said: Said): [string, string][] {
  const success = successBody(said);
  const inner = JSON.stringify(JSON.parse(success).Body);
  const failure = success.replace('"ResultCode":0', '"ResultCode":9876');
  return [
    ['the last word is no success', success.replace('"ResultCode":0', '"ResultCode":0,"ResultCode":9876')],
    ['a prototype', `{"Body":{"__proto__":${inner}}}`],
    ['a prototype further out', `{"__proto__":${success}}`],
    ['a constructor', `{"constructor":{"prototype":${success}}}`],
    ['another case', success.replace('"Body"', '"body"').replace('stkCallback', 'STKCallback')],
    ['a text in a text', JSON.stringify(success)],
    ['a list', `[${success}]`],
    ['two values', `${failure}${success}`],
    ['an escaped name', success.replace('"ResultCode"', '"ResultCode\\u0000"')],
    ['a code that is only like nought', success.replace('"ResultCode":0', '"ResultCode":false')],
    ['a code in a list', success.replace('"ResultCode":0', '"ResultCode":[0]')],
    ['a comment', `/* */${success}`],
  ];
}
