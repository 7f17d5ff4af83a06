import { defineEntity, p } from '@mikro-orm/core';
import { BookingSchema } from './booking.ts';
import { ChargeSchema } from './charge.ts';
import { ReceiptSchema } from './receipt.ts';
import { RefundSchema } from './refund.ts';

export const ShareSchema = defineEntity({
  name: 'Share',
  tableName: 'share',
  properties: {
    id: p.integer().primary().autoincrement(),
    receipt: () => p.manyToOne(ReceiptSchema).ref().deleteRule('restrict').index('share_receipt'),
    booking: () => p.manyToOne(BookingSchema).ref().nullable().deleteRule('restrict').index('share_booking'),
    charge: () => p.manyToOne(ChargeSchema).ref().nullable().deleteRule('restrict').index('share_charge'),
    amount: p.bigint('number'),
    /** With which it goes back: from then on it pays for nothing. */
    refund: () => p.manyToOne(RefundSchema).ref().nullable().deleteRule('restrict').index('share_refund'),
  },
  checks: [{ name: 'share_pays_for', expression: '(booking is null) != (charge is null)' }],
});

/** So much of a receipt pays for this booking or charge. */
export class Share extends ShareSchema.class {}
ShareSchema.setClass(Share);
