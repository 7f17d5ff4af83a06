import type { FoundBy } from '../../shared/office/booking.ts';
import { METHODS } from '../../shared/views.ts';
import type { Vault } from '../database/vault.ts';
import type { Em } from '../model/entities.ts';
import { byFittingName, byName } from './find-names.ts';
import { bookingsAt, chargesAt, type Ids, idsOf, inSales, paidBy, paymentsAt, salesAt, together } from './found-at.ts';
import type { Typed } from './read-typed.ts';

const REFERENCE_MOST = 8;
const ACCOUNT_MOST = 12;
const RECEIPT_MOST = 40;
const LAST_LETTER = 'Z'; // Of references and receipt numbers.

/** Something that may be meant. */
export interface Candidate {
  kind: 'booking' | 'charge';
  id: string;
  foundBy: FoundBy;
}

interface Looking {
  venueId: number;
  typed: Typed;
}

/** What fits at this venue by each key that the text could be, the surest key first. Each look goes by an index. */
export async function findCandidates(em: Em, vault: Vault, { venueId, typed }: Looking): Promise<Candidate[]> {
  const { ticketCode, reference, receipt, phoneHashes, phoneTailHash, name, text } = typed;
  const found: Candidate[] = [];
  const add = (foundBy: FoundBy, { bookings, charges }: Ids) => {
    for (const id of bookings) found.push({ kind: 'booking', id, foundBy });
    for (const id of charges) found.push({ kind: 'charge', id, foundBy });
  };
  if (ticketCode) add('ticket', await byTicket(em, venueId, ticketCode));
  if (reference) add('reference', await byReference(em, venueId, reference));
  if (receipt) add('receipt', await byReceipt(em, venueId, receipt));
  if (receipt) add('receipt', await byAccountReference(em, venueId, receipt));
  if (phoneHashes.length > 0) add('phone', await byPhone(em, venueId, 'phoneHash', phoneHashes));
  if (phoneTailHash) add('phone', await byPhone(em, venueId, 'phoneTailHash', [phoneTailHash]));
  if (name?.isEnough) add('name', await byFittingName(em, venueId, name.hash));
  else if (name) add('name', await byName(em, vault, { venueId, nameHash: name.hash, text }));
  return found;
}

async function byTicket(em: Em, venueId: number, code: string): Promise<Ids> {
  const rows = await bookingsAt(em, venueId)
    .innerJoin('ticket', 'ticket.booking', 'booking.id')
    .where('ticket.code', '=', code)
    .execute();
  return { bookings: idsOf(rows), charges: [] };
}

/** A sale's reference finds all that was sold in it. */
async function byReference(em: Em, venueId: number, beginning: string): Promise<Ids> {
  const last = endOf(beginning, REFERENCE_MOST);
  const bookings = await bookingsAt(em, venueId)
    .where(one => one.between('reference', beginning, last))
    .execute();
  const charges = await chargesAt(em, venueId)
    .where(one => one.between('reference', beginning, last))
    .execute();
  const sales = await salesAt(em, venueId)
    .where(one => one.between('reference', beginning, last))
    .execute();
  return together({ bookings: idsOf(bookings), charges: idsOf(charges) }, await inSales(em, venueId, idsOf(sales)));
}

/** Of a gateway, a card terminal or the drawer. */
async function byReceipt(em: Em, venueId: number, beginning: string): Promise<Ids> {
  const payments = await paymentsAt(em, venueId)
    .innerJoin('receipt', 'receipt.payment', 'payment.id')
    .where('receipt.gateway', 'in', [...METHODS])
    .where(one => one.between('receipt.number', beginning, endOf(beginning, RECEIPT_MOST)))
    .execute();
  return paidBy(em, venueId, payments);
}

/** What the customer's message calls the account: it is read out as often as the receipt number. */
async function byAccountReference(em: Em, venueId: number, beginning: string): Promise<Ids> {
  const payments = await paymentsAt(em, venueId)
    .where(one => one.between('accountReference', beginning, endOf(beginning, ACCOUNT_MOST)))
    .execute();
  return paidBy(em, venueId, payments);
}

/** Of the booking itself, or one that was asked to pay. */
async function byPhone(em: Em, venueId: number, column: 'phoneHash' | 'phoneTailHash', hashes: string[]): Promise<Ids> {
  const bookings = await bookingsAt(em, venueId)
    .where(`booking.${column}`, 'in', hashes)
    .orderBy('booking.createdAt', 'desc')
    .execute();
  const payments = await paymentsAt(em, venueId)
    .where(`payment.${column}`, 'in', hashes)
    .orderBy('payment.startedAt', 'desc')
    .execute();
  return together({ bookings: idsOf(bookings), charges: [] }, await paidBy(em, venueId, payments));
}

/** The last that begins like this: such codes are capital letters and digits. */
function endOf(beginning: string, most: number): string {
  return beginning.padEnd(most, LAST_LETTER);
}
