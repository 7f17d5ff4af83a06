import { defineEntity, p } from '@mikro-orm/core';
import { JOURNAL_KINDS } from '../../shared/office/shift-report.ts';
import { PaymentSchema } from './payment.ts';
import { SaleSchema } from './sale.ts';
import { ShiftSchema } from './shift.ts';

export const JournalEntrySchema = defineEntity({
  name: 'JournalEntry',
  tableName: 'journal_entry',
  properties: {
    id: p.integer().primary().autoincrement(),
    shift: () => p.manyToOne(ShiftSchema).ref().deleteRule('restrict'),
    /** 1, 2, 3 …: none is missing. */
    line: p.integer(),
    at: p.datetime(3),
    kind: p.enum(JOURNAL_KINDS),
    /** By how much the drawer holds more afterwards, in minor units; negative: less. */
    cash: p.bigint('number'),
    sale: () => p.manyToOne(SaleSchema).ref().nullable().deleteRule('restrict').index('journal_sale'),
    payment: () => p.manyToOne(PaymentSchema).ref().nullable().deleteRule('restrict').index('journal_payment'),
    actor: p.string().length(80),
    /** The supervisor who said yes on the cashier's screen. */
    approver: p.string().length(80).nullable(),
    details: p.json<Record<string, unknown>>(),
    /** SHA-256 of this line and of the hash of the line before it. */
    hash: p.string().length(64),
    keyHash: p.string().length(43).nullable(),
  },
  uniques: [
    { name: 'journal_line', properties: ['shift', 'line'] },
    { name: 'journal_idempotency_key', properties: ['shift', 'keyHash'] },
  ],
  triggers: [
    {
      // A row that is put in a second time breaks its own key: the one refusal that every database words the same.
      name: 'journal_only_grows',
      timing: 'before',
      events: ['update', 'delete'],
      body: 'insert into journal_entry select * from journal_entry where id = old.id',
    },
  ],
});

/** One line of a till's journal. Never changed, never deleted. */
export class JournalEntry extends JournalEntrySchema.class {}
JournalEntrySchema.setClass(JournalEntry);
