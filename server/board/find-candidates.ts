import type { FoundBy } from '../../shared/office/booking.ts';
import { METHODS } from '../../shared/views.ts';
import { fitsName } from '../booking/keep-name.ts';
import type { Vault } from '../database/vault.ts';
import { type Em, query } from '../model/entities.ts';
import {
  bookingsAt,
  CANDIDATES_MAX,
  chargesAt,
  type Ids,
  idsOf,
  inSales,
  paidBy,
  paymentsAt,
  salesAt,
  together,
} from './found-at.ts';
import type { Typed } from './read-typed.ts';

const NAMESAKES_TOGETHER = 60; // Nearly all of one word fit: one slice is enough.
const NAMESAKE_SLICES = 8; // Of two words that begin like those typed, some fit; the rest is found with more letters.
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

/** The newest whose name has a word that begins like this. */
async function byFittingName(em: Em, venueId: number, nameHash: string): Promise<Ids> {
  const rows = await namesAt(em, venueId, nameHash)
    .select('booking_name.booking as id')
    .orderBy('booking_name.id', 'desc')
    .limit(CANDIDATES_MAX)
    .execute();
  return { bookings: idsOf(rows), charges: [] };
}

function namesAt(em: Em, venueId: number, nameHash: string) {
  return query(em)
    .selectFrom('booking_name')
    .where('booking_name.venue', '=', venueId)
    .where('beginning', '=', nameHash);
}

interface MaybeNamed {
  venueId: number;
  nameHash: string;
  text: string;
}

/** The hash finds what may fit, the newest first; the name itself is opened to see whether it does. */
async function byName(em: Em, vault: Vault, { venueId, nameHash, text }: MaybeNamed): Promise<Ids> {
  const fits: string[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let slice = 0; slice < NAMESAKE_SLICES && fits.length < CANDIDATES_MAX; slice++) {
    const namesakes = await readNamesakes(em, { venueId, nameHash, before });
    for (const { id, customerNameSealed: sealed } of namesakes)
      if (sealed !== null && fitsName(text, vault.open(sealed))) fits.push(id);
    if (namesakes.length < NAMESAKES_TOGETHER) break;
    before = namesakes.at(-1)?.at ?? 0;
  }
  return { bookings: fits.slice(0, CANDIDATES_MAX), charges: [] };
}

function readNamesakes(em: Em, { venueId, nameHash, before }: { venueId: number; nameHash: string; before: number }) {
  return namesAt(em, venueId, nameHash)
    .innerJoin('booking', 'booking.id', 'booking_name.booking')
    .select(['booking_name.id as at', 'booking.id', 'customerNameSealed'])
    .where('booking_name.id', '<', before)
    .orderBy('booking_name.id', 'desc')
    .limit(NAMESAKES_TOGETHER)
    .execute();
}

/** The last that begins like this: such codes are capital letters and digits. */
function endOf(beginning: string, most: number): string {
  return beginning.padEnd(most, LAST_LETTER);
}
