import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { problemOf } from '../support/customer.ts';
import { OTHER_PHONE } from '../support/office.ts';
import {
  assertSound,
  atCounter,
  type Counter,
  card,
  cash,
  mpesa,
  openCounter,
  popcorn,
  tellSale,
} from '../support/till.ts';

const CALLBACK_MS = 2_000;
const RUNS = 12;

atCounter('half in cash, half by M-Pesa: the places wait for the second half, and tickets come with it', async c => {
  const { amina, showing, tiketi } = c;
  const { saleId } = await amina.places(showing);
  assert.match(tellSale((await amina.pay(saleId, cash(400, 400))).sale), /^open 400 of 1000: held 0 tickets/);
  await tiketi.pass(3_600_000); // Long after any hold has ended.
  await amina.pay(saleId, mpesa());
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  const sale = await amina.until(saleId, ({ state }) => state === 'paid');
  assert.equal(tellSale(sale), 'paid 1000 of 1000: confirmed 2 tickets; cash paid 400; daraja paid 600');
});

atCounter('a part is never more than what is still to be paid, nor nothing', async ({ amina, showing }) => {
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, card('slip 1', 700));
  for (const more of [cash(400, 400), card('slip 2', 301), mpesa(301), cash(0, 0)])
    assert.equal(problemOf(await amina.tryToPay(saleId, more)).code, 'invalid_body');
  assert.match(tellSale(await amina.see(saleId)), /^open 700 of 1000/);
});

atCounter('money goes to the lines in their order', async ({ amina, showing }) => {
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }, popcorn(300)]);
  await amina.pay(sale.saleId, cash(600, 600));
  assert.match(tellSale(await amina.see(sale.saleId)), /^open 600 of 800: confirmed 1 tickets, Popcorn open/);
  await amina.pay(sale.saleId, cash(200));
  assert.match(tellSale(await amina.see(sale.saleId)), /^paid 800 of 800: confirmed 1 tickets, Popcorn paid/);
});

atCounter('while a prompt is open nothing else is taken by accident', async ({ amina, showing }) => {
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
  for (const other of [cash(1_000), card('slip 1'), mpesa(undefined, OTHER_PHONE)])
    assert.equal(problemOf(await amina.tryToPay(sale.saleId, other)).code, 'payment_in_progress');
});

atCounter('cash instead of the prompt: the answer says that it was left, and its late success goes back', async c => {
  const { amina, showing, tiketi } = c;
  const { sale, payment } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
  await tiketi.pass(1_000);
  const taken = await amina.pay(sale.saleId, { ...cash(1_000), leave: true });
  assert.deepEqual(taken.left, [{ paymentId: payment?.paymentId, phone: payment?.phone }]);
  assert.equal(
    tellSale(taken.sale),
    'paid 1000 of 1000: confirmed 2 tickets; daraja pending left 1000; cash paid 1000',
  );
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  const late = await amina.until(sale.saleId, ({ refunds }) => refunds.length > 0);
  assert.match(tellSale(late), /^paid 1000 of 1000: confirmed 2 tickets; .*daraja duplicate_payment due 1000$/);
});

atCounter('a prompt that was left for another phone goes back, though the sale is not paid yet', async c => {
  const { amina, showing, tiketi } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
  await tiketi.pass(1_000);
  await amina.pay(sale.saleId, { ...mpesa(undefined, OTHER_PHONE), leave: true });
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  const late = await amina.until(sale.saleId, ({ refunds }) => refunds.length > 0);
  assert.match(
    tellSale(late),
    /^open 0 of 1000: held 0 tickets; daraja paid left 1000; daraja pending 1000; daraja duplicate_payment due 1000$/,
  );
  tiketi.phone.enterPin('1234', OTHER_PHONE);
  await tiketi.pass(CALLBACK_MS);
  await amina.until(sale.saleId, ({ state }) => state === 'paid');
});

atCounter('a sale that is given up lets its places go', async ({ amina, showing, tiketi }) => {
  const { saleId } = await amina.places(showing, 10);
  assert.equal(tellSale(await amina.abandon(saleId)), 'abandoned 0 of 0: cancelled 0 tickets');
  const [free] = (await tiketi.customer.showings()).filter(({ showingId }) => showingId === showing);
  assert.equal(free?.placesLeft, free?.capacity);
  assert.equal(tellSale(await amina.abandon(saleId)), 'abandoned 0 of 0: cancelled 0 tickets');
  assert.equal(problemOf(await amina.tryToPay(saleId, cash(5_000))).code, 'not_possible_now');
});

atCounter(
  'giving up a partly paid sale: cash goes back from the drawer with a supervisor, the rest is due',
  async c => {
    const { amina, showing, approval, tiketi, report, shiftId } = c;
    const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }, popcorn(500)]);
    await amina.pay(sale.saleId, cash(300, 300));
    await tiketi.pass(1_000);
    await amina.pay(sale.saleId, card('slip 7', 200));
    await tiketi.pass(1_000);
    await amina.pay(sale.saleId, mpesa(400));
    tiketi.phone.enterPin();
    await tiketi.pass(CALLBACK_MS);
    await amina.until(sale.saleId, ({ paid }) => paid.amount === 90_000);
    const alone = await amina.ask('POST', `/sales/${sale.saleId}/abandonments`, {});
    assert.equal(problemOf(alone).code, 'approval_needed');
    assert.equal(
      tellSale(await amina.abandon(sale.saleId, approval)),
      'abandoned 0 of 0: cancelled 0 tickets, Popcorn cancelled; cash paid 300; card paid 200; daraja paid 400; ' +
        'cash abandoned_sale done 300; card abandoned_sale due 200; daraja abandoned_sale due 400',
    );
    const { drawer, match } = await report(`/shifts/${shiftId}/report`);
    assert.deepEqual([drawer.cashTaken.amount, drawer.givenBack.amount, match.isZero], [30_000, -30_000, true]);
  },
);

