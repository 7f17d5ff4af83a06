import assert from 'node:assert/strict';
import { request } from 'undici';
import { problemOf } from '../support/customer.ts';
import { atCounter, atTill, type Counter, tellSale } from '../support/till.ts';

const PHONE = '255712345678';
const tzs = (amount: number) => ({ amount: amount * 100, currency: 'TZS' });

/** In Dar es Salaam, where the customer pays on a page of the gateway's. */
async function inDar({ tiketi, hire }: Counter) {
  const zuberi = atTill(tiketi, await hire('Zuberi', 'cashier', 2));
  await zuberi.does('POST', '/shifts', { float: tzs(20_000) });
  const { sale, payment } = await zuberi.sell([{ amount: tzs(5_000), purpose: 'Popcorn' }], {
    method: 'pesapal',
    phone: PHONE,
  });
  return { zuberi, sale, payment };
}

atCounter('a customer in Dar es Salaam gets the gateway’s page, and the till its address', async c => {
  const { payment } = await inDar(c);
  assert.equal(payment?.state, 'pending');
  assert.match(payment?.redirectUrl ?? '', /^http/);
});

atCounter('whoever paid there comes back to what was sold', async c => {
  const { sale } = await inDar(c);
  const { pesapal } = c.tiketi.simulator;
  const [order] = pesapal.orders();
  assert.ok(order);
  const { pathname, search } = new URL(pesapal.leaveUnpaid(order).url);
  const { headers } = await request(c.tiketi.url + pathname + search);
  const [line] = sale.lines;
  assert.equal(headers.location, `/charges/${line && 'chargeId' in line && line.chargeId}`);
});

atCounter('cash instead of an order on a page: the order is taken back there first', async c => {
  const { zuberi, sale } = await inDar(c);
  await c.tiketi.pass(1_000);
  const taken = await zuberi.pay(sale.saleId, { method: 'cash', given: tzs(5_000), leave: true });
  assert.equal(tellSale(taken.sale), 'paid 5000 of 5000: Popcorn paid; pesapal failed 5000; cash paid 5000');
  assert.deepEqual(taken.left, [], 'it cannot be paid any more');
});

atCounter('an order that the gateway does not take back stands in the way: it may still be paid', async c => {
  const { zuberi, sale } = await inDar(c);
  c.tiketi.simulator.parts.pesapal.faults.arm({ fault: 'pesapal-cancel-refused', phone: null, times: 1 });
  const answer = await zuberi.tryToPay(sale.saleId, { method: 'cash', given: tzs(5_000), leave: true });
  assert.equal(problemOf(answer).code, 'payment_in_progress');
  assert.match(tellSale(await zuberi.see(sale.saleId)), /^open 0 of 5000: Popcorn open; pesapal pending 5000$/);
});
