import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { REFUND_REASONS, REFUND_STATES } from '../../shared/views.ts';
import { BookingSchema } from './booking.ts';
import { ChargeSchema } from './charge.ts';
import { PAID_FOR_ONE } from './paid-for.ts';
import { ReceiptSchema } from './receipt.ts';
import { SaleSchema } from './sale.ts';

export const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refund',
  properties: {
    id: p.string().primary().length(32),
    receipt: () => p.manyToOne(ReceiptSchema).ref().deleteRule('restrict').index('refund_of_receipt'),
    booking: () => p.manyToOne(BookingSchema).ref().nullable().deleteRule('restrict').index('refund_booking'),
    charge: () => p.manyToOne(ChargeSchema).ref().nullable().deleteRule('restrict').index('refund_charge'),
    sale: () => p.manyToOne(SaleSchema).ref().nullable().deleteRule('restrict').index('refund_sale'),
    /** Less than the receipt's when only the excess, or one of several bookings, goes back. */
    amount: p.bigint('number'),
    currency: p.enum(CURRENCIES),
    state: p.enum(REFUND_STATES),
    reason: p.enum(REFUND_REASONS),
    /** Who decided it, when it was not the rules. */
    decidedBy: p.string().length(80).nullable(),
    /** Of the request under way: part of its result URL, and nowhere else. */
    callbackTokenHash: p.string().length(43).nullable().unique('refund_callback_token'),
    conversationId: p.string().length(80).nullable(),
    requestedAt: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
    /** The gateway's code of the last failure. */
    code: p.string().length(40).nullable(),
    /** The gateway's number of the money that went back, or what a person wrote who paid it by hand. */
    proof: p.string().length(500).nullable(),
    createdAt: p.datetime(3),
  },
  checks: [{ name: 'refund_paid_for', expression: `${PAID_FOR_ONE} = 1` }],
  uniques: [
    { name: 'refund_once', properties: ['receipt', 'reason', 'booking'] },
    { name: 'refund_charge_once', properties: ['receipt', 'reason', 'charge'] },
    { name: 'refund_sale_once', properties: ['receipt', 'reason', 'sale'] },
  ],
  indexes: [
    { name: 'refund_open', properties: ['state', 'requestedAt'], where: { state: { $ne: 'done' } } },
    { name: 'refund_owed', properties: ['createdAt'], where: { state: { $ne: 'done' } } },
  ],
});

/** Money going back. */
export class Refund extends RefundSchema.class {}
RefundSchema.setClass(Refund);
