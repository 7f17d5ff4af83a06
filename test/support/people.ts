import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import * as v from 'valibot';
import { EnrolmentAnswer, type Role, SessionView, StaffRow } from '../../shared/office/people.ts';
import type { Answer } from './customer.ts';
import { cookieOf, type Manager, OFFICE, openOffice } from './office.ts';
import type { Tiketi } from './tiketi.ts';

export const PIN = '4826';

export type Person = Awaited<ReturnType<typeof bySession>>;
export type Till = Awaited<ReturnType<typeof enrolTill>>;

/** A box office with its manager, who hires: whoever is hired sits at a till of their own venue, signed in by PIN. */
export async function openBoxOffice(test: TestContext, settings: Record<string, string> = {}) {
  const { tiketi, manager } = await openOffice(test, settings);
  return {
    tiketi,
    manager: { ...manager, socket: () => officeSocket(test, tiketi, manager.cookie) },
    hire: (name: string, role: Role = 'cashier', venueId: number | null = 1) =>
      hire(test, tiketi, manager, { name, role, venueId }),
  };
}

/** A browser that the manager made a till of this venue; answers its cookie. */
export async function enrolTill(
  { customer }: Pick<Tiketi, 'customer'>,
  manager: Manager,
  venueId = 1,
  name = 'Till 1',
) {
  const { code, device } = v.parse(
    EnrolmentAnswer,
    await manager.does('POST', '/devices/enrolments', { name, venueId }),
  );
  const answer = await customer.ask('POST', `${OFFICE}/devices`, { code });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return { cookie: cookieOf(answer), deviceId: device.deviceId, code };
}

/** Somebody new, without a till yet. */
export async function addStaff(
  manager: Manager,
  staff: { name: string; role: Role; venueId: number | null; pin?: string; password?: string },
): Promise<StaffRow> {
  const body = await manager.does('POST', '/staff', { pin: PIN, ...staff });
  return v.parse(v.object({ staff: StaffRow }), body).staff;
}

export function trySignInByPin(
  { customer }: Pick<Tiketi, 'customer'>,
  till: Pick<Till, 'cookie'>,
  name: string,
  pin = PIN,
): Promise<Answer> {
  return customer.ask('POST', `${OFFICE}/sessions`, { name, pin }, { cookie: till.cookie });
}

export async function signInByPin(test: TestContext, tiketi: Tiketi, till: Till, name: string, pin = PIN) {
  const answer = await trySignInByPin(tiketi, till, name, pin);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  const { staff } = v.parse(SessionView, answer.body);
  return bySession(test, tiketi, {
    name,
    pin,
    till,
    staffId: staff.staffId,
    cookie: `${cookieOf(answer)}; ${till.cookie}`,
  });
}

async function hire(
  test: TestContext,
  tiketi: Tiketi,
  manager: Manager,
  { name, role, venueId }: { name: string; role: Role; venueId: number | null },
) {
  await addStaff(manager, { name, role, venueId });
  const till = await enrolTill(tiketi, manager, venueId ?? 1, `Till of ${name}`);
  return signInByPin(test, tiketi, till, name);
}

function bySession(
  test: TestContext,
  tiketi: Tiketi,
  person: { name: string; pin: string; till: Till; staffId: number; cookie: string },
) {
  const { cookie } = person;
  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) =>
    tiketi.customer.ask(method, OFFICE + path, body, { cookie });
  return {
    ...person,
    ask,
    /** Expects it to work. */
    async does(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
      const answer = await ask(method, path, body);
      assert.ok(answer.status < 300, `${path}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    socket: () => officeSocket(test, tiketi, cookie),
  };
}

/** Connected, or refused: `refusal` says why. */
export async function officeSocket(test: TestContext, { url }: Pick<Tiketi, 'url'>, cookie: string, origin?: string) {
  const socket: Socket = io(`${url}/box-office`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie, ...(origin !== undefined && { origin }) },
  });
  test.after(() => socket.close());
  const refusal = await new Promise<string | null>(done => {
    socket.once('connect', () => done(null));
    socket.once('connect_error', error => done(error.message));
  });
  const ended = new Promise<string>(done => void socket.once('disconnect', reason => done(reason)));
  return { socket, refusal, ended };
}
