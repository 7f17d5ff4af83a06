import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import * as v from 'valibot';
import type { WorklistItem } from '../../server/view/worklist-view.ts';
import type { BookingView, RefundState } from '../../shared/views.ts';
import { callbackPath, successBody } from './callbacks.ts';
import { type Answer, PHONE } from './customer.ts';
import { execute } from './raw-sql.ts';
import { openTiketi, type Tiketi } from './tiketi.ts';

export const OFFICE = '/api/v1/box-office';
export const MANAGER = { MANAGER_NAME: 'Wanjiru', MANAGER_PASSWORD: 'correct horse' };
export const NOTE = 'as agreed on the phone';
export const OTHER_PHONE = '254722000111';
const PATIENCE_MS = 10_000;
const MINUTE = 60_000;

export type Office = Awaited<ReturnType<typeof openOffice>>;
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A Tiketi whose gateway gives money back, and its manager, signed in. */
export async function openOffice(
  test: TestContext,
  settings: Record<string, string> = {},
  { statements = false }: { statements?: boolean } = {},
) {
  const tiketi = await openTiketi(test, { ...MANAGER, ...settings }, { initiator: true, statements });
  return { tiketi, manager: await signedIn(tiketi) };
}

export function trySignIn(
  { customer }: Pick<Tiketi, 'customer'>,
  name: string,
  password: string,
  code?: string,
): Promise<Answer> {
  return customer.ask('POST', `${OFFICE}/sessions`, { name, password, ...(code !== undefined && { code }) });
}

/** `name=token`, as a browser sends it back. */
export function cookieOf({ headers }: Answer): string {
  return [headers['set-cookie']].flat()[0]?.split(';')[0] ?? '';
}

/** Somebody at the box office; the manager of the settings, unless named otherwise. */
export async function signedIn(
  tiketi: Pick<Tiketi, 'customer'>,
  name = MANAGER.MANAGER_NAME,
  password = MANAGER.MANAGER_PASSWORD,
) {
  const answer = await trySignIn(tiketi, name, password);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const cookie = cookieOf(answer);
  const ask = (method: Method, path: string, body?: unknown) =>
    tiketi.customer.ask(method, OFFICE + path, body, { cookie });
  const read = async <T>(path: string, key: string): Promise<T> => {
    const { status, body } = await ask('GET', path);
    assert.equal(status, 200, JSON.stringify(body));
    return (body as Record<string, T>)[key] as T;
  };
  return {
    cookie,
    ask,
    /** Expects it to work. */
    async does(method: Method, path: string, body?: unknown): Promise<unknown> {
      const answer = await ask(method, path, body);
      assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    worklist: () => read<WorklistItem[]>('/exceptions', 'exceptions'),
    history: (bookingId: string) =>
      read<{ at: string; who: string; what: string }[]>(`/bookings/${bookingId}/history`, 'history'),
  };
}

export type Manager = Awaited<ReturnType<typeof signedIn>>;

export async function rowsOf<T>({ server }: Tiketi, sql: string): Promise<T[]> {
  return execute<T>(server.parts.database.read(), sql);
}

export async function change({ server }: Tiketi, sql: string): Promise<void> {
  await server.parts.database.write(em => execute(em, sql));
}

/** A booking of two places, KES 1,000, paid and confirmed. */
export async function bookAndPay(tiketi: Tiketi, showing?: number, phone = PHONE): Promise<BookingView> {
  const booking = await tiketi.customer.book(showing ?? (await tiketi.addShowing()));
  await tiketi.customer.pay(booking.bookingId, phone);
  tiketi.phone.enterPin('1234', phone);
  await tiketi.pass(2_000);
  return until(tiketi, booking.bookingId, view => view.state === 'confirmed');
}

/** Money that came when somebody else had the places: a refund is due. */
export async function payTooLate(tiketi: Tiketi, more: Record<string, unknown> = {}): Promise<BookingView> {
  const showing = await tiketi.addShowing({ capacity: 2 });
  const { bookingId } = await payInSilence(tiketi, showing, more);
  await tiketi.pass(15 * MINUTE);
  await until(tiketi, bookingId, view => view.state === 'lapsed');
  await tiketi.customer.book(showing);
  await tellSuccess(tiketi);
  return until(tiketi, bookingId, view => view.refunds.length > 0);
}

/** Paid, and nobody tells: callbacks never come and queries are "still going". */
export async function payInSilence(
  tiketi: Tiketi,
  showing?: number,
  more: Record<string, unknown> = {},
): Promise<BookingView> {
  const booking = await tiketi.customer.book(showing ?? (await tiketi.addShowing()), 2, more);
  tiketi.fault('silence');
  await tiketi.customer.pay(booking.bookingId);
  tiketi.phone.enterPin();
  return booking;
}

/** The callback of the newest push, as if it came now; with another amount or number where the test says so. */
export async function tellSuccess(tiketi: Tiketi, other: { amount?: number; receiptNumber?: string } = {}) {
  const debit = tiketi.simulator.ledger.debits.at(-1);
  assert.ok(debit);
  const { status } = await tiketi.customer.ask('POST', callbackPath(tiketi), successBody({ ...debit, ...other }));
  assert.equal(status, 200);
  await tiketi.server.idle();
}

/** The manager gives a paid booking back; answers the id of the refund that is due now. */
export async function decideRefund(manager: Manager, bookingId: string): Promise<string> {
  const body = await manager.does('POST', '/refunds', { bookingId, note: NOTE });
  const { refundIds } = v.parse(v.object({ refundIds: v.array(v.string()) }), body);
  assert.equal(refundIds.length, 1);
  return refundIds[0] ?? '';
}

/** A paid booking that was given back: its money is due. */
export async function owed({ tiketi, manager }: Office) {
  const { bookingId } = await bookAndPay(tiketi);
  const refundId = await decideRefund(manager, bookingId);
  return {
    bookingId,
    refundId,
    send: () => manager.ask('POST', `/refunds/${refundId}/requests`),
    untilRefund: (state: RefundState) => until(tiketi, bookingId, view => view.refunds[0]?.state === state),
  };
}

/** The gateway gives the money back, and its result arrives. */
export async function passResult(tiketi: Tiketi): Promise<void> {
  await tiketi.pass(2_000);
  await tiketi.pass(1); // The simulator sends it when the money is back.
}

/** How often the gateway was asked for this. */
export async function timesAsked(tiketi: Tiketi, path: string): Promise<number> {
  const answer = await fetch(`${tiketi.simulatorUrl}/simulator/state`);
  const { requests } = (await answer.json()) as { requests: Record<string, number> };
  return Object.entries(requests).reduce((sum, [asked, times]) => (asked.includes(path) ? sum + times : sum), 0);
}

/** Waits for what is already on its way. Reads it once more: a commit may come between the statements of one view. */
export async function until(tiketi: Tiketi, bookingId: string, what: (view: BookingView) => boolean) {
  let seen: BookingView | undefined;
  await untilTrue(
    async () => {
      seen = await tiketi.customer.see(bookingId);
      return what(seen);
    },
    () => JSON.stringify(seen),
  );
  return tiketi.customer.see(bookingId);
}

export async function untilTrue(happened: () => Promise<boolean>, seen: () => string = () => '') {
  const givingUp = performance.now() + PATIENCE_MS;
  while (!(await happened())) {
    if (performance.now() > givingUp) throw new Error(`it never happened: ${happened} ${seen()}`);
    await setImmediate();
  }
}
