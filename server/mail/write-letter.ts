import { Readable } from 'node:stream';
import type { Language } from '../../shared/language.ts';
import type { MailKind } from '../../shared/office/mail.ts';
import { type Em, query } from '../model/entities.ts';
import { type Parts, seeingNow } from '../parts.ts';
import { pagesOf } from '../ticket/pages-of.ts';
import { printTickets } from '../ticket/print-tickets.ts';
import { seeBooking } from '../view/booking-view.ts';
import { type Known, writeContent } from './content.ts';
import type { Letter } from './letter.ts';
import { letterHtml } from './letter-html.ts';
import { letterText } from './letter-text.ts';
import { type LetterParts, partsOfLetter } from './parts-of-letter.ts';
import { mailWords } from './words.ts';

export interface QueuedMail {
  id: number;
  booking: string;
  kind: MailKind;
  version: number;
}

/**
 * The letter as things stand now, whatever stood when it was queued. Null: there is nothing left to say, or the address
 * was forgotten.
 */
export async function writeLetter(parts: Parts, mail: QueuedMail): Promise<Letter | null> {
  const { config, database, vault } = parts;
  const em = database.read();
  const to = await readAddress(em, mail);
  if (to === null || config.mail === null) return null;
  const booking = await seeBooking(em, mail.booking, seeingNow(parts));
  if (!booking) return null;
  const words = mailWords(to.language);
  const content = writeContent(mail.kind, await readMoney(em, mail.booking, booking), words);
  if (!content) return null;
  const isTest = config.mode === 'test';
  const domain = config.mail.from.address.replace(/^.*@/, '');
  const letter = partsOfLetter(content, booking, words, { publicUrl: config.publicUrl, isTest, domain });
  return {
    messageId: `<${booking.reference.toLowerCase()}.${mail.kind}.${mail.version}@${domain}>`,
    to: vault.open(to.emailSealed),
    replyTo: booking.venueContact.email || undefined,
    subject: oneLine(isTest ? `${words.say('test')}: ${content.subject}` : content.subject),
    text: letterText(letter),
    html: letterHtml(letter),
    attachments: [...picturesOf(letter), ...paperOf(letter, booking, to.language, isTest)],
  };
}

/** Null also when a newer mail of the same kind waits: it says the same, and as late. */
async function readAddress(em: Em, { booking, kind, version }: QueuedMail) {
  const newer = await query(em)
    .selectFrom('mail')
    .select('id')
    .where('booking', '=', booking)
    .where('kind', '=', kind)
    .where('version', '>', version)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  if (newer) return null;
  const known = await query(em)
    .selectFrom('booking')
    .select(['emailSealed', 'language'])
    .where('id', '=', booking)
    .executeTakeFirst();
  return known?.emailSealed ? { emailSealed: known.emailSealed, language: known.language } : null;
}

async function readMoney(em: Em, bookingId: string, booking: Known['booking']): Promise<Known> {
  const refunds = await query(em)
    .selectFrom('refund')
    .innerJoin('receipt', 'receipt.id', 'refund.receipt')
    .select(['refund.amount', 'refund.currency', 'refund.state', 'refund.reason', 'refund.createdAt'])
    .where('refund.booking', '=', bookingId)
    .where('receipt.gateway', '!=', 'complimentary') // Nobody paid it: there is nothing to give back.
    .orderBy('refund.createdAt')
    .execute();
  const cancelled = await query(em)
    .selectFrom('mail')
    .innerJoin('booking', 'booking.id', 'mail.booking')
    .innerJoin('showing', 'showing.id', 'booking.showing')
    .select('cancelledAt')
    .where('mail.booking', '=', bookingId)
    .where('mail.kind', '=', 'showing_cancelled')
    .executeTakeFirst();
  return {
    booking,
    refunds: refunds.map(({ amount, currency, ...refund }) => ({ ...refund, amount: { amount, currency } })),
    toldCancelledAt: cancelled?.cancelledAt ?? null,
  };
}

/** A title with a line break in it must not begin another header. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/\p{Cc}/gu, '');
}

function picturesOf({ tickets }: LetterParts): Letter['attachments'] {
  return tickets.map(({ cid, png }, at) => ({
    ...{ filename: `ticket-${at + 1}.png`, content: png, contentType: 'image/png' },
    ...{ cid, contentDisposition: 'inline' as const },
  }));
}

/** Drawn when the mail server asks for it, and not before: where it does not even answer, that work is for nothing. */
function paperOf({ tickets }: LetterParts, booking: Known['booking'], language: Language, testMode: boolean) {
  if (tickets.length === 0) return [];
  async function* drawn() {
    yield await printTickets(pagesOf(booking, { testMode, language }));
  }
  const content = Readable.from(drawn());
  return [{ filename: `tickets-${booking.reference}.pdf`, content, contentType: 'application/pdf' }];
}
