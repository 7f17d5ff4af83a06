import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { PHONE, problemOf } from '../support/customer.ts';
import { rowsOf } from '../support/office.ts';
import { atCounter, atTill, card, cash, mpesa, popcorn, tellSale } from '../support/till.ts';

const CALLBACK_MS = 2_000;

atCounter(
  'a walk-up pays in cash: tickets and change in one request, no name and no number',
  async ({ amina, showing }) => {
    const { sale, payment } = await amina.sell([{ showingId: showing, quantity: 2 }], cash(2_000));
    assert.equal(tellSale(sale), 'paid 1000 of 1000: confirmed 2 tickets; cash paid 1000');
    assert.deepEqual(payment?.change, { amount: 100_000, currency: 'KES' });
    assert.equal(payment?.receiptNumber, `${sale.reference}-1`);
  },
);

atCounter('less cash than is to be paid buys nothing', async ({ amina, showing, tiketi }) => {
  const answer = await amina.ask('POST', '/sales', {
    lines: [{ showingId: showing, quantity: 2 }],
    payment: cash(999),
  });
  assert.equal(problemOf(answer).code, 'invalid_body');
  assert.deepEqual(await rowsOf(tiketi, 'select id from sale union select id from booking'), []);
});

atCounter('a card is taken on its own terminal; one slip pays once', async ({ amina, showing }) => {
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }], card('slip 0042'));
  assert.equal(tellSale(sale), 'paid 500 of 500: confirmed 1 tickets; card paid 500');
  const other = await amina.places(showing, 1);
  assert.equal(problemOf(await amina.tryToPay(other.saleId, card('SLIP 0042'))).code, 'not_possible_now');
  assert.equal(tellSale(await amina.see(other.saleId)), 'open 0 of 500: held 0 tickets');
});

atCounter(
  'M-Pesa is pushed to a typed phone while the next customer is served; the paid one confirms by itself',
  async ({ amina, showing, tiketi }) => {
    const { sale: parked, payment } = await amina.sell([{ showingId: showing, quantity: 2 }], mpesa());
    assert.equal(payment?.state, 'pending');
    await amina.sell([{ showingId: showing, quantity: 1 }], cash(500));
    assert.deepEqual(
      (await amina.openSales()).map(({ saleId }) => saleId),
      [parked.saleId],
    );
    tiketi.phone.enterPin();
    await tiketi.pass(CALLBACK_MS);
    const sale = await amina.until(parked.saleId, ({ state }) => state === 'paid');
    assert.equal(tellSale(sale), 'paid 1000 of 1000: confirmed 2 tickets; daraja paid 1000');
  },
);

atCounter(
  'a complimentary ticket takes a reason and a supervisor, and owes nobody anything when it goes back',
  async ({ amina, showing, approval, manager }) => {
    const sale = await amina.places(showing, 1);
    const grant = { method: 'complimentary', reason: 'the usher’s mother' };
    assert.equal(problemOf(await amina.tryToPay(sale.saleId, grant)).code, 'approval_needed');
    const paid = (await amina.pay(sale.saleId, { ...grant, approval })).sale;
    assert.equal(tellSale(paid), 'paid 500 of 500: confirmed 1 tickets; complimentary paid 500');
    const [line] = paid.lines;
    assert.ok(line?.kind === 'places');
    await manager.does('POST', '/refunds', { bookingId: line.bookingId, note: 'she could not come' });
    assert.match(tellSale(await amina.see(sale.saleId)), /refunded 1 tickets.*complimentary staff_decision done 500/);
  },
);

atCounter('places and popcorn are one sale, and one payment', async ({ amina, showing }) => {
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }, popcorn(300)], cash(1_300));
  assert.equal(tellSale(sale), 'paid 1300 of 1300: confirmed 2 tickets, Popcorn paid; cash paid 1300');
});

atCounter(
  'popcorn alone is a sale; its amount is the cashier’s, the price of places is the server’s',
  async ({ amina, showing }) => {
    assert.equal(
      tellSale((await amina.sell([popcorn(250)], cash(250))).sale),
      'paid 250 of 250: Popcorn paid; cash paid 250',
    );
    const lines = [{ showingId: showing, quantity: 1, price: { amount: 1, currency: 'KES' }, amount: 1 }];
    assert.equal((await amina.sell(lines)).sale.total.amount, 50_000);
  },
);

atCounter('somebody who booked at home pays here', async ({ amina, showing, tiketi }) => {
  const { bookingId } = await tiketi.customer.book(showing);
  const { sale } = await amina.sell([{ bookingId }], cash(1_000));
  assert.equal(tellSale(sale), 'paid 1000 of 1000: confirmed 2 tickets; cash paid 1000');
  const booking = await tiketi.customer.see(bookingId);
  assert.deepEqual([booking.state, booking.payment?.gateway, booking.payment?.state], ['confirmed', 'cash', 'paid']);
  const again = await amina.ask('POST', '/sales', { lines: [{ bookingId }] });
  assert.equal(problemOf(again).code, 'not_possible_now');
});

