import assert from 'node:assert/strict';
import { problemOf } from '../support/customer.ts';
import { bookAndPay, change, decideRefund, OFFICE, OTHER_PHONE } from '../support/office.ts';
import { atCounter, atTill, card, cash, hundreds, mpesa, popcorn } from '../support/till.ts';
import { allSalesOf, salesOf, tell, tellFigures } from './sales-of.ts';

atCounter('an evening by showing, day, method and cashier: each table comes to the same', async c => {
  const { tiketi, amina, baraka, hire, showing, approval } = c;
  await amina.sell([{ showingId: showing, quantity: 2 }, popcorn(300)], cash(1_300));
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }]);
  await amina.pay(sale.saleId, cash(600, 600));
  await amina.pay(sale.saleId, card('slip 1'));
  const grant = { method: 'complimentary', reason: 'the usher’s mother', approval };
  await amina.sell([{ showingId: showing, quantity: 1 }], grant);
  const juma = atTill(tiketi, await hire('Juma'));
  await juma.openShift();
  await juma.sell([{ showingId: showing, quantity: 1 }], card('slip 2'));
  const { tickets } = await bookAndPay(tiketi, showing);
  await juma.does('POST', '/admissions', { code: tickets[0]?.ticketCode, showingId: showing });
  const { showing: byShowing, day, method, cashier } = await allSalesOf(baraka);
  assert.deepEqual(tell(byShowing), ['Screen 9 3500-0, 7+1 tickets, 1 in', 'charges 300-0, 0+0 tickets, 0 in']);
  assert.deepEqual(tell(day), ['2026-11-22 3800-0, 7+1 tickets, 1 in']);
  assert.deepEqual(tell(method), [
    'daraja 1000-0, 2+0 tickets, 1 in',
    'cash 1900-0, 2+0 tickets, 0 in',
    'card 900-0, 3+0 tickets, 0 in',
    'complimentary 0-0, 0+1 tickets, 0 in',
  ]);
  assert.deepEqual(tell(cashier), [
    'Amina 2300-0, 4+1 tickets, 0 in',
    'Juma 500-0, 1+0 tickets, 0 in',
    'online 1000-0, 2+0 tickets, 1 in',
  ]);
  for (const table of [byShowing, day, method, cashier])
    assert.equal(tellFigures(table.total), '3800-0, 7+1 tickets, 1 in', table.by);
});

atCounter('what goes back stays in what was received; its tickets are sold no more, but who was in was in', async c => {
  const { tiketi, manager, amina, baraka, showing, approval } = c;
  const { bookingId } = await bookAndPay(tiketi, showing);
  await decideRefund(manager, bookingId);
  const { bookingId: used, tickets } = await bookAndPay(tiketi, showing, OTHER_PHONE);
  await amina.does('POST', '/admissions', { code: tickets[0]?.ticketCode, showingId: showing });
  await decideRefund(manager, used);
  const { sale } = await amina.sell([{ showingId: showing, quantity: 2 }]);
  await amina.pay(sale.saleId, cash(600, 600));
  await amina.abandon(sale.saleId, approval);
  const { sale: twice } = await amina.sell([{ showingId: showing, quantity: 1 }], mpesa(undefined, '254722100133'));
  await amina.pay(twice.saleId, { ...cash(500), leave: true });
  await tiketi.pass(1_000);
  tiketi.phone.enterPin('1234', '254722100133');
  await tiketi.pass(2_000);
  await amina.until(twice.saleId, ({ refunds }) => refunds.length > 0);
  const { showing: byShowing, method, cashier, day } = await allSalesOf(baraka);
  assert.deepEqual(tell(byShowing), ['Screen 9 3100-2600, 2+0 tickets, 1 in', 'nothing 500-500, 0+0 tickets, 0 in']);
  assert.deepEqual(tell(method), ['daraja 2500-2500, 1+0 tickets, 1 in', 'cash 1100-600, 1+0 tickets, 0 in']);
  assert.deepEqual(tell(cashier), ['Amina 1600-1100, 1+0 tickets, 0 in', 'online 2000-2000, 1+0 tickets, 1 in']);
  assert.equal(day.total.net, 50_000);
});

atCounter(
  'money that the gateway took back is given back, and money that belongs to nothing yet is not told',
  async c => {
    const { tiketi, manager, baraka, showing } = c;
    const { bookingId } = await bookAndPay(tiketi, showing);
    const [row] = (await tiketi.server.parts.database
      .read()
      .execute(
        `select receipt.id from receipt join payment on payment.id = payment where booking = '${bookingId}'`,
      )) as {
      id: number;
    }[];
    await manager.does('POST', `/receipts/${row?.id}/reversals`, { note: 'as the portal says' });
    await bookAndPay(tiketi, showing, OTHER_PHONE);
    assert.deepEqual(tell(await salesOf(baraka, 'showing')), ['Screen 9 2000-1000, 2+0 tickets, 0 in']);
    await change(tiketi, `update receipt set allocation = 'unallocated' where id != ${row?.id}`);
    assert.deepEqual(tell(await salesOf(baraka, 'method')), ['daraja 1000-1000, 0+0 tickets, 0 in']);
    await change(tiketi, `update receipt set allocation = 'applied' where id != ${row?.id}`);
  },
);

