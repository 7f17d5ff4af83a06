import { defineEntity, p } from '@mikro-orm/core';

/** What can happen to a booking and its money, in the past tense. */
export type Happening =
  | 'places_held'
  | 'payment_started'
  | 'push_accepted'
  | 'push_refused'
  | 'push_unanswered'
  | 'payment_failed'
  | 'payment_paid'
  | 'receipt_number_known'
  | 'callback_quarantined'
  | 'contradiction'
  | 'charge_opened'
  | 'charge_paid'
  | 'charge_cancelled'
  | 'part_paid'
  | 'payment_left'
  | 'sale_opened'
  | 'sale_abandoned'
  | 'booking_confirmed'
  | 'booking_lapsed'
  | 'booking_cancelled'
  | 'booking_moved'
  | 'prompt_resent'
  | 'tickets_reprinted'
  | 'mail_requested'
  | 'mail_sent'
  | 'mail_given_up'
  | 'showing_cancelled'
  | 'showing_moved'
  | 'refund_due'
  | 'refund_requested'
  | 'refund_done'
  | 'refund_failed'
  | 'refund_uncertain'
  | 'money_set_aside'
  | 'money_reversed'
  | 'ticket_admitted'
  | 'admission_withdrawn'
  | 'staff_closed'
  | 'personal_data_erased';

/** Who says so or does so; people are named, the rest is the part of the system or the gateway's channel. */
export type Actor = 'customer' | 'janitor' | 'push' | 'callback' | 'query' | 'statement' | `staff:${string}`;

export const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: p.integer().primary().autoincrement(),
    at: p.datetime(3),
    booking: p.string().length(32).nullable().index('audit_booking'),
    charge: p.string().length(32).nullable().index('audit_charge'),
    sale: p.string().length(32).nullable().index('audit_sale'),
    /** Money that is nobody's yet, where there is none of the three above. */
    receipt: p.integer().nullable().index('audit_receipt'),
    /** The booking's, charge's or sale's version that this led to. */
    version: p.integer(),
    payment: p.string().length(32).nullable(),
    actor: p.string().$type<Actor>().length(60),
    happening: p.string().$type<Happening>().length(40),
    /** Facts for people: no phone number, token or secret. */
    details: p.json<Record<string, string | number | boolean | null>>(),
  },
});

/** One line of the answer to "what happened to this booking" or charge. Never changed, never deleted. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
