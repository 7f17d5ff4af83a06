import assert from 'node:assert/strict';
import { problemOf } from '../support/customer.ts';
import { NOTE, rowsOf, tellSuccess } from '../support/office.ts';
import { atCounter, card, cash, mpesa, popcorn, tellSale } from '../support/till.ts';

const CALLBACK_MS = 2_000;

atCounter('one booking of a sale goes back with its share of the money; the other stays', async c => {
  const { amina, showing, manager, tiketi } = c;
  const other = await tiketi.addShowing();
  const lines = [
    { showingId: showing, quantity: 1 },
    { showingId: other, quantity: 2 },
  ];
  const { sale } = await amina.sell(lines, cash(1_500));
  const [first, second] = sale.lines;
  assert.ok(first?.kind === 'places' && second?.kind === 'places');
  await manager.does('POST', '/refunds', { bookingId: first.bookingId, note: NOTE });
  assert.match(
    tellSale(await amina.see(sale.saleId)),
    /refunded 1 tickets, confirmed 2 tickets; .*cash staff_decision due 500$/,
  );
  await manager.does('POST', '/refunds', { bookingId: second.bookingId, note: NOTE });
  const refunds = (await amina.see(sale.saleId)).refunds.map(({ amount }) => amount.amount);
  assert.deepEqual(refunds.toSorted(), [100_000, 50_000].toSorted(), 'in any order: both are of one moment');
});

atCounter('one part of the price is reversed by the gateway: tickets are void, the other part is owed', async c => {
  const { amina, showing, manager, tiketi } = c;
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, card('slip 3', 400));
  await tiketi.pass(1_000);
  await amina.pay(saleId, mpesa());
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await amina.until(saleId, ({ state }) => state === 'paid');
  const [receipt] = await rowsOf<{ id: number }>(tiketi, `select id from receipt where gateway = 'daraja'`);
  await manager.does('POST', `/receipts/${receipt?.id}/reversals`, { note: NOTE });
  assert.match(
    tellSale(await amina.see(saleId)),
    /refunded 2 tickets; card paid 400; daraja reversed 600; card reversed due 400$/,
  );
});

atCounter('a part that is reversed before the rest is paid is simply to be paid again', async c => {
  const { amina, showing, manager, tiketi } = c;
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, mpesa(400));
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await amina.until(saleId, ({ paid }) => paid.amount === 40_000);
  const [receipt] = await rowsOf<{ id: number }>(tiketi, 'select id from receipt');
  await manager.does('POST', `/receipts/${receipt?.id}/reversals`, { note: NOTE });
  assert.match(tellSale(await amina.see(saleId)), /^open 0 of 1000: held 0 tickets/);
  assert.equal((await amina.pay(saleId, cash(1_000))).sale.state, 'paid');
});

atCounter('another amount than was pushed waits for a person, who gives it to the sale as a part', async c => {
  const { amina, showing, manager, tiketi } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
  tiketi.fault('silence');
  tiketi.phone.enterPin();
  await tellSuccess(tiketi, { amount: 700 });
  const [item] = await manager.worklist();
  assert.deepEqual([item?.kind, item?.reference], ['under_review', sale.reference]);
  assert.equal(problemOf(await amina.tryToPay(sale.saleId, mpesa())).code, 'payment_in_progress');
  const money = (await manager.worklist()).find(({ receiptId }) => receiptId !== null);
  await manager.does('POST', `/receipts/${money?.receiptId}/resolutions`, { as: 'booking', note: NOTE });
  assert.match(tellSale(await amina.see(sale.saleId)), /1000: confirmed 2 tickets/);
});

atCounter('a showing that is called off owes each part of the price', async c => {
  const { amina, showing, manager, tiketi } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }, popcorn(300)]);
  await amina.pay(sale.saleId, cash(200, 200));
  await tiketi.pass(1_000);
  await amina.pay(sale.saleId, card('slip 5', 600));
  await manager.does('POST', `/showings/${showing}/cancellations`, { note: NOTE });
  const after = await amina.see(sale.saleId);
  assert.match(
    tellSale(after),
    /refunded 1 tickets, Popcorn paid; .*cash showing_cancelled due 200; card showing_cancelled due 300$/,
  );
});

atCounter('a showing that is called off while half of it is paid', async c => {
  const { amina, showing, manager, approval } = c;
  const { saleId } = await amina.places(showing);
  await amina.pay(saleId, cash(400, 400));
  await manager.does('POST', `/showings/${showing}/cancellations`, { note: NOTE });
  const after = await amina.see(saleId);
  assert.match(tellSale(after), /cancelled 0 tickets; cash paid 400; cash showing_cancelled due 400$/);
  await amina.does('POST', `/refunds/${after.refunds[0]?.refundId}/cash`, { approval });
});