atCounter('what M-Pesa brings after the seal is nobody’s, as in the day’s report', async c => {
  const { tiketi, amina, baraka, showing, shiftId, approval } = c;
  const { sale } = await amina.sell([{ showingId: showing, quantity: 1 }], mpesa());
  await amina.pay(sale.saleId, { ...cash(500), leave: true });
  await amina.does('POST', `/shifts/${shiftId}/counts`, hundreds(25));
  await amina.does('POST', `/shifts/${shiftId}/seals`, { approval });
  await tiketi.pass(1_000);
  tiketi.phone.enterPin();
  await tiketi.pass(2_000);
  await amina.until(sale.saleId, ({ refunds }) => refunds.length > 0);
  assert.deepEqual(tell(await salesOf(baraka, 'cashier')), [
    'Amina 500-0, 1+0 tickets, 0 in',
    'online 500-500, 0+0 tickets, 0 in',
  ]);
});

atCounter(
  'a supervisor sees their own venue, a manager of all venues the one asked for, a cashier nothing',
  async c => {
    const { amina, baraka, manager, hire, tiketi, showing } = c;
    await bookAndPay(tiketi, showing);
    assert.equal((await amina.ask('GET', '/reports/day')).status, 403);
    const far = await hire('Rehema', 'supervisor', 2);
    assert.equal((await far.ask('GET', '/reports/day?venueId=1')).status, 403);
    assert.deepEqual((await salesOf(far, 'day')).total.gross, 0);
    assert.equal((await manager.ask('GET', '/reports/day')).status, 404, 'of which venue?');
    assert.equal((await manager.ask('GET', '/reports/day?venueId=77')).status, 404);
    assert.equal((await salesOf(manager, 'day', '?venueId=1')).total.gross, 100_000);
    assert.equal((await salesOf(manager, 'day', '?venueId=2')).currency, 'TZS');
    assert.equal((await baraka.ask('GET', '/reports/weather')).status, 404);
  },
);

atCounter('days that are none, the wrong way round, or more than a year of them are refused', async ({ baraka }) => {
  for (const wish of [
    'from=yesterday',
    'from=2026-02-31&to=2026-03-01',
    'from=2026-11-23&to=2026-11-22',
    'from=2025-11-21&to=2026-11-22',
    'from=2026-11-23',
  ])
    assert.equal(problemOf(await baraka.ask('GET', `/reports/day?${wish}`)).code, 'invalid_body', wish);
  const year = await salesOf(baraka, 'day', '?from=2025-11-22&to=2026-11-22');
  assert.equal(year.rows.length, 366, 'a day on which nothing was sold is a row too');
  const { from, to, rows } = await salesOf(baraka, 'showing', '?from=2026-11-16');
  assert.deepEqual([from, to, rows], ['2026-11-16', '2026-11-22', []]);
});

atCounter('a table for a spreadsheet: amounts as plain numbers, times by the venue’s clock, no formula', async c => {
  const { tiketi, amina, baraka, hire, showing } = c;
  await change(tiketi, `update movie set title = '=HYPERLINK("http://x"), "Moto" ñ 映画' where id = 1`);
  await amina.sell([{ showingId: showing, quantity: 1 }, popcorn(300)], cash(800));
  const juma = atTill(tiketi, await hire('@Juma, the tall'));
  await juma.openShift();
  await juma.sell([popcorn(45)], card('slip 3'));
  const read = async (by: string) => {
    const { body, headers } = await baraka.ask('GET', `/reports/${by}?format=csv`);
    assert.equal(headers['content-type'], 'text/csv; charset=utf-8');
    assert.equal(headers['content-disposition'], `attachment; filename="sales-by-${by}-2026-11-22-2026-11-22.csv"`);
    return String(body).replace('\ufeff', '').split('\r\n').slice(0, -1);
  };
  const figures = 'tickets sold,complimentary,admitted,gross,given back,net,currency';
  assert.deepEqual(await read('showing'), [
    `starts at,title,screen,${figures}`,
    `2026-11-22 18:00:00,"'=HYPERLINK(""http://x""), ""Moto"" ñ 映画",Screen 9,1,0,0,500,0,500,KES`,
    ',other than places,,0,0,0,345,0,345,KES',
  ]);
  assert.deepEqual(await read('day'), [`day,${figures}`, '2026-11-22,1,0,0,845,0,845,KES']);
  assert.deepEqual(await read('method'), [
    `method,network,${figures}`,
    'cash,,1,0,0,800,0,800,KES',
    'card,,0,0,0,45,0,45,KES',
  ]);
  assert.deepEqual((await read('cashier')).slice(1), [
    `"'@Juma, the tall",0,0,0,45,0,45,KES`,
    'Amina,1,0,0,800,0,800,KES',
  ]);
  const raw = await fetch(`${tiketi.url}${OFFICE}/reports/day?format=csv`, { headers: { cookie: baraka.cookie } });
  const bytes = new Uint8Array(await raw.arrayBuffer()).slice(0, 3);
  assert.deepEqual([...bytes], [0xef, 0xbb, 0xbf], 'it says that it is UTF-8');
});
