import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { problemOf } from '../support/customer.ts';
import { change, rowsOf } from '../support/office.ts';
import { signInByPin } from '../support/people.ts';
import {
  atCounter,
  atTill,
  type Counter,
  card,
  cash,
  hundreds,
  mpesa,
  openCounter,
  popcorn,
  reportOf,
} from '../support/till.ts';

const NOTE = 'counted twice with Baraka';
const money = (amount: number) => ({ amount: amount * 100, currency: 'KES' });
const run = promisify(execFile);

/** Counts KES `shillings` in notes of 100, and has the supervisor seal it. */
async function close({ amina, shiftId, approval }: Counter, shillings: number, note?: string) {
  await amina.does('POST', `/shifts/${shiftId}/counts`, hundreds(shillings / 100));
  return amina.ask('POST', `/shifts/${shiftId}/seals`, { approval, ...(note !== undefined && { note }) });
}

atCounter('a whole shift: float, sales, drop, count, seal; the Z-report comes to zero', async c => {
  const { amina, showing, shiftId, approval, report } = c;
  await amina.sell([{ showingId: showing, quantity: 2 }], cash(1_000));
  await amina.sell([popcorn(300)], card('slip 1'));
  const move = (kind: string, amount: number) =>
    amina.does('POST', `/shifts/${shiftId}/movements`, { kind, amount: money(amount), reason: 'as agreed', approval });
  await move('paid_in', 500);
  await move('paid_out', 200);
  await move('drop', 1_000);
  assert.equal((await close(c, 2_300)).status, 201);
  const z = await report(`/shifts/${shiftId}/report`);
  assert.deepEqual([z.kind, z.drawer.expected, z.drawer.counted, z.drawer.difference], ['z', 230_000, 230_000, 0]);
  assert.deepEqual(
    z.methods.map(({ method, taken }) => [method, taken.amount]),
    [
      ['cash', 100_000],
      ['card', 30_000],
    ],
  );
  assert.deepEqual(
    [z.places.amount, z.charges.amount, z.match.isZero, z.seal?.number, z.seal?.by],
    [100_000, 30_000, true, 1, 'Baraka'],
  );
});

atCounter('every figure opens down to its sales', async ({ amina, showing, shiftId, report }) => {
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }, popcorn(300)], cash(800));
  const x = await report(`/shifts/${shiftId}/report`);
  for (const { amount, behind } of [x.places, x.charges, x.drawer.cashTaken, ...x.methods.map(({ taken }) => taken)]) {
    assert.equal(
      behind.reduce((sum, one) => sum + one.amount, 0),
      amount,
    );
    assert.deepEqual([...new Set(behind.map(({ saleId }) => saleId))], [sale.saleId]);
  }
  assert.equal(x.kind, 'x');
});

atCounter('a shift is opened once, and each cashier has one', async ({ tiketi, hire }) => {
  const juma = atTill(tiketi, await hire('Juma'));
  const key = randomUUID();
  const body = { float: money(2_000) };
  const first = (await juma.does('POST', '/shifts', body, key)) as { shift: { shiftId: number } };
  assert.deepEqual(
    ((await juma.does('POST', '/shifts', body, key)) as typeof first).shift.shiftId,
    first.shift.shiftId,
  );
  assert.equal(problemOf(await juma.ask('POST', '/shifts', body)).code, 'not_possible_now');
  assert.deepEqual(await rowsOf(tiketi, `select count(*) as floats from journal_entry where kind = 'shift_opened'`), [
    { floats: 2 },
  ]);
});

