import assert from 'node:assert/strict';
import type { SalesRow } from '../../shared/office/reports.ts';
import type { ReportView } from '../../shared/office/shift-report.ts';
import { decideRefund, until } from '../support/office.ts';
import { seededFraction } from '../support/seeded-random.ts';
import { atCounter, atTill, type Cashier, type Counter, card, cash, mpesa, popcorn } from '../support/till.ts';
import { allSalesOf } from './sales-of.ts';

const SALES = 18; // An evening; a cashier and a method for each.
const SEEDS = [1, 2];

for (const seed of SEEDS)
  atCounter(
    `after an evening of chance (${seed}), each table agrees with the shifts’ reports and with the day’s`,
    async c => {
      const juma = atTill(c.tiketi, await c.hire('Juma'));
      const { shiftId } = await juma.openShift();
      const play = player(c, [c.amina, juma], seededFraction(seed));
      for (let sale = 0; sale < SALES; sale++) await play();
      const day = await c.report('/venues/1/days/2026-11-22/report');
      const tables = await allSalesOf(c.baraka);
      for (const { by, total } of Object.values(tables)) {
        assert.equal(total.gross, sumOf(day.methods), by);
        assert.equal(total.givenBack, day.goesBack.amount, by);
        assert.equal(total.net, day.places.amount + day.charges.amount, by);
        assert.deepEqual(total, tables.day.total, by);
      }
      assert.ok(tables.day.total.givenBack > 0 && tables.day.total.complimentary > 0, 'chance has had its way');
      for (const { method, taken } of day.methods)
        assert.equal(
          grossOf(tables.method.rows, ({ key }) => key.of === 'method' && key.method === method),
          taken.amount,
        );
      for (const [name, id] of [
        ['Amina', c.shiftId],
        ['Juma', shiftId],
      ] as const) {
        const shift = await c.report(`/shifts/${id}/report`);
        const row = tables.cashier.rows.find(({ key }) => key.of === 'cashier' && key.name === name);
        assert.deepEqual([row?.gross, row?.givenBack], [sumOf(shift.methods), shift.goesBack.amount], name);
      }
      assert.equal(
        grossOf(tables.cashier.rows, ({ key }) => key.of === 'online'),
        day.online.amount,
      );
      assert.equal(grossOf(tables.showing.rows, ({ key }) => key.of === 'charges') > 0, day.charges.amount > 0);
      const out = await ticketsOf(c);
      assert.deepEqual([tables.day.total.sold + tables.day.total.complimentary, tables.day.total.admitted], out);
    },
  );

const sumOf = (methods: ReportView['methods']) => methods.reduce((sum, { taken }) => sum + taken.amount, 0);
const grossOf = (rows: SalesRow[], which: (row: SalesRow) => boolean) =>
  rows.filter(which).reduce((sum, { gross }) => sum + gross, 0);

/** Those that are good or used, and those that are used. */
async function ticketsOf({ tiketi }: Counter): Promise<number[]> {
  const rows = (await tiketi.server.parts.database.read().execute('select state from ticket')) as { state: string }[];
  return [rows.filter(({ state }) => state !== 'void').length, rows.filter(({ state }) => state === 'admitted').length];
}

/** One thing that happens of an evening, by chance. */
function player(c: Counter, cashiers: Cashier[], chance: () => number) {
  const { tiketi, manager, showing, approval } = c;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
  let number = 0;
  const phone = () => `2547221001${String(number).padStart(2, '0')}`;
  const places = () => ({ showingId: showing, quantity: 1 + Math.floor(chance() * 3) });
  const admit = (code: string | undefined) =>
    c.amina.does('POST', '/admissions', { code, showingId: showing }).then(() => {});

  async function sell(cashier: Cashier) {
    const lines = pick([[places()], [popcorn(300)], [places(), popcorn(150)]]);
    const grant = { method: 'complimentary', reason: 'a birthday', approval };
    const { sale } = await cashier.sell(lines, pick([cash(10_000), card(`slip ${number}`), grant]));
    const [line] = sale.lines;
    if (line?.kind !== 'places' || chance() < 0.4) return;
    if (chance() < 0.5) await admit(line.tickets[0]?.ticketCode);
    if (chance() < 0.6) await manager.does('POST', '/refunds', { bookingId: line.bookingId, note: 'rain came in' });
  }
  async function sellInParts(cashier: Cashier) {
    const { sale } = await cashier.sell([places(), popcorn(150)]);
    await cashier.pay(sale.saleId, cash(200, 200));
    if (chance() < 0.4) await cashier.abandon(sale.saleId, approval);
    else await cashier.pay(sale.saleId, card(`slip ${number}`));
  }
  async function leavePrompt(cashier: Cashier) {
    const { sale } = await cashier.sell([places()], mpesa(undefined, phone()));
    await cashier.pay(sale.saleId, { ...cash(10_000), leave: true });
    await tiketi.pass(1_000);
    tiketi.phone.enterPin('1234', phone());
    await tiketi.pass(2_000);
    await cashier.until(sale.saleId, ({ refunds }) => refunds.length > 0);
  }
  async function online() {
    const { bookingId } = await tiketi.customer.book(showing, 1 + Math.floor(chance() * 3));
    await tiketi.customer.pay(bookingId, phone());
    tiketi.phone.enterPin('1234', phone());
    await tiketi.pass(2_000);
    const { tickets } = await until(tiketi, bookingId, ({ state }) => state === 'confirmed');
    if (chance() < 0.4) await admit(tickets[0]?.ticketCode);
    if (chance() < 0.4) await decideRefund(manager, bookingId);
  }
  return async () => {
    number += 1;
    await pick([sell, sell, sell, sellInParts, leavePrompt, online])(pick(cashiers));
  };
}