atCounter(
  'a lost answer is no second sale: the same key gives the same sale and the same payment again',
  async ({ amina, showing, tiketi }) => {
    const key = randomUUID();
    const sell = () => amina.sell([{ showingId: showing, quantity: 2 }], cash(1_000), key);
    const [first, second] = await Promise.all([sell(), sell()]);
    const third = await sell();
    assert.deepEqual([second.sale.saleId, third.sale.saleId], [first.sale.saleId, first.sale.saleId]);
    assert.equal(third.payment?.paymentId, first.payment?.paymentId);
    assert.deepEqual(await rowsOf(tiketi, `select count(*) as sales from sale`), [{ sales: 1 }]);
    assert.deepEqual(await rowsOf(tiketi, `select sum(cash) as cash from journal_entry where kind = 'cash_taken'`), [
      { cash: 100_000 },
    ]);
    const other = await amina.ask('POST', '/sales', { lines: [popcorn()] }, key);
    assert.equal(problemOf(other).code, 'idempotency_key_reused');
  },
);

atCounter(
  'two presses of one payment button take the cash once; another key after it is refused',
  async ({ amina, showing, tiketi }) => {
    const sale = await amina.places(showing);
    const key = randomUUID();
    await Promise.all([amina.pay(sale.saleId, cash(1_000), key), amina.pay(sale.saleId, cash(1_000), key)]);
    assert.equal(problemOf(await amina.tryToPay(sale.saleId, cash(1_000))).code, 'already_paid');
    assert.equal(problemOf(await amina.tryToPay(sale.saleId, cash(2_000), key)).code, 'idempotency_key_reused');
    assert.deepEqual(await rowsOf(tiketi, `select count(*) as receipts from receipt`), [{ receipts: 1 }]);
  },
);

atCounter(
  'the customer’s own page pays for a sale that waits: its link is a payment link',
  async ({ amina, showing, tiketi }) => {
    const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }, popcorn(300)]);
    const [places, corn] = sale.lines;
    assert.ok(places?.kind === 'places' && corn?.kind === 'charge');
    assert.match(corn.url, new RegExp(`/charges/${corn.chargeId}$`));
    await tiketi.customer.pay(places.bookingId);
    tiketi.phone.enterPin();
    await tiketi.pass(CALLBACK_MS);
    const half = await amina.until(sale.saleId, ({ paid }) => paid.amount > 0);
    assert.equal(tellSale(half), 'open 500 of 800: confirmed 1 tickets, Popcorn open; daraja paid 500');
    assert.match(tellSale((await amina.pay(sale.saleId, cash(300))).sale), /^paid 800 of 800/);
  },
);

atCounter('the sale and its changes are pushed to the tills of its venue', async ({ amina, showing, tiketi }) => {
  const { socket } = await amina.socket();
  const states: string[] = [];
  const paid = new Promise<void>(done => {
    socket.on('sale:changed', sale => {
      states.push(sale.state);
      if (sale.state === 'paid') done();
    });
  });
  const watched = await socket.timeout(5_000).emitWithAck('till:watch', { venueId: 1 });
  assert.deepEqual([watched.sales, watched.shift.state], [[], 'open']);
  await amina.sell([{ showingId: showing, quantity: 1 }], mpesa(undefined, PHONE));
  tiketi.phone.enterPin();
  await tiketi.pass(CALLBACK_MS);
  await paid;
  assert.deepEqual([states[0], states.at(-1)], ['open', 'paid']);
});

atCounter('tickets are printed again from the sale, and the journal says so', async ({ amina, showing, tiketi }) => {
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }], cash(500));
  const before = sale.lines.flatMap(line => (line.kind === 'places' ? line.tickets : []));
  const body = (await amina.does('POST', `/sales/${sale.saleId}/reprints`, { reason: 'the printer jammed' })) as {
    sale: typeof sale;
  };
  assert.deepEqual(
    body.sale.lines.flatMap(line => (line.kind === 'places' ? line.tickets : [])),
    before,
  );
  const lines = await rowsOf(tiketi, `select actor, sale from journal_entry where kind = 'reprinted'`);
  assert.deepEqual(lines, [{ actor: 'Amina', sale: sale.saleId }]);
});

atCounter(
  'without an open shift nothing is sold, and a sale of another venue is nobody’s here',
  async ({ hire, amina, showing, tiketi }) => {
    const zuberi = atTill(tiketi, await hire('Zuberi', 'cashier', 2));
    const sale = await amina.places(showing, 1);
    assert.equal(problemOf(await zuberi.ask('GET', `/sales/${sale.saleId}`)).code, 'forbidden');
    assert.equal(problemOf(await zuberi.ask('POST', '/sales', { lines: [popcorn()] })).code, 'not_possible_now');
  },
);