atCounter(
  'cash goes in and out with a reason and a supervisor, once for one key',
  async ({ amina, shiftId, approval, report }) => {
    const path = `/shifts/${shiftId}/movements`;
    const drop = { kind: 'drop', amount: money(500), reason: 'to the safe' };
    assert.equal(problemOf(await amina.ask('POST', path, drop)).code, 'approval_needed');
    assert.equal((await amina.ask('POST', path, { ...drop, reason: '', approval })).status, 422);
    const key = randomUUID();
    await amina.does('POST', path, { ...drop, approval }, key);
    await amina.does('POST', path, { ...drop, approval }, key);
    const { drawer } = await report(`/shifts/${shiftId}/report`);
    assert.deepEqual([drawer.drops.amount, drawer.expected], [-50_000, 150_000]);
  },
);

atCounter('a shift with a customer who waits is not counted', async ({ amina, showing, shiftId }) => {
  const sale = await amina.places(showing);
  const answer = await amina.ask('POST', `/shifts/${shiftId}/counts`, hundreds(20));
  assert.match(problemOf(answer).detail, new RegExp(sale.reference));
  await amina.abandon(sale.saleId);
  await amina.does('POST', `/shifts/${shiftId}/counts`, hundreds(20));
  assert.equal(problemOf(await amina.ask('POST', '/sales', { lines: [popcorn()] })).code, 'not_possible_now');
});

atCounter(
  'a second count takes a supervisor, and the last one counts',
  async ({ amina, shiftId, approval, report }) => {
    await amina.does('POST', `/shifts/${shiftId}/counts`, hundreds(19));
    assert.equal(problemOf(await amina.ask('POST', `/shifts/${shiftId}/counts`, hundreds(20))).code, 'approval_needed');
    await amina.does('POST', `/shifts/${shiftId}/counts`, { ...hundreds(20), approval });
    assert.equal((await report(`/shifts/${shiftId}/report`)).drawer.difference, 0);
  },
);

atCounter(
  'nobody seals a shift without a supervisor, and a supervisor not their own',
  async ({ tiketi, hire, amina, shiftId }) => {
    await amina.does('POST', `/shifts/${shiftId}/counts`, hundreds(20));
    assert.equal(problemOf(await amina.ask('POST', `/shifts/${shiftId}/seals`, {})).code, 'approval_needed');
    const neema = atTill(tiketi, await hire('Neema', 'supervisor'));
    const own = await neema.openShift();
    await neema.does('POST', `/shifts/${own.shiftId}/counts`, hundreds(20));
    assert.equal(problemOf(await neema.ask('POST', `/shifts/${own.shiftId}/seals`, {})).code, 'approval_needed');
    const self = { approval: { name: neema.name, pin: neema.pin } };
    assert.equal(problemOf(await neema.ask('POST', `/shifts/${own.shiftId}/seals`, self)).code, 'approval_refused');
    await neema.does('POST', `/shifts/${shiftId}/seals`, {});
  },
);

atCounter('first mistake: too much change was given; it takes a note, and the report names the sum', async c => {
  await c.amina.sell([{ showingId: c.showing, quantity: 1 }], cash(1_000));
  assert.match(problemOf(await close(c, 2_400)).detail, /note/);
  await c.amina.does('POST', `/shifts/${c.shiftId}/seals`, { approval: c.approval, note: NOTE });
  const { match, drawer, notes } = await c.report(`/shifts/${c.shiftId}/report`);
  assert.deepEqual(
    match.differences.map(({ name, amount }) => [name, amount]),
    [['the drawer holds less than it should', -10_000]],
  );
  assert.deepEqual([drawer.difference, notes], [-10_000, [{ by: 'Baraka', note: NOTE }]]);
});

atCounter('second mistake: popcorn was sold past the till; the drawer holds more than the books say', async c => {
  await c.amina.sell([popcorn(300)], cash(300));
  assert.equal((await close(c, 2_600, NOTE)).status, 201);
  const { match } = await c.report(`/shifts/${c.shiftId}/report`);
  assert.deepEqual(
    match.differences.map(({ name, amount }) => [name, amount]),
    [['the drawer holds more than it should', 30_000]],
  );
});

