import * as v from 'valibot';
import type { Found } from '../../shared/office/booking.ts';
import { RandomId } from '../../shared/requests.ts';
import type { OfficeTrouble } from '../box-office/office-api.ts';
import type { BasketLine } from './basket.ts';
import type { SaleRequests } from './sale-requests.ts';

const RECEIPT = /^[A-Z0-9]{10}$/; // M-Pesa's; a reference of ours has eight, a ticket's code more.

/** What a code turned out to be. */
export type Scanned =
  | { what: 'booking'; line: Extract<BasketLine, { kind: 'booking' }> }
  | { what: 'closed'; bookingId: string; reference: string; isPaid: boolean }
  | { what: 'receipt'; number: string }
  | { what: 'nothing' }
  | { what: 'trouble'; trouble: OfficeTrouble };

/** A booking by its reference, by a ticket, or by the address of the customer's page; else the number of a receipt. */
export async function readScanned(code: string, requests: SaleRequests): Promise<Scanned> {
  const bookingId = /\/bookings\/([^/?#]+)/.exec(code)?.[1];
  if (bookingId !== undefined && v.is(RandomId, bookingId)) return findById(bookingId, requests);
  const text = code.trim();
  const answer = await requests.find(text);
  if ('trouble' in answer) return { what: 'trouble', trouble: answer.trouble };
  const bookings = answer.value.found.filter(({ kind }) => kind === 'booking');
  const found = bookings.find(({ reference }) => reference === text.toUpperCase()) ?? only(bookings);
  if (found) return whatItIs(found);
  const number = text.toUpperCase();
  return RECEIPT.test(number) ? { what: 'receipt', number } : { what: 'nothing' };
}

const only = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

async function findById(bookingId: string, requests: SaleRequests): Promise<Scanned> {
  const answer = await requests.booking(bookingId);
  if ('trouble' in answer) {
    const isUnknown = answer.trouble.code === 'not_found';
    return isUnknown ? { what: 'nothing' } : { what: 'trouble', trouble: answer.trouble };
  }
  const { reference, state, showing, quantity, total } = answer.value.booking.booking;
  const { title, startsAt } = showing;
  return whatItIs({ id: bookingId, reference, state, title, startsAt, quantity, total });
}

type Seen = Pick<Found, 'id' | 'reference' | 'state' | 'title' | 'startsAt' | 'quantity' | 'total'>;

function whatItIs({ id: bookingId, reference, state, title, startsAt, quantity, total }: Seen): Scanned {
  if (state !== 'held') return { what: 'closed', bookingId, reference, isPaid: state === 'confirmed' };
  return { what: 'booking', line: { kind: 'booking', bookingId, reference, title, startsAt, quantity, total } };
}
