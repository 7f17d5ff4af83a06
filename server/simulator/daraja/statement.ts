import { addMs, later, pause } from '../../../shared/clock.ts';
import type { Debit } from '../ledger.ts';
import type { Parts } from '../parts.ts';
import { readSpeltOut } from './east-africa-time.ts';
import { fieldText, isCallbackUrl } from './push-request.ts';
import { REFUSALS } from './refusals.ts';
import { type Answered, gatewayId, json, refusal } from './wire.ts';

const REACH_MS = 48 * 3_600_000;
const SLOW_MS = 30_000;
const SOME = '1000';
const NONE = '1001';

/** `POST /pulltransactions/v1/register`: once; a second time says so. Questions are answered without it, too. */
export function registerStatement({ random, settings, statements }: Parts, body: Record<string, unknown>): Answered {
  if (fieldText(body, 'ShortCode') !== settings.shortCode) return wrong(random, 'ShortCode');
  if (fieldText(body, 'RequestType') !== 'Pull') return wrong(random, 'RequestType');
  if (!/^(254|0)[17]\d{8}$/.test(fieldText(body, 'NominatedNumber'))) return wrong(random, 'NominatedNumber');
  if (!isCallbackUrl(fieldText(body, 'CallBackURL'))) return wrong(random, 'CallBackURL');
  const before = statements.registered;
  statements.registered = true;
  return json(200, {
    ResponseRefID: gatewayId(random),
    ResponseStatus: before ? '1001' : '1000',
    ShortCode: settings.shortCode,
    ResponseDescription: before ? 'ShortCode already Registered' : 'ShortCode Registered Successfully',
  });
}

/** `POST /pulltransactions/v1/query`: what really reached this short code in the last 48 hours, heard of or not. */
export async function queryStatement(parts: Parts, body: Record<string, unknown>): Promise<Answered> {
  const { random, settings, faults } = parts;
  const from = readSpeltOut(fieldText(body, 'StartDate'));
  const to = readSpeltOut(fieldText(body, 'EndDate'));
  if (fieldText(body, 'ShortCode') !== settings.shortCode) return wrong(random, 'ShortCode');
  if (!from) return wrong(random, 'StartDate');
  if (!to || to < from) return wrong(random, 'EndDate');
  if (!/^\d{1,9}$/.test(fieldText(body, 'OffSetValue'))) return wrong(random, 'OffSetValue');

  const fault = faults.takeForStatement()?.statement;
  if (fault === 'slow') await pause(parts.clock, SLOW_MS);
  else if (fault && fault !== 'empty' && fault !== 'odd') return REFUSALS[fault](random);
  const rows = fault === 'empty' ? [] : debitsBetween(parts, from, to).map(debit => row(debit, settings.merchant));
  const offset = Number(fieldText(body, 'OffSetValue'));
  const all = fault === 'odd' ? [...rows, ...oddRows(rows)] : rows;
  return told(parts, all.slice(offset, offset + settings.statementRows));
}

/** Both ends count, in whole seconds. */
function debitsBetween({ clock, ledger, settings }: Parts, from: Date, to: Date): Debit[] {
  const start = later(from, addMs(clock.now(), -REACH_MS));
  const end = addMs(to, 999);
  return ledger.debits.filter(({ at, shortCode }) => shortCode === settings.shortCode && at >= start && at <= end);
}

/** A list in a list, and for none of them the same as a text (Daraja portal, Pull Transactions). */
function told({ random }: Parts, rows: unknown[]): Answered {
  return json(200, {
    ResponseRefID: gatewayId(random),
    ResponseCode: rows.length > 0 ? SOME : NONE,
    ResponseMessage: rows.length > 0 ? 'Success' : 'No transactions in this period',
    Response: rows.length > 0 ? [rows] : '[[]]',
  });
}

function row({ receiptNumber, at, phone, accountReference, amount }: Debit, merchant: string) {
  return {
    transactionId: receiptNumber,
    trxDate: at.toISOString().replace(/\.\d+/, ''),
    msisdn: Number(phone.slice(3)),
    sender: 'MPESA',
    transactiontype: 'c2b-pay-bill-debit',
    billreference: accountReference,
    amount: amount.toFixed(2),
    organizationname: merchant,
  };
}

/** No number, no amount, no row, money that went back. */
function oddRows([first]: ReturnType<typeof row>[]): unknown[] {
  const { transactionId, ...nameless } = first ?? { transactionId: '' };
  return [
    nameless,
    { ...first, amount: 'KES 5' },
    null,
    'row',
    { ...first, transactiontype: 'c2b-reversal', amount: '1' },
  ];
}

function wrong(random: Parts['random'], field: string): Answered {
  return refusal(random, '400.002.02', `Bad Request - Invalid ${field}`);
}
