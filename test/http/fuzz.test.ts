import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { Problem } from '../../shared/problem.ts';
import { rawRequest, sendRaw } from '../support/raw-http.ts';
import { dumpTables } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const RUNS = 100;

/** Anything that JSON can say, its oddest names and numbers included. */
const anyJson = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });
const oddNumber = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 1e99, 11));
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('0712345678', '+254712345678', 'daraja', '\u0000', '\ud800', '__proto__', 'a@b.co', '', ' '),
);
const odd = fc.oneof(anyJson, oddNumber, oddText);
/** Some of the fields that a route knows, and some that it does not. */
const record = (names: string[]) =>
  fc.dictionary(
    fc.oneof(fc.constantFrom(...names), fc.constantFrom('__proto__', 'constructor', 'toString'), fc.string()),
    odd,
  );

const KNOWN = ['showingId', 'quantity', 'seats', 'customerName', 'phone', 'email', 'gateway', 'reference'];
const body = fc.oneof(
  record(KNOWN).map(fields => JSON.stringify(fields)),
  fc
    .record({ showingId: fc.constant(1), quantity: oddNumber, customerName: odd, phone: odd, email: odd })
    .map(one => JSON.stringify(one)),
  fc.record({ gateway: fc.constant('daraja'), phone: odd }).map(one => JSON.stringify(one)),
  fc.record({ reference: odd, phone: fc.constant('0712345678') }).map(one => JSON.stringify(one)),
  anyJson.map(value => JSON.stringify(value)),
  fc.uint8Array({ maxLength: 300 }).map(bytes => Buffer.from(bytes)),
  fc.string(),
);

test('whatever anybody posts: no error of ours, and what is refused changes nothing', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const { bookingId } = await tiketi.customer.book(await tiketi.addShowing());
  const paths = ['/api/v1/bookings', `/api/v1/bookings/${bookingId}/payments`, '/api/v1/bookings/lookups'];
  await tiketi.server.idle();
  let before = dumpTables(tiketi);
  let refusals = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      body,
      fc.string({ minLength: 16, maxLength: 64 }),
      async (path, sent, key) => {
        const headers = { 'Idempotency-Key': /^[\x21-\x7e]+$/.test(key) ? key : 'a-key-for-one-intention' };
        const answer = await sendRaw(tiketi.url, rawRequest('POST', path, headers, sent));
        assert.ok(answer.status > 0 && answer.status < 500, `${answer.status} ${answer.body}`);
        await tiketi.server.idle();
        const after = dumpTables(tiketi);
        if (answer.status >= 400) {
          v.parse(Problem, JSON.parse(answer.body));
          assert.deepEqual(after, before);
          refusals += 1;
        }
        before = after;
      },
    ),
    { numRuns: 3 * RUNS },
  );
  assert.ok(refusals > RUNS, 'most of it was refused');
  assertQuiet(tiketi);
});

test('whatever anybody asks for: no error of ours', async t => {
  const tiketi = await openTiketi(t, { RATE_LIMITS: 'off' });
  const segment = fc.oneof(
    fc.constantFrom(
      'api',
      'v1',
      'movies',
      'showings',
      'bookings',
      'payments',
      'checks',
      'callbacks',
      'daraja',
      'assets',
    ),
    fc.constantFrom('..', '.', '', '%00', '%ff', '%2f', '%', '~', ';', '*', '__proto__', '-1', '1e99'),
    fc.string().map(text => encodeURIComponent(text.toWellFormed())),
    fc.string({ unit: 'binary-ascii' }).map(text => text.replace(/[^\x21-\x7e]/g, '')),
  );
  const path = fc.array(segment, { maxLength: 6 }).map(segments => `/${segments.join('/')}`);
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS');
  await tiketi.server.idle();
  const before = dumpTables(tiketi);
  await fc.assert(
    fc.asyncProperty(method, path, async (how, where) => {
      const { status } = await sendRaw(tiketi.url, rawRequest(how, where));
      assert.ok(status > 0 && status < 500, `${how} ${where}: ${status}`);
    }),
    { numRuns: 2 * RUNS },
  );
  assert.deepEqual(dumpTables(tiketi), before);
  assertQuiet(tiketi);
});

function assertQuiet({ logged }: Tiketi) {
  assert.deepEqual(
    logged.filter(line => JSON.parse(line).level >= 50),
    [],
  );
}
