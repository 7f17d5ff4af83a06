import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Agent, request } from 'undici';
import { callbackTokenOf } from '../../server/payment/callback-token.ts';
import { randomHex } from '../../shared/random.ts';
import { callbackPath, type Said, storedCallbacks, successBody } from '../support/callbacks.ts';
import { bookAndPay, MANAGER, openOffice, owed, payInSilence, until } from '../support/office.ts';
import { assertHarmless } from '../support/refused.ts';
import { seededFraction } from '../support/seeded-random.ts';
import { bytesKept, dumpTables } from '../support/table-dump.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

const FORGERIES = 9_000;
const REPLAYS = 1_000;
const AT_ONCE = 200;
const TRACES_MAX = 1_000;
const TRACE_MAX_BYTES = 4_096;
const CRASHED_MS = 6_000; // After which the janitor takes over what nobody settled.
const PROMPTLY_MS = 1_000; // Measured: some 30; the bound only has to be less than waiting for the whole flood.
const URLS = 100_000;
const FORBIDDEN = /m-?pesa|safaricom|exe|cmd|sql|query/i; // Daraja refuses callback addresses with these.
const SAFARICOM = '196.201.214.200';

test('S4 S5 S9 ten thousand forged and replayed callbacks change nothing, ask nobody, and leave at most a thousand traces of 4 KiB', async t => {
  const flood = await underAttack(t);
  const { tiketi, paid, unpaid } = flood;
  const asked = { ...tiketi.simulator.parts.requests };
  await assertHarmless(tiketi, 'forged', async () => {
    const statuses = await flood.send(FORGERIES, flood.forgery);
    assert.deepEqual([...statuses], [[404, FORGERIES]]);
    await tiketi.pass(CRASHED_MS);
  });
  const { callback: _, ...before } = dumpTables(tiketi);
  const replays = await flood.send(REPLAYS, () => ({ path: paid.path, body: successBody(paid.said) }));
  assert.deepEqual([...replays], [[200, REPLAYS]]);
  await tiketi.server.idle();
  const { callback: __, ...after } = dumpTables(tiketi);
  assert.deepEqual(after, before, 'a replay is kept, and that is all');
  assert.deepEqual(tiketi.simulator.parts.requests, asked, 'nobody was asked because of any of it');
  assert.equal((await tiketi.customer.see(unpaid.bookingId)).payment?.state, 'pending');
  const strays = storedCallbacks(tiketi).filter(({ verdict }) => verdict === 'wrong token');
  assert.equal(strays.length, TRACES_MAX);
  assert.equal(Math.max(...strays.map(({ body }) => body.length)), TRACE_MAX_BYTES, 'the first 4 KiB of a long one');
});

test('S9 in the middle of a flood of forgeries the genuine callback is taken and believed at once', async t => {
  const { tiketi, send, forgery, unpaid } = await underAttack(t);
  const flood = send(FORGERIES / 6, forgery);
  const genuine = { path: unpaid.path, body: successBody(unpaid.said) };
  const begun = performance.now();
  assert.deepEqual([...(await send(1, () => genuine))], [[200, 1]]);
  const took = performance.now() - begun;
  assert.ok(took < PROMPTLY_MS, `${took} ms`);
  t.diagnostic(`answered in ${took.toFixed(0)} ms`);
  await until(tiketi, unpaid.bookingId, view => view.state === 'confirmed');
  await flood;
});

test('S8 to claim Safaricom’s address in X-Forwarded-For makes nobody Safaricom; the proxy’s own word does', async t => {
  const strict = { ...MANAGER, MPESA_CALLBACK_IPS: SAFARICOM, MPESA_CALLBACK_IPS_ENFORCE: 'on' };
  const cases: [proxies: string, forwarded: string, state: string][] = [
    ['0', SAFARICOM, 'held'],
    ['1', `${SAFARICOM}, 41.90.1.1`, 'held'],
    ['1', `41.90.1.1, ${SAFARICOM}`, 'confirmed'],
  ];
  for (const [TRUSTED_PROXIES, forwarded, state] of cases) {
    const tiketi = await openTiketi(t, { ...strict, TRUSTED_PROXIES });
    const { bookingId } = await payInSilence(tiketi);
    const headers = { 'x-forwarded-for': forwarded, forwarded: `for=${SAFARICOM}`, 'x-real-ip': SAFARICOM };
    const answer = await tiketi.customer.ask('POST', callbackPath(tiketi), successBody(newestDebit(tiketi)), headers);
    assert.equal(answer.status, 200);
    await tiketi.server.idle();
    assert.equal((await tiketi.customer.see(bookingId)).state, state, `${TRUSTED_PROXIES} proxies, ${forwarded}`);
  }
});

test('S1 S3 the token of a callback stands in no table and in no view: only its hash is kept', async t => {
  const tiketi = await openTiketi(t);
  const { bookingId } = await bookAndPay(tiketi);
  const token = callbackPath(tiketi).slice(-32);
  assert.match(token, /^[0-9a-f]{32}$/);
  const kept = bytesKept(tiketi);
  assert.ok(kept.includes(bookingId), 'the files were really read');
  for (const written of [token, Buffer.from(token, 'hex'), Buffer.from(token, 'hex').toString('base64').slice(0, -2)])
    assert.equal(kept.includes(written), false);
  assert.ok(!JSON.stringify(await tiketi.customer.see(bookingId)).includes(token));
});

