import * as v from 'valibot';

/** What customers are told by mail: first their tickets, then whatever is odd. */
export const MAIL_KINDS = [
  'confirmation',
  'booking_moved',
  'showing_moved',
  'showing_cancelled',
  'refund_due',
  'refund_done',
  'money_reversed',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** `dropped`: when its turn came there was nothing left to say, or nobody to say it to. */
const SHOWN_STATES = ['waiting', 'sent', 'given_up'] as const;
export const MAIL_STATES = [...SHOWN_STATES, 'dropped'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A booking's mail, as the people at the box office see it; what was dropped tells them nothing. */
export const SentMail = v.object({
  kind: v.picklist(MAIL_KINDS),
  state: v.picklist(SHOWN_STATES),
  /** When it was sent or given up, or else when it was queued. */
  at: v.pipe(v.string(), v.isoTimestamp()),
  tries: v.number(),
  /** The code of what went wrong last. */
  code: v.nullable(v.string()),
});
export type SentMail = v.InferOutput<typeof SentMail>;
