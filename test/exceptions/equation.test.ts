import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { type Equation, EquationAnswer, EquationReceipts, holds } from '../../shared/office/exceptions.ts';
import {
  bookAndPay,
  change,
  decideRefund,
  NOTE,
  OTHER_PHONE,
  payTooLate,
  rowsOf,
  tellSuccess,
} from '../support/office.ts';
import { atCounter, cash, popcorn } from '../support/till.ts';
import { moneyTo, openExceptions } from './offices.ts';

interface Asker {
  does(method: 'GET', path: string): Promise<unknown>;
}

async function equations(person: Asker, query = ''): Promise<Equation[]> {
  return v.parse(EquationAnswer, await person.does('GET', `/equation${query}`)).equations;
}

async function behind(person: Asker, term: string, more = '&venueId=1') {
  const body = await person.does('GET', `/equation/receipts?currency=KES&term=${term}${more}`);
  return v.parse(EquationReceipts, body).receipts;
}

/** In whole shillings. */
const terms = ({ received, applied, due, refunded, unallocated }: Equation) =>
  [received, applied, due, refunded, unallocated].map(amount => amount / 100);

test('received = applied + due + given back + unallocated: every shilling is in one term, which opens to its receipts', async t => {
  const { tiketi, manager, sends } = await openExceptions(t);
  assert.deepEqual(await equations(manager), []);
  await bookAndPay(tiketi, undefined, OTHER_PHONE);
  await tellSuccess(tiketi, { receiptNumber: 'TKM99ZZ901' }); // Twice: due back.
  const { bookingId } = await payTooLate(tiketi);
  const given = await bookAndPay(tiketi, undefined, '254733000222');
  const refundId = await decideRefund(manager, given.bookingId);
  await manager.does('POST', `/refunds/${refundId}/closings`, { state: 'done', proof: NOTE });
  const number = await sends(700);
  const [venue, nobodys, ...others] = await equations(manager);
  assert.ok(venue && nobodys && others.length === 0);
  assert.deepEqual([venue.venueId, terms(venue), holds(venue)], [1, [4_000, 1_000, 2_000, 1_000, 0], true]);
  assert.deepEqual([nobodys.venueId, terms(nobodys), holds(nobodys)], [null, [700, 0, 0, 0, 700], true]);
  for (const [term, sum] of [
    ['received', 400_000],
    ['applied', 100_000],
    ['due', 200_000],
    ['refunded', 100_000],
    ['unallocated', 0],
  ] as const) {
    const receipts = await behind(manager, term);
    assert.equal(
      receipts.reduce((all, { part }) => all + part, 0),
      sum,
      term,
    );
  }
  const due = await behind(manager, 'due');
  assert.ok(due.some(one => one.bookingId === bookingId) && due.some(one => one.number === 'TKM99ZZ901'));
  assert.deepEqual(
    (await behind(manager, 'unallocated', '')).map(one => [one.number, one.part]),
    [[number, 70_000]],
  );
});

test('what the gateway took back is given back, whatever it had paid for; of an excess each part is where it is', async t => {
  const { tiketi, manager, sends, list } = await openExceptions(t);
  await bookAndPay(tiketi, undefined, OTHER_PHONE);
  const [first] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt');
  await manager.does('POST', `/receipts/${first?.id}/reversals`, { note: NOTE });
  const { reference } = await tiketi.customer.book(await tiketi.addShowing());
  await sends(1_200);
  const { receiptId } = await list.one('unmatched_money');
  await manager.does('POST', `/receipts/${receiptId}/resolutions`, { as: 'match', reference, note: NOTE });
  const [venue, ...others] = await equations(manager);
  assert.deepEqual([venue && terms(venue), others], [[2_200, 1_000, 200, 1_000, 0], []]);
  const [excess] = await behind(manager, 'due');
  assert.deepEqual([excess?.amount, excess?.part, excess?.reference], [120_000, 20_000, reference]);
});

test('a day is from six to six where the venue is; what was received before is in all time, and people of a venue see only theirs', async t => {
  const { tiketi, manager, hire } = await openExceptions(t);
  const juma = await hire('Juma', 'supervisor', 2);
  await bookAndPay(tiketi);
  await bookAndPay(tiketi, undefined, OTHER_PHONE);
  const six = Date.UTC(2026, 10, 22, 3); // In Nairobi.
  await change(tiketi, `update receipt set createdAt = ${six - 1} where id = (select min(id) from receipt)`);
  await change(tiketi, `update receipt set createdAt = ${six} where id = (select max(id) from receipt)`);
  assert.deepEqual((await equations(manager)).map(terms), [[1_000, 1_000, 0, 0, 0]]);
  assert.deepEqual((await equations(manager, '?of=all')).map(terms), [[2_000, 2_000, 0, 0, 0]]);
  assert.equal((await behind(manager, 'applied', '&venueId=1&of=all')).length, 2);
  assert.deepEqual(await equations(juma, '?of=all'), []);
  assert.equal((await juma.ask('GET', '/equation?venueId=1')).status, 403);
  assert.equal((await juma.ask('GET', '/equation/receipts?currency=KES&term=due')).status, 403, 'nobody’s');
  assert.equal((await juma.ask('GET', '/equation/receipts?currency=KES&term=everything')).status, 422);
});

test('a share that is missing breaks the equation, and the receipt is named; so do two mistakes that would hide each other', async t => {
  const { tiketi, manager } = await openExceptions(t);
  await bookAndPay(tiketi);
  await bookAndPay(tiketi, undefined, OTHER_PHONE);
  const broken = async () => (await equations(manager)).map(one => [holds(one), one.broken]);
  assert.deepEqual(await broken(), [[true, 0]]);
  const [first, second] = await rowsOf<{ id: number; number: string }>(
    tiketi,
    'select id, number from receipt order by id',
  );
  await change(tiketi, `update share set amount = amount - 300 where receipt = ${first?.id}`);
  assert.deepEqual(await broken(), [[false, 1]]);
  assert.deepEqual(
    (await behind(manager, 'broken')).map(one => [one.number, one.part]),
    [[first?.number, 300]],
  );
  await change(tiketi, `update share set amount = amount + 300 where receipt = ${second?.id}`);
  assert.deepEqual(await broken(), [[false, 2]], 'the sums agree again, and the receipts do not');
  await change(tiketi, `update share set amount = 100000`);
  await change(tiketi, `update receipt set amount = 90000 where id = ${first?.id}`);
  assert.deepEqual(await broken(), [[false, 1]]);
});

atCounter('cash is money, and a grant is none', async c => {
  const { amina, showing, manager, tiketi, approval } = c;
  await amina.sell([{ showingId: showing, quantity: 2 }, popcorn()], cash(1_300));
  await amina.sell([{ showingId: showing, quantity: 1 }], { method: 'complimentary', reason: 'the press', approval });
  await moneyTo(tiketi)(50);
  const sums = (await equations(manager)).map(terms);
  assert.deepEqual(sums, [
    [1_300, 1_300, 0, 0, 0],
    [50, 0, 0, 0, 50],
  ]);
});
