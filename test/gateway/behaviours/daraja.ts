import assert from 'node:assert/strict';
import { PHONE } from '../../support/customer.ts';
import { NOTE, OTHER_PHONE, rowsOf, tellSuccess } from '../../support/office.ts';
import type { Row } from './row.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const CALLBACK = 2 * SECOND; // More than lies between the end of a prompt and its callback.
const RESULT = [2 * SECOND, 1]; // The money goes back, and its result is sent.

/** M-Pesa in Kenya: a PIN prompt on the phone, and callbacks that say what came of it. */
export const DARAJA: Row = {
  name: 'daraja',
  currency: 'KES',
  venue: 1,
  price: 50_000,
  phones: [PHONE, OTHER_PHONE],
  async pays({ tiketi, payer }) {
    assert.equal(tiketi.phone.enterPin('1234', payer), '0');
  },
  async declines({ tiketi, payer }) {
    tiketi.phone.cancel(payer);
  },
  tells: ({ tiketi }) => tellSuccess(tiketi),
  /** Safaricom tells nobody: a manager reads it in a statement. */
  async reverses({ tiketi, office }) {
    const debit = tiketi.simulator.ledger.debits.at(-1);
    assert.ok(debit);
    tiketi.simulator.ledger.reverse(debit, tiketi.clock.now());
    const sql = `select id from receipt where number = '${debit.receiptNumber}'`;
    const [receipt] = await rowsOf<{ id: number }>(tiketi, sql);
    await office.manager.does('POST', `/receipts/${receipt?.id}/reversals`, { note: NOTE });
  },

  accepts: { does: 'pays', passes: [CALLBACK] },
  refuses: { fault: 'refused-merchant', passes: [], reason: 'refused' },
  losesAnswer: { fault: 'answer-reset', does: 'pays', passes: [CALLBACK] },
  losesRequest: { fault: 'answer-reset-unpaid', passes: [21 * MINUTE], payment: 'unknown' },
  reportsFirst: { fault: 'answer-after-callback', passes: [] },
  reportsTwice: { fault: 'callback-four-times', does: 'pays', passes: [CALLBACK] },
  reportsNothing: { fault: 'callback-lost', does: 'pays', passes: [MINUTE] },
  reportsLate: { fault: 'callback-late-alone', does: 'pays', passes: [5 * MINUTE, SECOND], later: [6 * MINUTE] },
  reportsByHand: { fault: 'callback-lost', does: 'pays', passes: [31 * SECOND] }, // By then its queries are believed.
  tellsOtherAmount: { fault: 'callback-wrong-amount', does: 'pays', passes: [CALLBACK] },
  takesOtherCurrency: { none: 'M-Pesa in Kenya knows shillings only' },
  declined: { does: 'declines', passes: [CALLBACK] },
  failsFirst: { fault: 'callback-after-failure', does: 'pays', passes: [CALLBACK], later: [30 * SECOND] },
  nobodyPays: { passes: [MINUTE, CALLBACK, 10 * MINUTE], reason: 'phone_unreachable' },
  staysSilent: { fault: 'silence', does: 'pays', passes: [10 * MINUTE, 20 * MINUTE, ...Array(8).fill(DAY)] },
  takesBack: { none: 'a prompt is on the phone until it ends by itself' },
  keeps: { passes: [] },
  refund: {
    done: { passes: RESULT },
    refused: { fault: 'reversal-not-allowed', passes: RESULT },
    uncertain: { fault: 'reversal-error', passes: RESULT },
    uncertainButDone: { fault: 'reversal-reset', passes: RESULT },
  },
};
