import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import * as v from 'valibot';
import { AdmissionAnswer, type DoorShowing } from '../../shared/office/door.ts';
import { bookAndPay } from '../support/office.ts';
import { openBoxOffice, type Person } from '../support/people.ts';

export type Door = Awaited<ReturnType<typeof openDoor>>;

/** Tonight at a cinema: a paid booking of two, and Amina at its door. */
export async function openDoor(t: TestContext, settings: Record<string, string> = {}) {
  const office = await openBoxOffice(t, settings);
  const showingId = await office.tiketi.addShowing();
  const booking = await bookAndPay(office.tiketi, showingId);
  const [first = '', second = ''] = booking.tickets.map(({ ticketCode }) => ticketCode);
  return { ...office, showingId, booking, first, second, amina: await office.hire('Amina') };
}

/** What the door says to this code. */
export async function scan(
  person: Pick<Person, 'ask'>,
  code: string,
  showingId: number,
  more: { scanId?: string; device?: string } = {},
): Promise<AdmissionAnswer> {
  const { status, body } = await person.ask('POST', '/admissions', { code, showingId, ...more });
  assert.equal(status, 200, JSON.stringify(body));
  return v.parse(AdmissionAnswer, body);
}

export const countsOf = ({ sold, admitted }: Pick<DoorShowing, 'sold' | 'admitted'>) => ({ sold, admitted });
