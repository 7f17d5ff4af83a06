import { correction, generate } from 'lean-qr';
import { toPngBuffer } from 'lean-qr/extras/node_export';
import { writeTicketCode } from '../../shared/ticket-code.ts';
import type { BookingView } from '../../shared/views.ts';
import type { Content } from './content.ts';
import type { MailWords } from './words.ts';

const QUIET = 4; // Modules of white around a QR code, as the standard asks.
const INK = { on: [0, 0, 0, 255], off: [255, 255, 255, 255] } as const; // Paper, too: on a dark page a clear one could not be read.
const DOT_PIXELS = 6; // A code of some 220 pixels: a phone's width leaves room, and a camera reads it from a hand away.

/** All that stands in a mail, in the order in which it is read. */
export interface LetterParts {
  content: Content;
  greeting: string | null;
  testMode: string | null;
  facts: [label: string, value: string][];
  refunds: string[];
  tickets: PictureTicket[];
  link: string;
  contact: string[];
  words: MailWords;
  reference: string;
}

export interface PictureTicket {
  label: string;
  /** What the QR code says, for whoever sees no pictures. */
  code: string;
  cid: string;
  png: Buffer;
  /** Both ways. */
  pixels: number;
}

export function partsOfLetter(
  content: Content,
  booking: BookingView,
  words: MailWords,
  { publicUrl, isTest, domain }: { publicUrl: string; isTest: boolean; domain: string },
): LetterParts {
  const { say, money } = words;
  const { customerName, reference, bookingId, venueContact } = booking;
  return {
    content,
    words,
    reference,
    greeting: customerName ? say('hello', { name: customerName }) : null,
    testMode: isTest ? say('testMode') : null,
    facts: factsOf(booking, words),
    refunds: content.refunds.map(({ amount, state, reason }) =>
      say('refundLine', {
        amount: money(amount),
        state: say(`refund_is_${state}`),
        reason: say(`refund_for_${reason}`),
      }),
    ),
    tickets: content.withTickets ? pictures(booking, words, isTest, domain) : [],
    link: `${publicUrl}/bookings/${bookingId}`,
    contact: [booking.showing.venue, venueContact.address, venueContact.phone, venueContact.email].filter(Boolean),
  };
}

function factsOf(
  { showing, quantity, seats, total, payment, reference }: BookingView,
  { say, money, when }: MailWords,
) {
  const { title, startsAt, timeZone, venue, screen } = showing;
  const receiptNumber = payment?.state === 'paid' ? payment.receiptNumber : null;
  const facts: [string, string][] = [
    [say('film'), title],
    [say('when'), when(startsAt, timeZone)],
    [say('where'), `${venue} · ${screen}`],
    [say('places'), seats?.join(', ') ?? String(quantity)],
    [say('total'), money(total)],
    ...(receiptNumber ? [[say('receipt'), receiptNumber] satisfies [string, string]] : []),
    [say('reference'), reference],
  ];
  return facts;
}

function pictures({ tickets, reference }: BookingView, { say }: MailWords, isTest: boolean, domain: string) {
  return tickets.map(({ ticketCode, seat }, at): PictureTicket => {
    const code = writeTicketCode(ticketCode, isTest);
    const qr = generate(code, { minCorrectionLevel: correction.M });
    return {
      label: seat ?? say('ticketOf', { number: at + 1, count: tickets.length }),
      code,
      cid: `${reference.toLowerCase()}-${at + 1}@${domain}`,
      png: Buffer.from(toPngBuffer(qr, { ...INK, pad: QUIET, scale: DOT_PIXELS })),
      pixels: (qr.size + 2 * QUIET) * DOT_PIXELS,
    };
  });
}
