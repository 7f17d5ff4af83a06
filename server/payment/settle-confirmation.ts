import { maskPhone } from '../../shared/phone.ts';
import { randomHex } from '../../shared/random.ts';
import type { GatewayName } from '../../shared/views.ts';
import type { StatementLine } from '../gateway/gateway.ts';
import { type Em, query } from '../model/entities.ts';
import { bookingOf, chargeOf, type PaidFor, saleOf } from '../model/paid-for.ts';
import type { Parts } from '../parts.ts';
import { ignored, settled, settlingNow, type Verdict } from './evidence.ts';
import { insertArrived } from './insert-arrived.ts';
import { readPayable } from './read-payable.ts';
import { recordReceipt } from './record-receipt.ts';
import { settleClaim } from './settle-claim.ts';
import { settlePayment } from './settle-payment.ts';

const REFERENCE_SHOWN = 20; // Letters: references have at most 12.

/**
 * Money that reached our number. It is the twin of a push's callback, what a cashier is looking for, paid under the
 * reference of something open, or nobody's: then a person says where it belongs. Whichever message of one receipt comes
 * first counts; its number stands in the books once.
 */
export async function settleConfirmation(
  em: Em,
  parts: Parts,
  { gateway, doubtful }: { gateway: GatewayName; doubtful: boolean },
  line: StatementLine,
): Promise<Verdict> {
  if (await isCounted(em, gateway, line.receiptNumber)) return ignored('this receipt was counted before');
  const settling = settlingNow(parts);
  const outcome = { outcome: 'paid' as const, ...line };
  const asked = await findByAccount(em, gateway, line.accountReference);
  if (asked) return settlePayment(em, asked.id, { source: 'callback', ids: null, outcome, doubtful }, settling);
  if (doubtful) return setAside(em, gateway, line, 'it came from where the gateway is not known to be', settling.now);
  const claim = await findClaim(em, gateway, line.receiptNumber);
  if (claim) return settleClaim(em, claim.id, { ...line, outcome: 'found' }, 'callback', settling);
  const paidFor = await findByReference(em, line);
  if (!paidFor) return setAside(em, gateway, line, 'nothing open here costs just that', settling.now);
  const { amount, currency } = line.amount;
  const arrived = { paidFor, method: gateway, amount, currency, actor: 'callback' as const, shift: null };
  const paymentId = await insertArrived(em, parts, { ...arrived, keyHash: randomHex(parts.random), bodyHash: '' });
  return settlePayment(em, paymentId, { source: 'callback', ids: null, outcome }, settling);
}

/** Not what was only set aside: the message that fits it may be this one. */
async function isCounted(em: Em, gateway: GatewayName, number: string): Promise<boolean> {
  const receipt = await query(em)
    .selectFrom('receipt')
    .select('id')
    .where('gateway', '=', gateway)
    .where('number', '=', number)
    .where(one => one.or([one('allocation', '!=', 'unallocated'), one('payment', 'is', null)]))
    .executeTakeFirst();
  return receipt !== undefined;
}

function findByAccount(em: Em, gateway: GatewayName, accountReference: string) {
  return query(em)
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', gateway)
    .where('accountReference', '=', typed(accountReference))
    .executeTakeFirst();
}

function findClaim(em: Em, gateway: GatewayName, number: string) {
  return query(em)
    .selectFrom('payment')
    .select('id')
    .where('gateway', '=', gateway)
    .where('claimedNumber', '=', number)
    .where('state', 'in', ['started', 'unknown', 'pending'])
    .executeTakeFirst();
}

/** What people type at a PayBill. */
function typed(reference: string): string {
  return reference.replace(/\s/g, '').toUpperCase();
}

/**
 * Something open that has this reference. A sale may be paid in parts, a cashier stands beside it; of a booking or a charge
 * by itself, nobody would take the rest: only all of it will do.
 */
async function findByReference(em: Em, { accountReference, amount }: StatementLine): Promise<PaidFor | undefined> {
  const reference = typed(accountReference);
  if (reference === '') return undefined;
  const sale = await query(em)
    .selectFrom('sale')
    .select('id')
    .where('reference', '=', reference)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (sale) return saleOf(sale.id);
  const booking = await query(em)
    .selectFrom('booking')
    .select('id')
    .where('reference', '=', reference)
    .where('state', '=', 'held')
    .executeTakeFirst();
  if (booking) return ifWhole(em, bookingOf(booking.id), amount.amount);
  const charge = await query(em)
    .selectFrom('charge')
    .select('id')
    .where('reference', '=', reference)
    .where('state', '=', 'open')
    .executeTakeFirst();
  return charge && ifWhole(em, chargeOf(charge.id), amount.amount);
}

async function ifWhole(em: Em, paidFor: PaidFor, amount: number): Promise<PaidFor | undefined> {
  return (await readPayable(em, paidFor)).amount === amount ? paidFor : undefined;
}

/** Written down, and on the list of those who decide: what the customer typed is the best hint that they have. */
async function setAside(
  em: Em,
  gateway: GatewayName,
  { accountReference, receiptNumber, amount, paidAt }: StatementLine,
  reason: string,
  now: Date,
): Promise<Verdict> {
  const receipt = await query(em)
    .insertInto('receipt')
    .values({
      ...{ gateway, number: receiptNumber, payment: null, ...amount, paidAt },
      ...{ allocation: 'unallocated', createdAt: now },
    })
    .onConflict(known => known.columns(['gateway', 'number']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!receipt) return settled();
  const why = `${reason}; paid under “${readable(accountReference)}”`;
  const details = { why, receiptNumber };
  await recordReceipt(em, receipt.id, { happening: 'money_set_aside', actor: 'callback', at: now, details });
  return settled();
}

/** Some type their phone number. */
function readable(reference: string): string {
  const digits = typed(reference).replace(/^\+/, '');
  return /^\d{9,}$/.test(digits) ? maskPhone(digits) : typed(reference).slice(0, REFERENCE_SHOWN);
}