atCounter('third mistake: a cash receipt without its money in the journal is named with its sale', async c => {
  const { sale, payment } = await c.amina.sell([{ showingId: c.showing, quantity: 1 }], cash(500));
  await change(c.tiketi, `update receipt set amount = amount + 20000 where payment = '${payment?.paymentId}'`);
  const { match } = await c.report(`/shifts/${c.shiftId}/report`);
  assert.deepEqual(match.isZero, false);
  const [nothing, missing] = match.differences;
  assert.match(nothing?.name ?? '', /receipts that are for nothing/);
  assert.deepEqual([missing?.name, missing?.amount], ['a cash receipt that the drawer does not have', -20_000]);
  assert.equal(missing?.behind[0]?.saleId, sale.saleId);
  await change(c.tiketi, `update receipt set amount = amount - 20000 where payment = '${payment?.paymentId}'`);
});

test('blind: whatever is sold and counted, no answer to a cashier says what the drawer should hold', async t => {
  const c = await openCounter(t);
  const story = fc.array(fc.integer({ min: 101, max: 999 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(story, async sums => {
      const juma = atTill(c.tiketi, await c.hire(`Juma ${randomUUID().slice(0, 8)}`));
      const float = 1_234_500;
      const { shiftId } = await juma.openShift(float);
      for (const sum of sums) await juma.sell([popcorn(sum)], cash(sum));
      await juma.sell([popcorn(77)], card(randomUUID()));
      const { drawer, methods } = await reportOf(c.baraka, `/shifts/${shiftId}/report`);
      await juma.does('GET', '/shifts/mine');
      await juma.openSales();
      await juma.does('GET', `/sales?shift=${shiftId}`);
      await juma.ask('GET', `/shifts/${shiftId}/report`);
      await juma.ask('GET', `/shifts/${shiftId}/journal`);
      await juma.ask('GET', '/shifts');
      await juma.does('POST', `/shifts/${shiftId}/counts`, hundreds(1));
      await juma.ask('POST', `/shifts/${shiftId}/seals`, { approval: c.approval });
      await juma.does('POST', `/shifts/${shiftId}/seals`, { approval: c.approval, note: NOTE });
      const cashTaken = methods.find(({ method }) => method === 'cash')?.taken.amount ?? 0;
      const told = JSON.stringify(juma.seen.map(({ body }) => body));
      const secrets = [drawer.expected, 10_000 - drawer.expected, ...(sums.length > 1 ? [cashTaken] : [])];
      for (const secret of secrets)
        assert.ok(!new RegExp(`(?<![0-9])${secret}(?![0-9])`).test(told), `${secret} in ${told}`);
      assert.doesNotMatch(told, /expected|difference/);
    }),
    { numRuns: 5 },
  );
});

atCounter('a sealed shift is sealed for ever: its rows refuse every change', async c => {
  assert.equal((await close(c, 2_000)).status, 201);
  const before = await rowsOf(c.tiketi, 'select * from shift');
  for (const sql of [
    'update shift set counted = 0',
    'delete from shift',
    `update journal_entry set cash = 0 where line = 1`,
    'delete from journal_entry',
  ])
    await assert.rejects(change(c.tiketi, sql), /constraint/i, sql);
  assert.deepEqual(await rowsOf(c.tiketi, 'select * from shift'), before);
  assert.equal(
    (await c.amina.ask('POST', `/shifts/${c.shiftId}/counts`, { ...hundreds(1), approval: c.approval })).status,
    409,
  );
  await c.amina.does('POST', `/shifts/${c.shiftId}/seals`, { approval: c.approval });
  assert.deepEqual(await rowsOf(c.tiketi, 'select * from shift'), before);
});

/** Writes to the file behind the server's back, guards taken away first. */
function forge({ tiketi }: Counter, sql: string) {
  const file = new Database(tiketi.server.parts.config.databaseFile);
  const triggers = file.prepare(`select name from sqlite_master where type = 'trigger'`).pluck().all();
  for (const name of triggers) file.exec(`drop trigger ${name}`);
  file.exec(sql);
  file.close();
}

async function verify({ tiketi }: Counter): Promise<string> {
  const file = tiketi.server.parts.config.databaseFile;
  const { stdout } = await run(process.execPath, ['server/till/verify-journal.ts', file]).catch(failed => failed);
  return stdout.trim();
}

for (const [forgery, sql, named] of [
  [
    'a sum in the middle',
    `update journal_entry set cash = 1 where line = 2`,
    /^broken: shift 1, line 2: it was changed$/,
  ],
  ['a line that is gone', `delete from journal_entry where line = 2`, /^broken: shift 1, line 2: it is missing$/],
  [
    'the last line that is gone',
    `delete from journal_entry where kind = 'sealed'`,
    /^broken: shift 1: its journal is not the one that was sealed$/,
  ],
  ['a name', `update journal_entry set actor = 'Juma' where line = 1`, /^broken: shift 1, line 1: it was changed$/],
  [
    'a whole shift behind its seal',
    `update shift set journalHash = '${'0'.repeat(64)}'`,
    /^broken: shift 1: its journal is not/,
  ],
  ['a seal', `update shift set sealHash = '${'0'.repeat(64)}'`, /^broken: shift 1: its seal was changed$/],
] as const)
  test(`the chain of journals finds a forgery and names it: ${forgery}`, async t => {
    const c = await openCounter(t);
    await c.amina.sell([popcorn(300)], cash(300));
    await close(c, 2_300);
    assert.equal(await verify(c), '1 shifts, 4 lines: all as they were written');
    forge(c, sql);
    assert.match(await verify(c), named);
  });

atCounter('each seal carries the one before it', async ({ tiketi, hire, approval, baraka, ...c }) => {
  const counter = { tiketi, hire, approval, baraka, ...c };
  assert.equal((await close(counter, 2_000)).status, 201);
  const juma = atTill(tiketi, await hire('Juma'));
  const { shiftId } = await juma.openShift();
  await juma.does('POST', `/shifts/${shiftId}/counts`, hundreds(20));
  await juma.does('POST', `/shifts/${shiftId}/seals`, { approval });
  const first = await reportOf(baraka, `/shifts/${c.shiftId}/report`);
  const second = await reportOf(baraka, `/shifts/${shiftId}/report`);
  assert.equal(first.seal?.previousHash, '0'.repeat(64));
  assert.deepEqual([second.seal?.number, second.seal?.previousHash], [2, first.seal?.hash]);
});

atCounter('the day is the sum of its shifts, and of what customers paid by themselves', async (c, t) => {
  const { tiketi, hire, amina, showing, approval, report, shiftId } = c;
  await amina.sell([{ showingId: showing, quantity: 2 }], cash(1_000));
  const juma = atTill(tiketi, await hire('Juma'));
  const other = await juma.openShift();
  await juma.sell([{ showingId: showing, quantity: 1 }, popcorn(300)], card('slip 9'));
  await juma.sell([{ showingId: showing, quantity: 1 }], {
    method: 'complimentary',
    reason: 'the usher’s mother',
    approval,
  });
  const booking = await tiketi.customer.book(showing);
  await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await close(c, 3_000);
  await juma.does('POST', `/shifts/${other.shiftId}/counts`, hundreds(20));
  const early = await report('/venues/1/days/2026-11-22/report');
  assert.equal(early.kind, 'x', 'a shift is not sealed yet');
  await juma.does('POST', `/shifts/${other.shiftId}/seals`, { approval });
  await tiketi.pass(24 * 3_600_000);
  const shifts = [await reportAgain(t, c, shiftId), await reportAgain(t, c, other.shiftId)];
  const day = await reportAgain(t, c, '/venues/1/days/2026-11-22/report');
  const sum = (of: (one: typeof day) => number) => shifts.reduce((all, one) => all + of(one), 0);
  assert.deepEqual([day.kind, day.of], ['z', { what: 'day', day: '2026-11-22', shifts: [shiftId, other.shiftId] }]);
  assert.equal(day.online.amount, 100_000);
  assert.equal(day.places.amount, sum(one => one.places.amount) + 100_000);
  assert.equal(
    day.charges.amount,
    sum(one => one.charges.amount),
  );
  assert.equal(day.granted.amount, 50_000);
  assert.equal(
    day.drawer.expected,
    sum(one => one.drawer.expected),
  );
  assert.equal(day.match.isZero, true);
  const taken = day.methods.map(({ method, taken: { amount } }) => [method, amount]);
  assert.deepEqual(taken, [
    ['daraja', 100_000],
    ['cash', 100_000],
    ['card', 80_000],
  ]);
});

/** Sessions end at night: the supervisor signs in again. */
async function reportAgain(t: TestContext, { tiketi, baraka }: Counter, path: string | number) {
  const again = await signInByPin(t, tiketi, baraka.till, baraka.name);
  return reportOf(again, typeof path === 'number' ? `/shifts/${path}/report` : path);
}

atCounter('what M-Pesa brings after the seal belongs to the day, not to the sealed shift', async c => {
  const { tiketi, amina, showing, shiftId, report } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }], mpesa());
  await amina.pay(sale.saleId, { ...cash(500), leave: true });
  await close(c, 2_500);
  const sealed = await report(`/shifts/${shiftId}/report`);
  await tiketi.pass(1_000);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await amina.until(sale.saleId, ({ refunds }) => refunds.length > 0);
  const { now: _, ...after } = await report(`/shifts/${shiftId}/report`);
  const { now: __, ...before } = sealed;
  assert.deepEqual(after, before);
  const day = await report('/venues/1/days/2026-11-22/report');
  assert.deepEqual([day.online.amount, day.goesBack.amount, day.match.isZero], [50_000, 50_000, true]);
});

