import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import * as v from 'valibot';
import { OwnShiftsAnswer } from '../../shared/office/shifts.ts';
import { problemOf } from '../support/customer.ts';
import { rowsOf } from '../support/office.ts';
import type { Tiketi } from '../support/tiketi.ts';
import { atCounter, atTill, card, cash, hundreds, openCounter, popcorn, reportOf } from '../support/till.ts';

const NOTE = 'counted twice with Baraka';
const money = (amount: number) => ({ amount: amount * 100, currency: 'KES' });

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

atCounter('another movement under the same key is refused, not forgotten', async ({ amina, shiftId, approval }) => {
  const path = `/shifts/${shiftId}/movements`;
  const drop = { kind: 'drop', amount: money(500), reason: 'to the safe', approval };
  const key = randomUUID();
  await amina.does('POST', path, drop, key);
  for (const other of [{ amount: money(600) }, { kind: 'paid_in' }, { reason: 'for ice' }])
    assert.equal(problemOf(await amina.ask('POST', path, { ...drop, ...other }, key)).code, 'idempotency_key_reused');
});

atCounter(
  'a counted shift waits for its seal, and its cashier finds it again',
  async ({ amina, shiftId, approval }) => {
    const mine = async () => v.parse(OwnShiftsAnswer, await amina.does('GET', '/shifts/mine'));
    assert.deepEqual([(await mine()).shift?.shiftId, (await mine()).waiting], [shiftId, []]);
    await amina.does('POST', `/shifts/${shiftId}/counts`, hundreds(20));
    const next = await amina.openShift();
    const { shift, waiting } = await mine();
    assert.deepEqual(
      [shift?.shiftId, waiting.map(one => [one.shiftId, one.state])],
      [next.shiftId, [[shiftId, 'counted']]],
    );
    await amina.does('POST', `/shifts/${shiftId}/seals`, { approval });
    assert.deepEqual((await mine()).waiting, []);
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

atCounter('of two who press at the same moment one counts, and a seal is put on once', async c => {
  const { amina, baraka, shiftId, tiketi } = c;
  const twice = async (who: Pick<typeof amina, 'ask'>, path: string, body: object) => {
    gather(tiketi, 2);
    return Promise.all([1, 2].map(async () => (await who.ask('POST', `/shifts/${shiftId}/${path}`, body)).status));
  };
  assert.deepEqual((await twice(amina, 'counts', hundreds(20))).sort(), [201, 403]);
  assert.deepEqual(await twice(atTill(tiketi, baraka), 'seals', {}), [201, 201]);
  const lines = await rowsOf(
    tiketi,
    `select kind from journal_entry where kind in ('counted', 'sealed') order by line`,
  );
  assert.deepEqual(lines, [{ kind: 'counted' }, { kind: 'sealed' }]);
});

/** Nothing is written before `many` stand at the database, each of whom has read what was there before. */
function gather({ server }: Tiketi, many: number) {
  const { database } = server.parts;
  const { write } = database;
  const all = Promise.withResolvers<void>();
  let come = 0;
  database.write = async work => {
    if (++come === many) {
      database.write = write;
      all.resolve();
    }
    await all.promise;
    return write(work);
  };
}

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