test('S2 a hundred thousand callback addresses: no two alike, none that Daraja refuses, none that tells of its booking', async t => {
  const tiketi = await openTiketi(t, { PUBLIC_URL: 'https://tickets.example.com' });
  const { bookingId, reference } = await tiketi.customer.book(await tiketi.addShowing());
  await tiketi.customer.pay(bookingId);
  const { random, config, vault } = tiketi.server.parts;
  const used = tiketi.simulator.parts.checkouts.values().next().value?.callbackUrl ?? '';
  assert.match(used, /^https:\/\/tickets\.example\.com\/callbacks\/daraja\/[0-9a-f]{32}$/);
  assert.ok(!used.includes(bookingId) && !used.includes(reference));
  const others = Array.from(
    { length: URLS },
    () => `${config.daraja?.callbackUrl}/${callbackTokenOf(randomHex(random), vault)}`,
  );
  const urls = new Set([...others, used]);
  assert.equal(urls.size, URLS + 1);
  for (const url of urls) assert.ok(!FORBIDDEN.test(url), url);
});

interface Target {
  bookingId: string;
  /** Where the gateway reports. */
  path: string;
  said: Said;
}

interface Letter {
  path: string;
  body: string;
  headers?: Record<string, string>;
}

/** One booking that is paid and on its way back, one whose success nobody has told yet, and somebody who posts. */
async function underAttack(t: Parameters<typeof openOffice>[0]) {
  const office = await openOffice(t);
  const { tiketi } = office;
  const refund = await owed(office);
  const paid: Target = { bookingId: refund.bookingId, path: callbackPath(tiketi), said: newestDebit(tiketi) };
  tiketi.fault('reversal-silent'); // Its result is awaited as long as the attack lasts.
  await refund.send();
  await tiketi.pass(180_000); // The phone is free again.
  const { bookingId } = await payInSilence(tiketi);
  const unpaid: Target = { bookingId, path: callbackPath(tiketi), said: newestDebit(tiketi) };
  await tiketi.server.idle();
  const agent = new Agent({ connections: AT_ONCE });
  t.after(() => agent.close());
  const chance = seededFraction(29);
  /** How often each status was answered. */
  async function send(letters: number, write: () => Letter): Promise<Map<number, number>> {
    const statuses = new Map<number, number>();
    let sent = 0;
    const post = async () => {
      while (sent++ < letters) {
        const { path, body, headers = {} } = write();
        const options = { method: 'POST', body, headers, dispatcher: agent } as const;
        const { statusCode, body: answer } = await request(tiketi.url + path, options);
        await answer.dump();
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, post));
    return statuses;
  }
  return { tiketi, paid, unpaid, send, forgery: () => forge(chance, [unpaid, paid]) };
}

/** Everything that is right about a callback but its address, or less; each time another. */
function forge(chance: () => number, [unpaid, paid]: [Target, Target]): Letter {
  const pick = <T>(...all: [T, ...T[]]): T => all[Math.floor(chance() * all.length)] ?? all[0];
  const { path, said, bookingId } = pick(unpaid, paid);
  const token = path.slice(-32);
  const door = pick('/callbacks/daraja/', '/api/mpesa-callback/', '/callbacks/daraja/refunds/', '/callbacks/pesapal/');
  const own = door === '/callbacks/daraja/' || door === '/api/mpesa-callback/';
  const wrong = pick(
    randomBytes(16).toString('hex'),
    randomBytes(32).toString('hex'),
    token.replace(/[0-9a-f]$/, last => (Number.parseInt(last, 16) ^ 1).toString(16)),
    `${token}0`,
    token.slice(1),
    `%20${token}`,
    `${token}%00`,
    bookingId,
    encodeURIComponent(said.checkoutRequestId),
    door.startsWith('/api/') ? 'x' : '', // Without a token that door is open to all, and leads nowhere.
    own ? '0'.repeat(32) : token, // The right one, at a door that is not its own.
  );
  const guess = { ...said, amount: pick(said.amount, 1), receiptNumber: pick(said.receiptNumber, 'FORGED0001') };
  const success = successBody(guess);
  const body = pick(
    success,
    success.replace('"ResultCode":0', '"ResultCode":1032'),
    success.padEnd(TRACE_MAX_BYTES * 2),
    JSON.stringify({ Result: { ResultCode: 0, TransactionID: said.receiptNumber, OriginatorConversationID: 'x' } }),
    JSON.stringify({ TransID: said.receiptNumber, TransAmount: said.amount, BillRefNumber: 'x' }),
    success.slice(0, -5),
    '',
  );
  const headers = pick({}, { 'x-forwarded-for': SAFARICOM }, { 'content-type': 'application/json' });
  return { path: `${door}${wrong}${door.includes('refunds') ? pick('', '/timeout') : ''}`, body, headers };
}

function newestDebit({ simulator }: Tiketi): Said {
  const debit = simulator.ledger.debits.at(-1);
  assert.ok(debit);
  return debit;
}
