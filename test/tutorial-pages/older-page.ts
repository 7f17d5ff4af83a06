import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import * as v from 'valibot';
import { type Answer, PHONE } from '../support/customer.ts';
import { change } from '../support/office.ts';
import { openTiketi, type Tiketi } from '../support/tiketi.ts';

export const CALLBACK_MS = 2_000; // More than the simulated gateway takes from the end of a prompt to its callback.
export const HOUR = 3_600_000;

const Instant = v.pipe(v.string(), v.isoTimestamp());
const Id = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/** The fixed shapes: nothing more, nothing less. */
export const Movie = v.strictObject({
  movieId: v.number(),
  title: v.string(),
  description: v.string(),
  showTime: Instant,
  price: v.number(),
  maximumTickets: v.number(),
  imageUrl: v.pipe(v.string(), v.url()),
  dateCreated: Instant,
  lastUpdated: Instant,
});
const Movies = v.strictObject({ movies: v.array(Movie) });
export const Started = v.strictObject({
  message: v.string(),
  ticketId: Id,
  checkoutRequestId: Id,
  responseDescription: v.string(),
});
const Ticket = v.strictObject({
  ticketId: Id,
  movieId: v.number(),
  customerName: v.nullable(v.string()),
  phoneNumber: v.nullable(v.string()),
  quantity: v.number(),
  totalAmount: v.number(),
  paymentStatus: v.picklist(['Pending', 'Paid', 'Failed']),
  mpesaReceiptNumber: v.nullable(v.string()),
  transactionDate: v.nullable(Instant),
  dateCreated: Instant,
  lastUpdated: Instant,
  movie: Movie,
});
const Sentence = v.strictObject({ error: v.pipe(v.string(), v.minLength(5)) });

export type OlderPage = Awaited<ReturnType<typeof openOlderPage>>;

/** What a page of the tutorials asks of a Tiketi: no key, no cookie, an origin of its own. */
export async function openOlderPage(t: TestContext, settings: Record<string, string> = {}) {
  const tiketi = await openTiketi(t, settings);
  const get = (path: string) => tiketi.customer.ask('GET', path);
  const post = (path: string, body: unknown) =>
    tiketi.customer.ask('POST', path, body, { origin: 'http://movies.example' });
  const tryToBuy = (more: Record<string, unknown> = {}) =>
    post('/api/make-payment', { movieId: 1, customerName: 'Amani', phoneNumber: PHONE, quantity: 2, ...more });
  return {
    tiketi,
    get,
    post,
    tryToBuy,
    buy: async (more: Record<string, unknown> = {}) => answered(await tryToBuy(more), Started),
    movies: async () => answered(await get('/api/movies'), Movies).movies,
    ticket: async (ticketId: string) =>
      answered(await get(`/api/tickets/${ticketId}`), v.strictObject({ ticket: Ticket })).ticket,
    status: async (checkoutRequestId: unknown) =>
      answered(await post('/api/query-payment-status', { checkoutRequestId }), v.record(v.string(), v.string())),
  };
}

export function answered<const S extends v.GenericSchema>({ status, body }: Answer, shape: S): v.InferOutput<S> {
  assert.equal(status, 200, JSON.stringify(body));
  return v.parse(shape, body);
}

/** Plain JSON with one sentence, and nothing of a problem. */
export function refused({ status, headers, body }: Answer, expected: number): string {
  assert.equal(status, expected, JSON.stringify(body));
  assert.match(String(headers['content-type']), /^application\/json/);
  return v.parse(Sentence, body).error;
}

/** The only showing of the first movie that is still to come. */
export async function onlyShowing(tiketi: Tiketi, row: { capacity?: number; startsAt?: Date } = {}): Promise<number> {
  await change(tiketi, 'update showing set cancelledAt = startsAt where movie = 1');
  return tiketi.addShowing(row);
}

/** Places of a showing that nobody holds. */
export async function placesLeft({ customer }: Tiketi, showingId: number): Promise<unknown> {
  const { body } = await customer.ask('GET', `/api/v1/showings/${showingId}`);
  return v.parse(v.object({ placesLeft: v.number() }), body).placesLeft;
}

/** Only these venues take amounts without a booking: from 100 shillings to 30,000. */
export async function onlyChargesAt(tiketi: Tiketi, ...venues: number[]): Promise<void> {
  await change(tiketi, 'update venue set leastCharge = null, largestCharge = null');
  for (const venue of venues)
    await change(tiketi, `update venue set leastCharge = 10000, largestCharge = 3000000 where id = ${venue}`);
}
