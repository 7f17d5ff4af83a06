import type { BookingView } from '../../shared/views.ts';
import { PHONE } from '../support/customer.ts';
import { eventually } from '../support/eventually.ts';
import { rowsOf, until } from '../support/office.ts';
import type { Tiketi } from '../support/tiketi.ts';

export const EMAIL = 'wanjiru.kamau@example.com';
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;

/** A booking of two places with an address, not paid yet. */
export async function bookByMail(
  tiketi: Tiketi,
  more: Record<string, unknown> = {},
  showing?: number,
): Promise<BookingView> {
  return tiketi.customer.book(showing ?? (await tiketi.addShowing()), 2, { email: EMAIL, ...more });
}

/** The same, paid and confirmed: its letter is on the way. */
export async function buyByMail(
  tiketi: Tiketi,
  more: Record<string, unknown> = {},
  { showing, phone = PHONE }: { showing?: number; phone?: string } = {},
): Promise<BookingView> {
  const { bookingId } = await bookByMail(tiketi, more, showing);
  await tiketi.customer.pay(bookingId, phone);
  tiketi.phone.enterPin('1234', phone);
  await tiketi.pass(2_000);
  return until(tiketi, bookingId, view => view.state === 'confirmed');
}

const ON_ITS_WAY = `select id from mail where leasedUntil is not null or (state = 'waiting' and tries = 0)`;

/** Waits until nothing is on its way, nor about to be. */
export const settled = (tiketi: Tiketi) => eventually(async () => (await rowsOf(tiketi, ON_ITS_WAY)).length === 0);
