import { defineEntity, p } from '@mikro-orm/core';
import { GATEWAYS } from '../../shared/views.ts';
import { PaymentSchema } from './payment.ts';
import { RefundSchema } from './refund.ts';

export const CALLBACK_STATES = ['received', 'settled', 'ignored', 'quarantined'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

export const CallbackSchema = defineEntity({
  name: 'Callback',
  tableName: 'callback',
  properties: {
    id: p.integer().primary().autoincrement(),
    gateway: p.enum(GATEWAYS),
    /** Null: it came under a token that names nothing. */
    payment: () => p.manyToOne(PaymentSchema).ref().nullable().deleteRule('restrict').index('callback_payment'),
    state: p.enum(CALLBACK_STATES),
    /** Why it was ignored or quarantined. */
    verdict: p.string().length(200).nullable(),
    /** The body exactly as it came, sealed; null once it was kept long enough. */
    bodySealed: p.blob().nullable(),
    sourceAddress: p.string().length(45),
    /** Whether the gateway is known to call from there. */
    listed: p.boolean(),
    /** For the result of a refund. */
    refund: () => p.manyToOne(RefundSchema).ref().nullable().deleteRule('restrict').index('callback_refund'),
    /** It tells of money that reached our short code, however it was paid: whose it is, only its content says. */
    confirmation: p.boolean().default(false),
    receivedAt: p.datetime(3),
    settledAt: p.datetime(3).nullable(),
  },
  indexes: [
    { name: 'callback_received', properties: ['receivedAt'], where: { state: 'received' } },
    { name: 'callback_unlisted', properties: ['receivedAt'], where: { listed: false } },
    { name: 'callback_stray', properties: ['id'], where: { payment: null, refund: null, confirmation: false } },
  ],
});

/** What a gateway sent us, exactly as it came. */
export class Callback extends CallbackSchema.class {}
CallbackSchema.setClass(Callback);
