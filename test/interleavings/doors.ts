import assert from 'node:assert/strict';
import * as v from 'valibot';
import { BookingAnswer } from '../../shared/views.ts';
import type { Answer } from '../histories/in-memory-http.ts';
import { PHONE, type Stage } from './stage.ts';

const CALLBACK_MS = 2_000;
const JSON_BODY = { 'content-type': 'application/json' };
const SILENT = { digits: '', sentence: '', query: ['stillGoing'] } as const;
let keys = 0;

function key(): string {
  return `idempotency-key-${++keys}`;
}

export function tryToBook({ ask }: Stage, quantity = 2): Promise<Answer> {
  const body = JSON.stringify({ showingId: 1, quantity });
  return ask({ method: 'POST', path: '/api/v1/bookings', headers: { ...JSON_BODY, 'idempotency-key': key() }, body });
}

export async function book(stage: Stage, quantity = 2): Promise<string> {
  const answer = await tryToBook(stage, quantity);
  assert.equal(answer.status, 201);
  return v.parse(BookingAnswer, answer.body).booking.bookingId;
}

export function pay({ ask }: Stage, bookingId: string, phone = PHONE, idempotencyKey = key()): Promise<Answer> {
  const body = JSON.stringify({ gateway: 'daraja', phone });
  const headers = { ...JSON_BODY, 'idempotency-key': idempotencyKey };
  return ask({ method: 'POST', path: `/api/v1/bookings/${bookingId}/payments`, headers, body });
}

export function check({ ask }: Stage, bookingId: string): Promise<Answer> {
  return ask({ method: 'POST', path: `/api/v1/bookings/${bookingId}/checks` });
}

export function cancel({ ask }: Stage, bookingId: string): Promise<Answer> {
  return ask({ method: 'DELETE', path: `/api/v1/bookings/${bookingId}` });
}

/** A round of janitor and relay. */
export async function goRound({ beat, time }: Stage): Promise<void> {
  beat();
  time.happened();
}

/** What the gateway would post now, as it is or changed. */
export function deliver({ ask, letters }: Stage, change: (body: string) => string = body => body): Promise<Answer> {
  const letter = letters[0];
  assert.ok(letter, 'nothing to deliver');
  return ask({ method: 'POST', path: letter.path, body: change(letter.body) });
}

/** From now on queries only say that it is still going on. */
export function silenceQueries({ simulator }: Stage): void {
  for (const checkout of simulator.parts.checkouts.values()) checkout.fault = { ...SILENT, ...checkout.fault };
}

/** Comes through the door a little later: after so many turns of its own. */
export async function slowly<T>({ turn }: Stage, turns: number, door: () => Promise<T>): Promise<T> {
  for (let waited = 0; waited < turns; waited++) await turn('on its way');
  return door();
}

export const saysCancelled = (body: string) => body.replace('"ResultCode":0', '"ResultCode":1032');

/** A prompt is open on the phone for two of four places. */
export async function bookAndPay(stage: Stage): Promise<string> {
  const bookingId = await book(stage);
  assert.equal((await pay(stage, bookingId)).status, 202);
  return bookingId;
}

/** The PIN was entered; the callback lies ready to be delivered. */
export async function enterPin(stage: Stage, phone = PHONE): Promise<void> {
  const { simulator } = stage;
  assert.equal(simulator.enterPin(simulator.phones.findOrAdd(phone), '1234'), '0');
  await stage.pass(CALLBACK_MS);
}

/** The manager decides something at the box office. */
export function decide({ ask, cookie }: Stage, path: string, decision?: object): Promise<Answer> {
  const body = decision && JSON.stringify({ note: 'as agreed on the phone', ...decision });
  const headers = { cookie, ...(body !== undefined && JSON_BODY) };
  return ask({ method: 'POST', path: `/api/v1/box-office/${path}`, headers, ...(body !== undefined && { body }) });
}

/** A booking that was paid; its own callback was read. */
export async function bookAndPaid(stage: Stage): Promise<string> {
  const bookingId = await bookAndPay(stage);
  await enterPin(stage);
  assert.equal((await deliver(stage)).status, 200);
  await stage.time.quiet();
  assert.equal(stage.tell(), 'confirmed (paid)');
  return bookingId;
}

/** A paid booking that was given back: the id of the refund that is due. */
export async function owe(stage: Stage): Promise<string> {
  const answer = await decide(stage, 'refunds', { bookingId: await bookAndPaid(stage) });
  return v.parse(v.object({ refundIds: v.tuple([v.string()]) }), answer.body).refundIds[0];
}

/** The gateway's result of giving back, as soon as there is one. Its time passes meanwhile. */
export async function deliverResult(stage: Stage, which = 1): Promise<Answer> {
  const { letters, turn, ask, pass } = stage;
  while (letters.length <= which) {
    await turn('the money is on its way back');
    await pass(CALLBACK_MS);
  }
  const letter = letters[which];
  assert.ok(letter);
  return ask({ method: 'POST', path: letter.path, body: letter.body });
}

/** Somebody else gives the money back at the gateway. */
export function giveBackElsewhere({ portal, simulator }: Stage): void {
  const [debit] = simulator.ledger.debits;
  assert.ok(debit && portal.giveBack(debit));
}
