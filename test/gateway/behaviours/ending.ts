import assert from 'node:assert/strict';
import type { BookingView } from '../../../shared/views.ts';
import { BROKEN } from '../../support/invariants.ts';
import { type Office, rowsOf } from '../../support/office.ts';
import { type Account, accountsOf } from './accounts.ts';

/** How a booking ended, for its customer, for the box office and for the money. */
export interface Ending {
  booking: BookingView['state'];
  /** The oldest first. */
  payments: readonly string[];
  /** Where its money went. */
  receipts: readonly string[];
  tickets: readonly string[];
  /** `late_payment due` */
  refunds: readonly string[];
  /** What a person must look at. */
  worklist: readonly string[];
  /** Where every debit of the gateway's ledger stands, the oldest first. */
  debits: readonly Account[];
}

export const CONFIRMED: Ending = {
  booking: 'confirmed',
  payments: ['paid'],
  receipts: ['applied'],
  tickets: ['valid', 'valid'],
  refunds: [],
  worklist: [],
  debits: ['applied'],
};
export const NOTHING_TAKEN = { receipts: [], tickets: [], refunds: [], worklist: [], debits: [] };

/** As customers and staff see it; whatever holds for every booking holds for this one. */
export async function endingOf(office: Office, bookingId: string): Promise<Ending> {
  const { tiketi, manager } = office;
  for (const [rule, sql] of Object.entries(BROKEN)) assert.deepEqual(await rowsOf(tiketi, sql), [], rule);
  const { state, tickets, refunds } = await tiketi.customer.see(bookingId);
  const payments = await rowsOf<{ state: string; frozen: number }>(
    tiketi,
    `select state, frozen from payment where booking = '${bookingId}' order by startedAt`,
  );
  const receipts = await rowsOf<{ allocation: string }>(
    tiketi,
    `select allocation from receipt where payment in (select id from payment where booking = '${bookingId}') order by id`,
  );
  return {
    booking: state,
    payments: payments.map(one => (one.frozen ? `${one.state} under review` : one.state)),
    receipts: receipts.map(({ allocation }) => allocation),
    tickets: tickets.map(ticket => ticket.state),
    refunds: refunds.map(refund => `${refund.reason} ${refund.state}`),
    worklist: (await manager.worklist()).map(({ kind }) => kind).sort(),
    debits: await accountsOf(office),
  };
}
