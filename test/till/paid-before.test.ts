import assert from 'node:assert/strict';
import { problemOf } from '../support/customer.ts';
import { change, rowsOf, timesAsked, until, untilTrue } from '../support/office.ts';
import { atCounter, type Counter, cash, mpesa, paidBefore, tellSale } from '../support/till.ts';

const RESULT_MS = 2_000;
const HOLD_MS = 10 * 60_000;
const PAYER = '254733000111';

/** A customer pays to our number from the menu of their phone; answers the receipt number in their message. */
function payByHand({ tiketi }: Counter, amount: number, accountReference = 'tickets'): string {
  const { simulator } = tiketi;
  const paid = simulator.payBill(simulator.phones.findOrAdd(PAYER), { amount, accountReference });
  assert.ok(paid);
  return paid.receiptNumber;
}

/** From now on the gateway tells of all money that reaches our number. */
function confirmed({ tiketi, confirmationsAt }: Counter) {
  tiketi.simulator.parts.c2b.confirmationUrl = tiketi.url + confirmationsAt;
}

const receipts = ({ tiketi }: Counter) =>
  rowsOf<{ number: string; allocation: string; amount: number }>(
    tiketi,
    'select number, allocation, amount from receipt order by id',
  );

atCounter('paid to the till before: the gateway is asked by the number, and its result confirms the sale', async c => {
  const { amina, showing, tiketi } = c;
  const number = payByHand(c, 1_000);
  const { saleId } = await amina.places(showing);
  const { payment } = await amina.pay(saleId, paidBefore(number.toLowerCase()));
  assert.deepEqual([payment?.state, payment?.claimedNumber], ['pending', number]);
  await tiketi.pass(RESULT_MS);
  const sale = await amina.until(saleId, ({ state }) => state === 'paid');
  assert.equal(tellSale(sale), 'paid 1000 of 1000: confirmed 2 tickets; daraja paid 1000');
  assert.equal(await timesAsked(tiketi, 'transactionstatus'), 1);
});

atCounter('a number that names no money of ours pays nothing', async c => {
  const { amina, showing, tiketi } = c;
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, paidBefore('QK12345678'));
  await tiketi.pass(RESULT_MS);
  const sale = await amina.until(saleId, ({ payments }) => payments[0]?.state === 'failed');
  assert.match(tellSale(sale), /^open 0 of 1000/);
  await amina.pay(saleId, cash(1_000));
});

atCounter('one receipt number pays once, for whichever sale asks first', async c => {
  const { amina, showing, tiketi } = c;
  const number = payByHand(c, 1_000);
  const first = await amina.places(showing);
  const second = await amina.places(showing);
  await amina.pay(first.saleId, paidBefore(number));
  await amina.pay(second.saleId, paidBefore(number));
  await tiketi.pass(RESULT_MS);
  const paid = await amina.until(first.saleId, ({ payments }) => payments[0]?.state !== 'pending');
  const other = await amina.until(second.saleId, ({ payments }) => payments[0]?.state !== 'pending');
  assert.deepEqual([paid.state, other.state].sort(), ['open', 'paid']);
  const third = await amina.places(showing);
  assert.equal(problemOf(await amina.tryToPay(third.saleId, paidBefore(number))).code, 'not_possible_now');
});

atCounter('less than the price is a part of it; more than the price leaves a refund due', async c => {
  const { amina, showing, tiketi } = c;
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, paidBefore(payByHand(c, 300)));
  await tiketi.pass(RESULT_MS);
  assert.match(tellSale(await amina.until(saleId, ({ paid }) => paid.amount > 0)), /^open 300 of 1000/);
  await amina.pay(saleId, paidBefore(payByHand(c, 900)));
  await tiketi.pass(RESULT_MS);
  const sale = await amina.until(saleId, ({ state }) => state === 'paid');
  assert.match(tellSale(sale), /^paid 1000 of 1000: confirmed 2 tickets; .*daraja overpaid due 200$/);
});

atCounter('a prompt that nobody answers any more does not stand in the way of money that was paid before', async c => {
  const { amina, showing, tiketi } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
  await change(tiketi, 'update payment set "liveUntil" = "startedAt"');
  await amina.pay(sale.saleId, paidBefore(payByHand(c, 1_000)));
  await tiketi.pass(RESULT_MS);
  await amina.until(sale.saleId, ({ state }) => state === 'paid');
});

atCounter('while the gateway looks for the money the places wait, though their time is over', async c => {
  const { amina, tiketi } = c;
  const showing = await tiketi.addShowing({ capacity: 2 });
  const number = payByHand(c, 1_000);
  const { saleId } = await amina.places(showing);
  await tiketi.pass(HOLD_MS - 10_000);
  tiketi.simulator.change({ callbackDelayMs: 60_000 });
  await amina.pay(saleId, paidBefore(number));
  await tiketi.pass(30_000);
  assert.equal((await tiketi.customer.tryToBook({ showingId: showing, quantity: 1 })).status, 409);
  await tiketi.pass(60_000);
  await amina.until(saleId, ({ state }) => state === 'paid');
});

atCounter('money of last week lets nobody in', async c => {
  const { amina, showing, tiketi } = c;
  const number = payByHand(c, 1_000);
  for (const debit of tiketi.simulator.ledger.debits) debit.at = new Date(+debit.at - 7 * 86_400_000);
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, paidBefore(number));
  await tiketi.pass(RESULT_MS);
  const sale = await amina.until(saleId, ({ payments }) => payments[0]?.state === 'failed');
  assert.match(tellSale(sale), /^open 0 of 1000/);
});

