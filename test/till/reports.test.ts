import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { problemOf } from '../support/customer.ts';
import { change, OFFICE } from '../support/office.ts';
import { signInByPin } from '../support/people.ts';
import {
  atCounter,
  atTill,
  type Counter,
  card,
  cash,
  closeShift,
  hundreds,
  mpesa,
  popcorn,
  reportOf,
} from '../support/till.ts';

const NOTE = 'counted twice with Baraka';
const money = (amount: number) => ({ amount: amount * 100, currency: 'KES' });

atCounter('a whole shift: float, sales, drop, count, seal; the Z-report comes to zero', async c => {
  const { amina, showing, shiftId, approval, report } = c;
  await amina.sell([{ showingId: showing, quantity: 2 }], cash(1_000));
  await amina.sell([popcorn(300)], card('slip 1'));
  const move = (kind: string, amount: number) =>
    amina.does('POST', `/shifts/${shiftId}/movements`, { kind, amount: money(amount), reason: 'as agreed', approval });
  await move('paid_in', 500);
  await move('paid_out', 200);
  await move('drop', 1_000);
  assert.equal((await closeShift(c, 2_300)).status, 201);
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

atCounter('first mistake: too much change was given; it takes a note, and the report names the sum', async c => {
  await c.amina.sell([{ showingId: c.showing, quantity: 1 }], cash(1_000));
  assert.match(problemOf(await closeShift(c, 2_400)).detail, /note/);
  await c.amina.does('POST', `/shifts/${c.shiftId}/seals`, { approval: c.approval, note: NOTE });
  const { match, drawer, notes } = await c.report(`/shifts/${c.shiftId}/report`);
  assert.deepEqual(
    match.differences.map(({ name, amount }) => [name, amount]),
    [['drawer_short', -10_000]],
  );
  assert.deepEqual([drawer.difference, notes], [-10_000, [{ by: 'Baraka', note: NOTE }]]);
});

atCounter('second mistake: popcorn was sold past the till; the drawer holds more than the books say', async c => {
  await c.amina.sell([popcorn(300)], cash(300));
  assert.equal((await closeShift(c, 2_600, NOTE)).status, 201);
  const { match } = await c.report(`/shifts/${c.shiftId}/report`);
  assert.deepEqual(
    match.differences.map(({ name, amount }) => [name, amount]),
    [['drawer_over', 30_000]],
  );
});

atCounter('third mistake: a cash receipt without its money in the journal is named with its sale', async c => {
  const { sale, payment } = await c.amina.sell([{ showingId: c.showing, quantity: 1 }], cash(500));
  await change(c.tiketi, `update receipt set amount = amount + 20000 where payment = '${payment?.paymentId}'`);
  const { match } = await c.report(`/shifts/${c.shiftId}/report`);
  assert.deepEqual(match.isZero, false);
  const [nothing, missing] = match.differences;
  assert.equal(nothing?.name, 'receipts_without_purpose');
  assert.deepEqual([missing?.name, missing?.amount], ['cash_receipt_without_cash', -20_000]);
  assert.equal(missing?.behind[0]?.saleId, sale.saleId);
  await change(c.tiketi, `update receipt set amount = amount - 20000 where payment = '${payment?.paymentId}'`);
});

atCounter('fourth mistake: a card was rung up as cash; the terminal has it, and the report names the sale', async c => {
  const { amina, showing, shiftId, approval, report } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 3 }], cash(1_500));
  await amina.sell([popcorn(300)], cash(300));
  await amina.sell([popcorn(400)], card('slip 1'));
  const slips = { ...hundreds(23), cardTotal: 190_000 };
  await amina.does('POST', `/shifts/${shiftId}/counts`, slips);
  assert.equal(problemOf(await amina.ask('POST', `/shifts/${shiftId}/seals`, { approval })).code, 'note_needed');
  const { match, cards } = await report(`/shifts/${shiftId}/report`);
  assert.deepEqual(cards, { booked: 40_000, terminal: 190_000 });
  assert.deepEqual(
    match.differences.map(({ name, amount, perhaps }) => [name, amount, perhaps.map(({ saleId }) => saleId)]),
    [
      ['drawer_short', -150_000, [sale.saleId]],
      ['cards_over', 150_000, [sale.saleId]],
    ],
  );
  for (const { amount, behind } of match.differences)
    assert.equal(
      behind.reduce((sum, one) => sum + one.amount, 0),
      amount,
    );
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
  await closeShift(c, 3_000);
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
  await closeShift(c, 2_500);
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
  const raw = await fetch(`${c.tiketi.url}${OFFICE}/shifts/${shiftId}/report?format=csv`, {
    headers: { cookie: baraka.cookie },
  });
  assert.deepEqual(
    [...new Uint8Array(await raw.arrayBuffer()).slice(0, 3)],
    [0xef, 0xbb, 0xbf],
    'it says that it is UTF-8',
  );
  const rows = String(body).split('\r\n');
  assert.match(String(headers['content-type']), /text\/csv/);
  assert.equal(rows[0], 'figure,shift,sale,reference,what,amount,currency,at');
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