atCounter('a table of the report for a spreadsheet: numbers are numbers, and text runs no formula', async c => {
  const { amina, shiftId, baraka } = c;
  await amina.sell([{ ...popcorn(300), purpose: '=HYPERLINK("http://x")' }], cash(300));
  await amina.does('POST', `/shifts/${shiftId}/movements`, {
    ...{ kind: 'paid_out', amount: money(100), reason: '=1+1, "ice"', approval: c.approval },
  });
  const { body, headers } = await baraka.ask('GET', `/shifts/${shiftId}/report?format=csv`);
  const rows = String(body).split('\r\n');
  assert.match(String(headers['content-type']), /text\/csv/);
  assert.equal(rows[0], '\ufefffigure,shift,sale,reference,what,amount,currency,at');
  const out = rows.find(row => row.startsWith('drawer: paid out')) ?? '';
  assert.match(out, /^drawer: paid out,\d+,,,"line 3, paid out: =1\+1, ""ice""",-100,KES,2026/);
  assert.ok(rows.every(row => !/(^|,)"?[=+@]/.test(row)));
});

atCounter(
  'a cashier sees no report, no journal and no other’s shift; another venue’s supervisor none of ours',
  async c => {
    const { amina, hire, shiftId, tiketi } = c;
    for (const path of [
      `/shifts/${shiftId}/report`,
      `/shifts/${shiftId}/journal`,
      '/shifts',
      '/venues/1/days/2026-11-22/report',
    ])
      assert.equal((await amina.ask('GET', path)).status, 403, path);
    const juma = atTill(tiketi, await hire('Juma'));
    assert.equal((await juma.ask('POST', `/shifts/${shiftId}/counts`, hundreds(1))).status, 403);
    const far = atTill(tiketi, await hire('Rehema', 'supervisor', 2));
    for (const path of [`/shifts/${shiftId}/report`, '/venues/1/days/2026-11-22/report'])
      assert.equal((await far.ask('GET', path)).status, 403, path);
  },
);
