import type { MailKind } from '../../shared/office/mail.ts';
import type { BookingView, RefundView } from '../../shared/views.ts';
import type { MailSentence, MailWords } from './words.ts';

/** What a mail says, before it is text or HTML. */
export interface Content {
  subject: string;
  title: string;
  paragraphs: string[];
  /** Whose codes come with it. */
  withTickets: boolean;
  refunds: RefundView[];
}

/** What is known of a booking when its mail is written. */
export interface Known {
  booking: BookingView;
  /** Money that really goes or went back: not what was granted. */
  refunds: (RefundView & { createdAt: Date })[];
  /** When the showing was cancelled, if its cancellation was written about. */
  toldCancelledAt: Date | null;
}

type Written = Pick<Content, 'title' | 'paragraphs'> | null;

const WRITE: Record<MailKind, (known: Known, words: MailWords) => Written> = {
  confirmation,
  booking_moved: bookingMoved,
  showing_moved: showingMoved,
  showing_cancelled: showingCancelled,
  refund_due: refundDue,
  refund_done: refundDone,
  money_reversed: moneyReversed,
};
const TICKETS_WITH: readonly MailKind[] = ['confirmation', 'booking_moved', 'showing_moved'];

/** What there is to say now; null when that is nothing any more: something newer has taken its place. */
export function writeContent(kind: MailKind, known: Known, words: MailWords): Content | null {
  const written = WRITE[kind](known, words);
  if (!written) return null;
  const { booking, refunds } = known;
  const { title, startsAt, timeZone } = booking.showing;
  return {
    ...written,
    subject: words.say(`${kind}_subject`, { what: `${title}, ${words.when(startsAt, timeZone)}` }),
    withTickets: booking.state === 'confirmed' && TICKETS_WITH.includes(kind),
    refunds: TICKETS_WITH.includes(kind) ? [] : refunds,
  };
}

function confirmation({ booking }: Known, { say }: MailWords): Written {
  if (booking.state !== 'confirmed') return null;
  return { title: say('confirmation_title'), paragraphs: [say('confirmation_text')] };
}

function bookingMoved({ booking }: Known, { say }: MailWords): Written {
  if (!isComing(booking)) return null;
  return { title: say('booking_moved_title'), paragraphs: [say('booking_moved_text'), ...codesStay(booking, say)] };
}

function showingMoved({ booking }: Known, { say, when }: MailWords): Written {
  const { movedFrom, timeZone, venue } = booking.showing;
  if (!isComing(booking) || movedFrom === null) return null;
  const was = `${when(movedFrom.startsAt, timeZone)}, ${venue} · ${movedFrom.screen}`;
  return {
    title: say('showing_moved_title'),
    paragraphs: [say('showing_moved_text', { was }), ...codesStay(booking, say)],
  };
}

function showingCancelled({ booking, refunds }: Known, { say }: MailWords): Written {
  if (!booking.showing.cancelled) return null;
  const paragraphs = [
    say('showing_cancelled_text'),
    say(refunds.length === 0 ? 'moneyStillComing' : 'refund_due_text'),
  ];
  return { title: say('showing_cancelled_title'), paragraphs };
}

function refundDue(known: Known, { say, money }: MailWords): Written {
  const open = known.refunds.filter(({ state }) => state !== 'done');
  const isTold = open.every(({ createdAt }) => createdAt.getTime() === known.toldCancelledAt?.getTime());
  const amount = sumOf(open);
  if (amount === null || isTold) return null; // One mail says that the showing is cancelled and the money comes back.
  const paragraphs = [say('refund_due_text'), ...ticketsNow(known.booking, say)];
  return { title: say('refund_due_title', { amount: money(amount) }), paragraphs };
}

function refundDone(known: Known, { say, money }: MailWords): Written {
  const amount = sumOf(known.refunds.filter(({ state }) => state === 'done'));
  if (amount === null) return null;
  const paragraphs = [say('refund_done_text', { amount: money(amount) }), ...ticketsNow(known.booking, say)];
  return { title: say('refund_done_title'), paragraphs };
}

/** What we asked the gateway to take back is a refund like any other. */
function moneyReversed(known: Known, words: MailWords): Written {
  const { say } = words;
  const refunded = refundDone(known, words);
  if (refunded || known.booking.state !== 'refunded') return refunded;
  return { title: say('money_reversed_title'), paragraphs: [say('money_reversed_text'), say('ticketsVoid')] };
}

function isComing({ state, showing }: BookingView): boolean {
  return (state === 'held' || state === 'confirmed') && !showing.cancelled;
}

type Say = MailWords['say'];

function codesStay({ state }: BookingView, say: Say): string[] {
  return state === 'confirmed' ? [say('codesStay')] : [];
}

function ticketsNow({ state, tickets }: BookingView, say: Say): string[] {
  if (tickets.length === 0) return [];
  const sentence: MailSentence = state === 'confirmed' ? 'ticketsStay' : 'ticketsVoid';
  return [say(sentence)];
}

/** Null when there are none. */
function sumOf(refunds: readonly RefundView[]) {
  const [first] = refunds;
  if (!first) return null;
  return { ...first.amount, amount: refunds.reduce((sum, { amount }) => sum + amount.amount, 0) };
}
