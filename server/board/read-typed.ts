import { readTicketCode } from '../../shared/ticket-code.ts';
import { hashTypedName, type TypedName } from '../booking/keep-name.ts';
import { hashesOfPhone, hashPhoneTail } from '../booking/read-phone.ts';
import type { Vault } from '../database/vault.ts';

const REFERENCE_LEAST = 4; // Letters: fewer fit too many of a million bookings.
const RECEIPT_LEAST = 6; // Gateways' numbers begin with their date: the first few letters fit a whole week.
const REFERENCE_MOST = 8;
const RECEIPT_MOST = 40;
const TAIL = /^\d{4}$/;

/** What the text in the search box could be; null where it cannot be that. */
export interface Typed {
  text: string;
  ticketCode: string | null;
  /** The beginning of a reference: of a booking, a charge or a sale. */
  reference: string | null;
  /** The beginning of a gateway's receipt number, or of what the customer's message calls the account. */
  receipt: string | null;
  phoneHashes: string[];
  phoneTailHash: string | null;
  name: TypedName | null;
}

/** Reads what somebody has typed so far, or what a scanner read. */
export function readTyped(text: string, vault: Vault): Typed {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  const isCode = /^[A-Z0-9]+$/.test(code);
  const isLong = (least: number, most: number) => isCode && code.length >= least && code.length <= most;
  return {
    text,
    ticketCode: readTicketCode(text)?.ticketCode ?? null,
    reference: isLong(REFERENCE_LEAST, REFERENCE_MOST) ? code : null,
    receipt: isLong(RECEIPT_LEAST, RECEIPT_MOST) ? code : null,
    phoneHashes: hashesOfPhone(text, vault),
    phoneTailHash: TAIL.test(text) ? hashPhoneTail(text, vault) : null,
    name: /\p{N}/u.test(text) ? null : hashTypedName(text, vault), // People have no digits in their names, codes do.
  };
}
