import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { NETWORKS } from '../../shared/networks.ts';
import { REASON_CODES } from '../../shared/reasons.ts';
import { METHODS, PAYMENT_STATES, type PaymentState } from '../../shared/views.ts';
import { BookingSchema } from './booking.ts';
import { ChargeSchema } from './charge.ts';
import { PAID_FOR_ONE } from './paid-for.ts';
import { SaleSchema } from './sale.ts';
import { ShiftSchema } from './shift.ts';

export const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    id: p.string().primary().length(32),
    booking: () => p.manyToOne(BookingSchema).ref().nullable().deleteRule('restrict'),
    charge: () => p.manyToOne(ChargeSchema).ref().nullable().deleteRule('restrict'),
    /** Of everything that is sold together, or what of it was still to be paid. */
    sale: () => p.manyToOne(SaleSchema).ref().nullable().deleteRule('restrict'),
    /** Of whoever took it at the counter. */
    shift: () => p.manyToOne(ShiftSchema).ref().nullable().deleteRule('restrict').index('payment_shift'),
    /** A gateway, or what the counter takes itself. */
    gateway: p.enum(METHODS),
    /** Which one the customer said to pay with, where the gateway serves several: for instructions and reports. */
    network: p.enum(NETWORKS).nullable(),
    state: p.enum(PAYMENT_STATES),
    amount: p.bigint('number'),
    currency: p.enum(CURRENCIES),
    /** Null once the person was forgotten; a counter needs no phone. */
    phoneMasked: p.string().length(16).nullable(),
    phoneSealed: p.string().length(120).nullable(),
    phoneHash: p.string().length(43).nullable(),
    phoneTailHash: p.string().length(43).nullable().index('payment_phone_tail'),
    /** What the gateway shows and reports: at most 12 letters and digits. Null where none is told. */
    accountReference: p.string().length(12).nullable().unique('payment_account_reference'),
    callbackTokenHash: p.string().length(43).nullable().unique('payment_callback_token'),
    /** The gateway's own ids, sealed: Daraja writes the phone number into its id. */
    idsSealed: p.string().length(500).nullable(),
    idsHash: p.string().length(43).nullable(),
    /** Whether a second payment for this booking or phone must wait for this one. Ends at `liveUntil` at the latest. */
    live: p.boolean(),
    liveUntil: p.datetime(3),
    /** False once it is certain that the phone never saw it: such a push does not count against the phone's limits. */
    reachedPhone: p.boolean(),
    startedAt: p.datetime(3),
    /** The gateway's own page for it. */
    redirectUrl: p.string().length(2_048).nullable(),
    promptEndsAt: p.datetime(3).nullable(),
    /** When it failed or was paid. */
    endedAt: p.datetime(3).nullable(),
    reason: p.enum(REASON_CODES).nullable(),
    /** The gateway's own code behind `reason`. */
    reasonCode: p.string().length(40).nullable(),
    /** The gateway asks for a pause: no new attempt before this. */
    retryFrom: p.datetime(3).nullable(),
    /** A person must look at it: queries no longer settle it. */
    frozen: p.boolean(),
    /** A success from an unlisted address waits until then for a query to agree. */
    verifyUntil: p.datetime(3).nullable(),
    /** The cashier went on to another way of paying: what it still brings goes back. */
    leftAt: p.datetime(3).nullable(),
    /** The number of money that the customer says was paid before: the gateway is asked about it. */
    claimedNumber: p.string().length(40).nullable().index('payment_claimed'),
    /** Somebody said "failed" after we had the money. */
    contradictedAt: p.datetime(3).nullable(),
    /** A person has closed the question of what became of it. */
    closedAt: p.datetime(3).nullable(),
    /** When a callback first said what became of it; from then on nobody needs to ask. */
    reportedAt: p.datetime(3).nullable(),
    /** It had failed, and since then the gateway does not say whether it still has: somebody may have paid after all. */
    silentSince: p.datetime(3).nullable(),
    /** When a gateway last said "ask me". */
    notifiedAt: p.datetime(3).nullable(),
    nextCheckAt: p.datetime(3).nullable(),
    checks: p.integer(),
    checkedAt: p.datetime(3).nullable(),
    leasedUntil: p.datetime(3).nullable(),
    /** The failure that a query named, and when it was first named: it counts when it is named again. */
    queriedCode: p.string().length(40).nullable(),
    queriedCodeAt: p.datetime(3).nullable(),
    keyHash: p.string().length(43),
    bodyHash: p.string().length(43),
  },
  uniques: [
    { name: 'payment_idempotency_key', properties: ['booking', 'keyHash'] },
    { name: 'payment_charge_idempotency_key', properties: ['charge', 'keyHash'] },
    { name: 'payment_sale_idempotency_key', properties: ['sale', 'keyHash'] },
    { name: 'payment_gateway_ids', properties: ['gateway', 'idsHash'], where: { idsHash: { $ne: null } } },
    { name: 'payment_live_booking', properties: ['booking'], where: { live: true } },
    { name: 'payment_live_charge', properties: ['charge'], where: { live: true } },
    { name: 'payment_live_sale', properties: ['sale'], where: { live: true } },
    { name: 'payment_live_phone', properties: ['gateway', 'phoneHash'], where: { live: true } },
  ],
  checks: [{ name: 'payment_paid_for', expression: `${PAID_FOR_ONE} = 1` }],
  indexes: [
    { name: 'payment_booking', properties: ['booking', 'startedAt'] },
    { name: 'payment_charge', properties: ['charge', 'startedAt'] },
    { name: 'payment_sale', properties: ['sale', 'startedAt'] },
    { name: 'payment_phone', properties: ['phoneHash', 'startedAt'] },
    {
      name: 'payment_unresolved',
      properties: ['startedAt'],
      where: { state: { $in: ['started', 'unknown', 'pending'] } },
    },
    { name: 'payment_started', properties: ['startedAt'], where: { state: 'started' } },
    { name: 'payment_frozen', properties: ['id'], where: { frozen: true } },
    { name: 'payment_contradicted', properties: ['contradictedAt'], where: { contradictedAt: { $ne: null } } },
    { name: 'payment_silent', properties: ['silentSince'], where: { silentSince: { $ne: null } } },
    { name: 'payment_next_check', properties: ['nextCheckAt'], where: { nextCheckAt: { $ne: null } } },
  ],
});

/** One attempt to collect for a booking, a charge or a sale, through one gateway or at the counter. */
export class Payment extends PaymentSchema.class {}
PaymentSchema.setClass(Payment);

const RANK: Record<PaymentState, number> = { started: 0, unknown: 1, pending: 2, failed: 3, paid: 4, reversed: 5 };

/** The states from which a payment may become `state`: those of lower rank. */
export function paymentStatesBelow(state: PaymentState): PaymentState[] {
  return PAYMENT_STATES.filter(one => RANK[one] < RANK[state]);
}

/** Whether money may still arrive without anybody starting anything. */
export function isUnresolved(state: PaymentState): boolean {
  switch (state) {
    case 'started':
    case 'unknown':
    case 'pending':
      return true;
    case 'failed':
    case 'paid':
    case 'reversed':
      return false;
  }
}

export const UNRESOLVED = PAYMENT_STATES.filter(isUnresolved);
