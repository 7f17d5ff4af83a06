import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import * as v from 'valibot';
import { query } from '../../../server/model/entities.ts';
import { arm } from '../../../server/simulator/fault-lists.ts';
import type { WorklistItem } from '../../../server/view/worklist-view.ts';
import { type BookingView, PaymentAnswer } from '../../../shared/views.ts';
import type { Answer } from '../../support/customer.ts';
import { eventually } from '../../support/eventually.ts';
import { change, NOTE, type Office, openOffice, signedIn } from '../../support/office.ts';
import type { Tiketi } from '../../support/tiketi.ts';
import { type Ending, endingOf } from './ending.ts';
import type { Fault, Row, Story } from './row.ts';

/** Plenty: what a scarce query budget changes is told elsewhere. */
const QUERIES = { DARAJA_QUERIES_PER_MINUTE: '600', PESAPAL_QUERIES_PER_MINUTE: '600' };
const HOUR_MS = 3_600_000;

/** One venue of a running Tiketi, and one customer's booking after the other. */
export class Scene {
  readonly row: Row;
  office: Office;
  /** The booking at which everybody looks now. */
  bookingId = '';
  /** The phone with which it was last paid. */
  payer: string;

  constructor(row: Row, office: Office) {
    this.row = row;
    this.office = office;
    this.payer = row.phones[0];
  }

  get tiketi(): Tiketi {
    return this.office.tiketi;
  }

  /** Two places, held. */
  async book(showing?: number): Promise<BookingView> {
    const booking = await this.tiketi.customer.book(showing ?? (await this.addShowing()));
    this.bookingId = booking.bookingId;
    return booking;
  }

  tryToPay(phone = this.row.phones[0]): Promise<Answer> {
    this.payer = phone;
    return this.tiketi.customer.tryToPay(this.bookingId, { gateway: this.row.name, phone });
  }

  async pay(phone?: string) {
    const answer = await this.tryToPay(phone);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return v.parse(PaymentAnswer, answer.body).payment;
  }

  /** Arms what goes wrong, presses "Pay", and lets come what comes. */
  async play(story: Story, phone?: string) {
    this.arm(story.fault);
    const payment = await this.pay(phone);
    if (story.does) await this.row[story.does](this);
    await this.pass(...story.passes);
    return payment;
  }

  /** Time passes in jumps, and after each of them everybody has heard and answered everything. */
  async pass(...jumps: readonly number[]): Promise<void> {
    for (const ms of jumps) {
      await this.tiketi.pass(ms);
      await this.quiet();
    }
  }

  /** Everything that is under way ends. */
  async quiet(): Promise<void> {
    const { callbacks } = this.tiketi.simulator.parts;
    for (let told = -1; told !== callbacks.length; ) {
      told = callbacks.length;
      await eventually(() => callbacks.every(({ status }) => status !== null));
      await this.tiketi.server.idle();
    }
  }

  see(): Promise<BookingView> {
    return this.tiketi.customer.see(this.bookingId);
  }

  /** "Check now", as the booking's page has it. */
  async check(): Promise<void> {
    const { status, body } = await this.tiketi.customer.ask('POST', `/api/v1/bookings/${this.bookingId}/checks`);
    assert.equal(status, 202, JSON.stringify(body));
  }

  letGo(): Promise<Answer> {
    return this.tiketi.customer.ask('DELETE', `/api/v1/bookings/${this.bookingId}`);
  }

  /** A manager's session lasts half a day. */
  async signInAgain(): Promise<void> {
    this.office = { ...this.office, manager: await signedIn(this.tiketi) };
  }

  /** The manager sends the money that is due. */
  async sendRefund(): Promise<void> {
    assert.equal((await this.tryToSendRefund()).status, 202);
  }

  async tryToSendRefund(): Promise<Answer> {
    const { refundId } = await this.#listed(item => item.refundId !== null);
    return this.office.manager.ask('POST', `/refunds/${refundId}/requests`);
  }

  /** The manager has found out what became of a refund of which nobody could say. */
  async closeRefund(state: 'done' | 'failed'): Promise<void> {
    const { refundId } = await this.#listed(({ kind }) => kind === 'refund_uncertain');
    await this.office.manager.does('POST', `/refunds/${refundId}/closings`, { state, proof: NOTE });
  }

  /** The manager says what money is that was set aside. */
  async resolve(as: 'booking' | 'refund'): Promise<void> {
    const { receiptId } = await this.#listed(item => item.receiptId !== null);
    await this.office.manager.does('POST', `/receipts/${receiptId}/resolutions`, { as, note: NOTE });
  }

  async #listed(what: (item: WorklistItem) => boolean): Promise<WorklistItem> {
    const item = (await this.office.manager.worklist()).find(one => one.bookingId === this.bookingId && what(one));
    assert.ok(item, 'it is on the worklist');
    return item;
  }

  /** Somebody with one of its tickets is inside. */
  async admitOne(): Promise<void> {
    const one = `(select min(id) from ticket where booking = '${this.bookingId}')`;
    await change(this.tiketi, `update ticket set state = 'admitted', admittedAt = 0 where id = ${one}`);
  }

  async placesLeft(): Promise<number> {
    const { showing } = await this.see();
    const { body } = await this.tiketi.customer.ask('GET', `/api/v1/showings/${showing.showingId}`);
    return (body as { placesLeft: number }).placesLeft;
  }

  /** How it ended for everybody, and that nothing changes when all evidence comes again, the newest first. */
  async ends(expected: Partial<Ending>): Promise<void> {
    const ending = await endingOf(this.office, this.bookingId);
    assert.deepEqual(ending, { ...ending, ...expected });
    await this.repeatEverything();
    const { worklist, ...again } = await endingOf(this.office, this.bookingId);
    const { worklist: _, ...before } = ending;
    assert.deepEqual(again, before, 'the same evidence again');
    assert.deepEqual(worklist.filter(isNoAlarm), ending.worklist.filter(isNoAlarm));
  }

  async repeatEverything(): Promise<void> {
    for (const { url, body, method = 'POST' } of [...this.tiketi.simulator.parts.callbacks].reverse())
      for (const _ of [1, 2]) {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(url, { method, headers, ...(method === 'POST' && { body }) });
        assert.ok(answer.ok || isOfOldRequest(url), `${answer.status} ${url}`);
      }
    await this.quiet();
    await this.check();
    await this.quiet();
  }

  addShowing(capacity = 50): Promise<number> {
    const { clock, server } = this.tiketi;
    const { venue, price, currency } = this.row;
    return server.parts.database.write(async em => {
      const row = { movie: 1, venue, screen: 'Screen 9', price, currency, capacity };
      const startsAt = new Date(+clock.now() + 3 * HOUR_MS);
      const inserted = query(em)
        .insertInto('showing')
        .values({ ...row, startsAt });
      return (await inserted.returning('id').executeTakeFirstOrThrow()).id;
    });
  }

  /** The next occasion of its kind meets this fault. */
  arm(fault: Fault | undefined): void {
    if (fault) arm(this.tiketi.simulator.parts, { fault, phone: null, times: 1 });
  }
}

/** A refund that failed and was sent again has another address. */
function isOfOldRequest(url: string): boolean {
  return url.includes('/refunds/');
}

/** "Failed", said again of money that we hold, is an alarm each time, and changes nothing. */
function isNoAlarm(kind: string): boolean {
  return kind !== 'contradiction';
}

/** A whole Tiketi, its manager at the desk. */
export async function openScene(t: TestContext, row: Row, settings: Record<string, string> = {}): Promise<Scene> {
  return new Scene(row, await openOffice(t, { ...QUERIES, ...settings }));
}