atCounter('a confirmation that came before the customer is matched at once, and the gateway is not asked', async c => {
  const { amina, showing, tiketi } = c;
  confirmed(c);
  const number = payByHand(c, 1_000);
  await tiketi.pass(RESULT_MS);
  await untilTrue(async () => (await receipts(c)).length > 0);
  assert.deepEqual(await receipts(c), [{ number, allocation: 'unallocated', amount: 100_000 }]);
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], paidBefore(number));
  assert.equal(tellSale(sale), 'paid 1000 of 1000: confirmed 2 tickets; daraja paid 1000');
  assert.equal(await timesAsked(tiketi, 'transactionstatus'), 0);
});

atCounter('a confirmation that comes while the cashier waits is quicker than the result, and counts once', async c => {
  const { amina, showing, tiketi, confirmationsAt } = c;
  const number = payByHand(c, 1_000);
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, paidBefore(number));
  const body = { TransID: number, TransAmount: '1000.00', BillRefNumber: 'x', TransTime: '20261122150000' };
  assert.equal((await tiketi.customer.ask('POST', confirmationsAt, body)).status, 200);
  await amina.until(saleId, ({ state }) => state === 'paid');
  await tiketi.pass(RESULT_MS);
  assert.deepEqual(await receipts(c), [{ number, allocation: 'applied', amount: 100_000 }]);
});

atCounter('money that is paid under the sale’s own reference finds it without anybody’s help', async c => {
  const { amina, showing, tiketi } = c;
  confirmed(c);
  const sale = await amina.places(showing);
  payByHand(c, 400, ` ${sale.reference.toLowerCase()} `);
  await tiketi.pass(RESULT_MS);
  assert.match(tellSale(await amina.until(sale.saleId, ({ paid }) => paid.amount > 0)), /^open 400 of 1000/);
  await amina.pay(sale.saleId, cash(600));
});

atCounter('under a booking’s reference all of it finds it, and a part waits for a person', async c => {
  const { showing, tiketi, manager } = c;
  confirmed(c);
  const first = await tiketi.customer.book(showing);
  const second = await tiketi.customer.book(showing);
  payByHand(c, 1_000, first.reference);
  payByHand(c, 999, second.reference);
  await tiketi.pass(RESULT_MS);
  await untilTrue(async () => (await receipts(c)).length === 2);
  await until(tiketi, first.bookingId, ({ state }) => state === 'confirmed');
  assert.equal((await tiketi.customer.see(second.bookingId)).state, 'held');
  const [item] = await manager.worklist();
  assert.deepEqual([item?.kind, item?.amount.amount], ['unmatched_money', 99_900]);
});

for (const twin of ['before', 'after'] as const)
  atCounter(`the confirmation of a push is no second receipt, though it comes ${twin} the callback`, async c => {
    const { amina, showing, tiketi } = c;
    confirmed(c);
    if (twin === 'before') tiketi.fault('twin-first');
    const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
    tiketi.phone.enterPin();
    await tiketi.pass(RESULT_MS);
    await tiketi.pass(RESULT_MS);
    const paid = await amina.until(sale.saleId, ({ state }) => state === 'paid');
    assert.equal(tellSale(paid), 'paid 1000 of 1000: confirmed 2 tickets; daraja paid 1000');
    assert.equal((await receipts(c)).length, 1);
    const heard = () =>
      rowsOf<{ confirmation: number; state: string }>(tiketi, 'select confirmation, state from callback order by id');
    await untilTrue(async () => (await heard()).filter(({ state }) => state !== 'received').length === 2);
    const told = await heard(); // By PostgreSQL's numbers, which may be given out in another order than they are taken.
    assert.deepEqual(told.map(({ state }) => state).sort(), ['ignored', 'settled']);
    assert.equal(told.filter(({ confirmation }) => Boolean(confirmation)).length, 1);
  });

atCounter('where the callback is lost, the confirmation alone confirms the sale', async c => {
  const { amina, showing, tiketi } = c;
  confirmed(c);
  tiketi.fault('twin-only');
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
  tiketi.phone.enterPin();
  await tiketi.pass(RESULT_MS);
  await tiketi.pass(RESULT_MS);
  await amina.until(sale.saleId, ({ state }) => state === 'paid');
});

atCounter('who does not know the secret confirms nothing; a confirmation that is repeated counts once', async c => {
  const { tiketi, confirmationsAt } = c;
  const body = { TransID: 'QK12345678', TransAmount: '500.00', BillRefNumber: '', TransTime: '20261122150000' };
  const wrong = confirmationsAt.replace(/.{4}$/, '0000');
  assert.equal((await tiketi.customer.ask('POST', wrong, body)).status, 404);
  assert.deepEqual(await receipts(c), []);
  for (let time = 0; time < 3; time++) {
    const { status, body: accepted } = await tiketi.customer.ask('POST', confirmationsAt, body);
    assert.deepEqual([status, accepted], [200, { ResultCode: '0', ResultDesc: 'Accepted' }]);
  }
  await tiketi.server.idle();
  assert.deepEqual(await receipts(c), [{ number: 'QK12345678', allocation: 'unallocated', amount: 50_000 }]);
  assert.equal((await tiketi.customer.ask('POST', `${confirmationsAt}/validation`, body)).status, 200);
});
