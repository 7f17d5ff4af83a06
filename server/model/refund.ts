import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { REFUND_REASONS, REFUND_STATES } from '../../shared/views.ts';
import { BookingSchema } from './booking.ts';
import { ReceiptSchema } from './receipt.ts';

export const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refund',
  properties: {
    id: p.string().primary().length(32),
    receipt: () => p.manyToOne(ReceiptSchema).ref().deleteRule('restrict').unique('refund_receipt'),
    booking: () => p.manyToOne(BookingSchema).ref().deleteRule('restrict').index('refund_booking'),
    amount: p.bigint('number'),
    currency: p.enum(CURRENCIES),
    state: p.enum(REFUND_STATES),
    reason: p.enum(REFUND_REASONS),
    createdAt: p.datetime(3),
  },
});

/** Money going back. */
export class Refund extends RefundSchema.class {}
RefundSchema.setClass(Refund);
