import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import * as v from 'valibot';
import { ReportView } from '../../shared/office/shift-report.ts';
import { ShiftAnswer, type ShiftView } from '../../shared/office/shifts.ts';
import { SaleAnswer, SalesAnswer, type SaleView, TakingAnswer } from '../../shared/office/till.ts';
import { type Answer, PHONE } from './customer.ts';
import { BROKEN } from './invariants.ts';
import { OFFICE, untilTrue } from './office.ts';
import { openBoxOffice, type Person } from './people.ts';
import type { Tiketi } from './tiketi.ts';

export const FLOAT = 200_000;
const shillings = (amount: number) => ({ amount: amount * 100, currency: 'KES' });

export type Counter = Awaited<ReturnType<typeof openCounter>>;
export type Cashier = ReturnType<typeof atTill>;

/** A story at the counter; at its end the rules of the money hold, whatever happened. */
export function atCounter(story: string, happens: (counter: Counter, t: TestContext) => Promise<void>): void {
  test(story, async t => {
    const counter = await openCounter(t);
    await happens(counter, t);
    await counter.tiketi.server.idle();
    await assertSound(counter.tiketi);
  });
}

/** A box office with a cashier whose shift is open, a supervisor, and a showing at KES 500 a place. */
export async function openCounter(t: TestContext, settings: Record<string, string> = {}) {
  const { tiketi, manager, hire } = await openBoxOffice(t, settings);
  const amina = atTill(tiketi, await hire('Amina'));
  const baraka = await hire('Baraka', 'supervisor');
  const showing = await tiketi.addShowing();
  const { shiftId } = await amina.openShift();
  return {
    ...{ tiketi, manager, hire, amina, baraka, showing, shiftId },
    approval: { name: baraka.name, pin: baraka.pin },
    /** Where the gateway tells of all money that reaches our number. */
    confirmationsAt: `/callbacks/daraja/c2b/${tiketi.server.parts.notificationSecret}`,
    report: (path: string) => reportOf(baraka, path),
  };
}

export async function reportOf(supervisor: Pick<Person, 'does'>, path: string): Promise<ReportView> {
  return v.parse(v.object({ report: ReportView }), await supervisor.does('GET', path)).report;
}

export async function assertSound({ server }: Tiketi): Promise<void> {
  const em = server.parts.database.read();
  for (const [rule, sql] of Object.entries(BROKEN)) assert.deepEqual(await em.execute(sql), [], rule);
}

/** Somebody at a till, and every answer that they ever got. */
export function atTill(tiketi: Tiketi, person: Person) {
  const seen: Answer[] = [];
  async function ask(method: 'GET' | 'POST', path: string, body?: unknown, key: string = randomUUID()) {
    const answer = await tiketi.customer.ask(method, OFFICE + path, body, {
      cookie: person.cookie,
      'idempotency-key': key,
    });
    seen.push(answer);
    return answer;
  }
  async function does(method: 'GET' | 'POST', path: string, body?: unknown, key?: string): Promise<unknown> {
    const answer = await ask(method, path, body, key);
    assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  const see = async (saleId: string) => v.parse(SaleAnswer, await does('GET', `/sales/${saleId}`)).sale;
  async function sell(lines: unknown[], payment?: unknown, key?: string) {
    return v.parse(
      TakingAnswer,
      await does('POST', '/sales', { lines, ...(payment !== undefined && { payment }) }, key),
    );
  }
  return {
    ...{ ...person, ask, does, seen, see, sell },
    async openShift(float = FLOAT): Promise<ShiftView> {
      const { shift } = v.parse(
        ShiftAnswer,
        await does('POST', '/shifts', { float: { amount: float, currency: 'KES' } }),
      );
      assert.ok(shift);
      return shift;
    },
    /** Two places, or as many as said: KES 500 each. */
    places: (showingId: number, quantity = 2) => sell([{ showingId, quantity }]).then(({ sale }) => sale),
    async pay(saleId: string, payment: object, key?: string) {
      return v.parse(TakingAnswer, await does('POST', `/sales/${saleId}/payments`, payment, key));
    },
    tryToPay: (saleId: string, payment: object, key?: string) => ask('POST', `/sales/${saleId}/payments`, payment, key),
    async openSales() {
      return v.parse(SalesAnswer, await does('GET', '/sales')).sales;
    },
    async abandon(saleId: string, approval?: object) {
      return v.parse(SaleAnswer, await does('POST', `/sales/${saleId}/abandonments`, { approval })).sale;
    },
    /** Waits for what is already on its way. Reads it once more: a commit may come between the statements of one view. */
    async until(saleId: string, what: (sale: SaleView) => boolean): Promise<SaleView> {
      let sale: SaleView | undefined;
      await untilTrue(
        async () => {
          sale = await see(saleId);
          return what(sale);
        },
        () => JSON.stringify(sale),
      );
      return see(saleId);
    },
  };
}

/** Counts KES `shillings` in notes of 100, and has the supervisor seal it. */
export async function closeShift({ amina, shiftId, approval }: Counter, shillings: number, note?: string) {
  await amina.does('POST', `/shifts/${shiftId}/counts`, hundreds(shillings / 100));
  return amina.ask('POST', `/shifts/${shiftId}/seals`, { approval, ...(note !== undefined && { note }) });
}

/** What can be said about paying, in whole shillings. */
export const cash = (given: number, amount?: number) => ({
  method: 'cash',
  given: shillings(given),
  ...(amount !== undefined && { amount: shillings(amount) }),
});
export const card = (reference: string, amount?: number) => ({
  method: 'card',
  reference,
  ...(amount !== undefined && { amount: shillings(amount) }),
});
export const mpesa = (amount?: number, phone = PHONE) => ({
  method: 'daraja',
  phone,
  ...(amount !== undefined && { amount: shillings(amount) }),
});
export const paidBefore = (receiptNumber: string) => ({ method: 'paid_before', receiptNumber });
export const popcorn = (amount = 300) => ({ amount: shillings(amount), purpose: 'Popcorn' });
/** A drawer counted in notes of KES 100. */
export const hundreds = (count: number) => ({ counts: [{ denomination: 10_000, count }] });

/** The sale in a few words: `paid 1000 of 1000: confirmed 2 tickets; cash paid 1000`. */
export function tellSale({ state, total, paid, lines, payments, refunds }: SaleView): string {
  const whole = (amount: number) => String(amount / 100);
  return [
    `${state} ${whole(paid.amount)} of ${whole(total.amount)}: ${lines
      .map(line =>
        line.kind === 'places' ? `${line.state} ${line.tickets.length} tickets` : `${line.purpose} ${line.state}`,
      )
      .join(', ')}`,
    ...payments.map(
      ({ gateway, state: paymentState, amount, isLeft }) =>
        `${gateway} ${paymentState}${isLeft ? ' left' : ''} ${whole(amount.amount)}`,
    ),
    ...refunds.map(
      ({ reason, state: refundState, amount, method }) => `${method} ${reason} ${refundState} ${whole(amount.amount)}`,
    ),
  ].join('; ');
}
