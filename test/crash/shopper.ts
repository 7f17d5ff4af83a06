import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import type { BookingRequest } from '../../shared/requests.ts';
import { BookingAnswer, BookingView, PaymentAnswer } from '../../shared/views.ts';
import { type Answer, Customer } from '../support/customer.ts';
import type { Promised } from './promised.ts';

const PAUSE_MS = 30; // Between two intentions, at most.
const CONFIRMED_WITHIN_MS = 250; // Then this customer looks away and the next one comes.
const CUT_OFF_MS = 5;

/** One intention to go to a film. What is cut off is asked again in the server's next life, with the same keys. */
interface Intention {
  name: string;
  wish: BookingRequest & { quantity: number };
  phone: string;
  booking: BookingView | null;
}

export interface Crowd {
  url: string;
  promised: Promised;
  chance: () => number;
  /** The showings that are wanted; some of them are small. */
  showings: number[];
  /** A phone that nobody had before. */
  nextPhone(): string;
}

/** Customers one after another at one browser: book, watch, pay, and see the booking confirm itself. */
export class Shopper {
  readonly #crowd: Crowd;
  readonly #name: string;
  #intention: Intention | null = null;
  #intentions = 0;

  constructor(crowd: Crowd, name: string) {
    this.#crowd = crowd;
    this.#name = name;
  }

  /** Until the server is dead. A connection that breaks is no surprise; a wrong answer is. */
  async shop(isOver: () => boolean): Promise<void> {
    const customer = new Customer(this.#crowd.url);
    const socket = customer.socket();
    socket.on('booking:changed', view => this.#crowd.promised.saw(v.parse(BookingView, view)));
    try {
      while (!isOver()) {
        await this.#goOn(customer, socket).catch(mustBeCutOff);
        await setTimeout(CUT_OFF_MS);
      }
    } finally {
      customer.close();
    }
  }

  async #goOn(customer: Customer, socket: ReturnType<Customer['socket']>) {
    this.#intention ??= this.#wish();
    const intention = this.#intention;
    if (!intention.booking) {
      const answer = await customer.tryToBook(intention.wish, `${intention.name}-book`);
      if (answer.status !== 201) return this.#give(answer, ['sold_out', 'showing_over']);
      intention.booking = v.parse(BookingAnswer, answer.body).booking;
      this.#crowd.promised.booked(`${intention.name}-book`, intention.booking);
    }
    const { bookingId } = intention.booking;
    socket.emit('booking:watch', { bookingId }, told => 'booking' in told && this.#crowd.promised.saw(told.booking));
    if (this.#crowd.chance() < 0.05) return this.#give(); // Walks away without paying: the hold lapses.
    const answer = await customer.tryToPay(
      bookingId,
      { gateway: 'daraja', phone: intention.phone },
      `${intention.name}-pay`,
    );
    if (answer.status !== 202)
      return this.#give(answer, ['hold_lapsed', 'payment_in_progress', 'already_paid', 'showing_over']);
    const { payment, booking } = v.parse(PaymentAnswer, answer.body);
    this.#crowd.promised.paying(`${intention.name}-pay`, payment, booking);
    await this.#untilConfirmed(bookingId);
    const { body } = await customer.ask('GET', `/api/v1/bookings/${bookingId}`);
    this.#crowd.promised.saw(v.parse(BookingView, body));
    this.#give();
    await setTimeout(this.#crowd.chance() * PAUSE_MS);
  }

  async #untilConfirmed(bookingId: string) {
    const givingUp = performance.now() + CONFIRMED_WITHIN_MS;
    while (this.#crowd.promised.bookings.get(bookingId)?.state === 'held' && performance.now() < givingUp)
      await setTimeout(CUT_OFF_MS);
  }

  #wish(): Intention {
    const { chance, showings, nextPhone } = this.#crowd;
    const name = `${this.#name}-intention-${this.#intentions++}`;
    const showingId = showings[Math.floor(chance() * showings.length)] ?? 0;
    const wish = { showingId, quantity: 1 + Math.floor(chance() * 4) };
    return { name, wish, phone: nextPhone(), booking: null };
  }

  /** This one is done with, for a reason that a customer can meet. */
  #give(answer?: Answer, expected: string[] = []) {
    this.#intention = null;
    if (!answer) return;
    const { code } = v.parse(v.object({ code: v.string() }), answer.body);
    assert.ok(expected.includes(code), `${answer.status} ${JSON.stringify(answer.body)}`);
  }
}

/** Rethrows what is not a connection that broke. */
export function mustBeCutOff(error: unknown) {
  if (!(error instanceof Error) || !('code' in error) || !/^(ECONN|UND_ERR|EPIPE)/.test(String(error.code)))
    throw error;
}
