import { defineEntity, p } from '@mikro-orm/core';
import { CURRENCIES } from '../../shared/money.ts';
import { METHODS } from '../../shared/views.ts';
import { PaymentSchema } from './payment.ts';

/** Where the money went: to a booking, on its way back, or to a person who must decide. */
export const ALLOCATIONS = ['applied', 'refund_due', 'unallocated'] as const;
export type Allocation = (typeof ALLOCATIONS)[number];

export const ReceiptSchema = defineEntity({
  name: 'Receipt',
  tableName: 'receipt',
  properties: {
    id: p.integer().primary().autoincrement(),
    /** How it reached us; one that is `complimentary` stands for a grant, and is no money. */
    gateway: p.enum(METHODS),
    /** Of the gateway, the card terminal, or our own for cash and grants. Null while only a query has told of it: its number is pending. */
    number: p.string().length(40).nullable(),
    /** Null: a statement or a confirmation tells of money that no payment of ours asked for. */
    payment: () => p.manyToOne(PaymentSchema).ref().nullable().deleteRule('restrict').index('receipt_payment'),
    /** The payment under which it came, where somebody has given it to another since. */
    cameFor: () => p.manyToOne(PaymentSchema).ref().nullable().deleteRule('restrict'),
    amount: p.bigint('number'),
    currency: p.enum(CURRENCIES),
    allocation: p.enum(ALLOCATIONS),
    /** The gateway's own time of payment: for wording and for people, never for taking places. */
    paidAt: p.datetime(3).nullable(),
    createdAt: p.datetime(3),
    /** The gateway took it back. */
    reversedAt: p.datetime(3).nullable(),
    /** A person has dealt with it: it stands on no list any more. */
    closedAt: p.datetime(3).nullable(),
  },
  indexes: [
    { name: 'receipt_open', properties: ['id'], where: { allocation: 'unallocated', closedAt: null } },
    { name: 'receipt_came_for', properties: ['cameFor'], where: { cameFor: { $ne: null } } },
    { name: 'receipt_created', properties: ['createdAt'] },
    { name: 'receipt_reversed', properties: ['reversedAt'], where: { reversedAt: { $ne: null } } },
  ],
  uniques: [{ name: 'receipt_number', properties: ['gateway', 'number'] }],
});

/** One sum of money that a gateway, or a person at the counter, says reached us. */
export class Receipt extends ReceiptSchema.class {}
ReceiptSchema.setClass(Receipt);
