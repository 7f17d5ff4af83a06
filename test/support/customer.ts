import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { request } from 'undici';
import * as v from 'valibot';
import { Problem } from '../../shared/problem.ts';
import type { ClientEvents, ServerEvents } from '../../shared/socket-events.ts';
import { BookingAnswer, BookingView, MoviesAnswer, PaymentAnswer, type ShowingView } from '../../shared/views.ts';

export const PHONE = '254712345678';
const PATIENCE_MS = 10_000; // Real time for something that is already on its way.

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
}

export type Watch = Awaited<ReturnType<Customer['watch']>>;

/** Somebody with a browser: knows nothing but the address. */
export class Customer {
  readonly url: string;
  readonly #sockets: Socket[] = [];

  constructor(url: string) {
    this.url = url;
  }

  async ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await request(this.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, body: parse(text) };
  }

  async showings(): Promise<ShowingView[]> {
    const { body } = await this.ask('GET', '/api/v1/movies');
    return v.parse(MoviesAnswer, body).movies.flatMap(movie => movie.showings);
  }

  async payableShowing(): Promise<ShowingView> {
    const payable = (await this.showings()).find(({ gateways }) => gateways.includes('daraja')); // Whose phones pay: PHONE is Kenyan.
    assert.ok(payable);
    return payable;
  }

  async book(showingId: number, quantity = 2, more: Record<string, unknown> = {}): Promise<BookingView> {
    const answer = await this.tryToBook({ showingId, quantity, ...more });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return v.parse(BookingAnswer, answer.body).booking;
  }

  tryToBook(body: unknown, key: string = randomUUID()): Promise<Answer> {
    return this.ask('POST', '/api/v1/bookings', body, { 'idempotency-key': key });
  }

  async pay(bookingId: string, phone = PHONE, key?: string) {
    const answer = await this.tryToPay(bookingId, { gateway: 'daraja', phone }, key);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return v.parse(PaymentAnswer, answer.body);
  }

  tryToPay(bookingId: string, body: unknown, key: string = randomUUID()): Promise<Answer> {
    return this.ask('POST', `/api/v1/bookings/${bookingId}/payments`, body, { 'idempotency-key': key });
  }

  async see(bookingId: string): Promise<BookingView> {
    const { body } = await this.ask('GET', `/api/v1/bookings/${bookingId}`);
    return v.parse(BookingView, body);
  }

  socket(options: { origin?: string } = {}): Socket<ServerEvents, ClientEvents> {
    const extraHeaders = options.origin ? { origin: options.origin } : undefined;
    const socket: Socket<ServerEvents, ClientEvents> = io(this.url, {
      transports: ['websocket'],
      forceNew: true,
      ...(extraHeaders && { extraHeaders }),
    });
    this.#sockets.push(socket);
    return socket;
  }

  /** Watches a booking as its page does; `until` waits for what was pushed, not by asking. */
  async watch(bookingId: string) {
    const socket = this.socket();
    const seen: BookingView[] = [];
    let news: () => void = () => {};
    const take = (view: BookingView) => {
      seen.push(view);
      news();
    };
    socket.on('booking:changed', take);
    const answer = await socket.timeout(PATIENCE_MS).emitWithAck('booking:watch', { bookingId });
    assert.ok('booking' in answer, JSON.stringify(answer));
    take(answer.booking);
    async function until(what: (view: BookingView) => boolean): Promise<BookingView> {
      const givingUp = performance.now() + PATIENCE_MS;
      for (;;) {
        const found = seen.find(what);
        if (found) return found;
        const left = givingUp - performance.now();
        if (left <= 0) throw new Error(`nothing more was pushed after ${JSON.stringify(seen.at(-1))}`);
        await new Promise<void>(done => {
          const timer = setTimeout(done, left);
          news = () => {
            clearTimeout(timer);
            done();
          };
        });
      }
    }
    return { socket, seen, until, untilState: (state: BookingView['state']) => until(view => view.state === state) };
  }

  close(): void {
    for (const socket of this.#sockets) socket.close();
  }
}

export function problemOf({ body }: Answer): Problem {
  return v.parse(Problem, body);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