atCounter(
  'what a prompt brings after the sale was given up is due back as well',
  async ({ amina, showing, tiketi }) => {
    const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
    await amina.abandon(sale.saleId);
    tiketi.phone.enterPin();
    await tiketi.pass(CALLBACK_MS);
    const late = await amina.until(sale.saleId, ({ refunds }) => refunds.length > 0);
    assert.match(tellSale(late), /^abandoned 0 of 0: cancelled 0 tickets; .*daraja abandoned_sale due 1000$/);
  },
);

atCounter('a paid sale is not given up but given back; cash from the drawer ends its refund', async c => {
  const { amina, showing, approval, manager, shiftId, report } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }, popcorn(300)], cash(800));
  assert.equal(problemOf(await amina.ask('POST', `/sales/${sale.saleId}/abandonments`, {})).code, 'approval_needed');
  assert.equal(
    problemOf(await amina.ask('POST', `/sales/${sale.saleId}/abandonments`, { approval })).code,
    'already_paid',
  );
  const [places] = sale.lines;
  assert.ok(places?.kind === 'places');
  await manager.does('POST', '/refunds', { bookingId: places.bookingId, note: 'the film was cut' });
  const [refund] = (await amina.see(sale.saleId)).refunds;
  assert.deepEqual([refund?.state, refund?.amount.amount], ['due', 50_000]);
  assert.equal(problemOf(await amina.ask('POST', `/refunds/${refund?.refundId}/cash`, {})).code, 'approval_needed');
  await amina.does('POST', `/refunds/${refund?.refundId}/cash`, { approval });
  assert.equal((await amina.ask('POST', `/refunds/${refund?.refundId}/cash`, { approval })).status, 409);
  assert.match(
    tellSale(await amina.see(sale.saleId)),
    /refunded 1 tickets, Popcorn paid; .*cash staff_decision done 500$/,
  );
  const { goesBack, drawer, match } = await report(`/shifts/${shiftId}/report`);
  assert.deepEqual([goesBack.amount, drawer.givenBack.amount, match.isZero], [50_000, -50_000, true]);
});

atCounter('a sale that nobody paid for ends with its holds, and stands in nobody’s way', async c => {
  const { amina, showing, tiketi } = c;
  const { saleId } = await amina.places(showing);
  await tiketi.pass(3_600_000);
  assert.equal(
    tellSale(await amina.until(saleId, ({ state }) => state !== 'open')),
    'abandoned 0 of 0: lapsed 0 tickets',
  );
});

/** One way of paying a part of KES 1,300, in hundreds. */
const part = fc.record({
  how: fc.constantFrom('cash', 'card', 'mpesa', 'complimentary', 'cash instead of a prompt'),
  hundreds: fc.integer({ min: 1, max: 13 }),
});

test('split in every way and every order: tickets come with the last shilling, and no shilling is lost', async t => {
  const counter = await openCounter(t, { RATE_LIMITS: 'off' });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 6 }), fc.boolean(), async (parts, givesUp) => {
      await playSplit(counter, parts, givesUp);
    }),
    { numRuns: RUNS },
  );
  const { isZero, differences } = (await counter.report(`/shifts/${counter.shiftId}/report`)).match;
  assert.deepEqual([isZero, differences], [true, []]);
});

let slips = 0;
let phones = 0;

async function playSplit(counter: Counter, parts: { how: string; hundreds: number }[], givesUp: boolean) {
  const { amina, tiketi, approval } = counter;
  const showing = await tiketi.addShowing();
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }, popcorn(300)]);
  let left = 1_300;
  for (const { how, hundreds } of parts) {
    const amount = Math.min(left, hundreds * 100);
    if (amount === 0) break;
    await payPart(counter, sale.saleId, how, amount);
    left -= amount;
    const now = await amina.until(sale.saleId, ({ outstanding }) => outstanding.amount === left * 100);
    assert.equal(now.state, left === 0 ? 'paid' : 'open');
    assert.equal(now.lines[0]?.state, left <= 300 ? 'confirmed' : 'held', 'places stand first');
  }
  if (left > 0 && givesUp) {
    const over = await amina.abandon(sale.saleId, approval);
    const back = over.refunds.filter(({ reason }) => reason === 'abandoned_sale');
    assert.equal(
      back.reduce((sum, { amount }) => sum + amount.amount, 0),
      (1_300 - left) * 100,
    );
  } else if (left > 0) await amina.pay(sale.saleId, cash(left));
  await tiketi.server.idle();
  await assertSound(tiketi);
}

async function payPart({ amina, tiketi, approval }: Counter, saleId: string, how: string, amount: number) {
  const phone = `2547${String(10_000_000 + ++phones)}`;
  if (how === 'cash') return amina.pay(saleId, cash(amount + 50, amount));
  if (how === 'card') return amina.pay(saleId, card(`slip ${++slips}`, amount));
  if (how === 'complimentary') {
    const grant = { method: 'complimentary', reason: 'the usher’s mother', approval };
    return amina.pay(saleId, { ...grant, amount: { amount: amount * 100, currency: 'KES' } });
  }
  await amina.pay(saleId, mpesa(amount, phone));
  if (how === 'cash instead of a prompt') await amina.pay(saleId, { ...cash(amount, amount), leave: true });
  tiketi.phone.enterPin('1234', phone);
  return tiketi.pass(CALLBACK_MS);
}
